"""Small samples and readings for tests of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from fourfold.measures.audit_sample import READINGS, Sample, Stratum
from fourfold.rules.questionnaires import Questionnaire, as_questionnaire

NOON = datetime(2022, 1, 10, 12, tzinfo=UTC)
TOLD: dict[str, Any] = {
    "key": "example",
    "title": "An example",
    "version": "1",
    "drawn_from": {"record": "crime"},
    "groups": "audit.groups",
    "sample_size": 8,
    "second_read_share": 0.25,
    "replacements": 1.0,
    "questions": [
        {"question": "told", "label": "Was the victim told?", "short": "Told", "rules": ["WMP-1"]},
        {"question": "asked", "label": "Was the victim asked?", "short": "Asked"},
    ],
    "reasons": {
        "not_met": [{"reason": "late", "label": "Done late"}],
        "not_recorded": [{"reason": "no_entry", "label": "No entry"}],
        "out_of_scope": [{"reason": "restricted", "label": "The record is restricted"}],
    },
}


def example(**changed: Any) -> Questionnaire:
    return as_questionnaire({**TOLD, **changed})


def sample(sizes: Mapping[str, tuple[int, int]], ref: str = "s1", **changed: Any) -> Sample:
    """Return a sample of strata `name: (crimes in the frame, drawn)`; crimes are named `name-place`."""
    rows = [
        (f"{name}-{place}", name, place, False)
        for name, (size, _) in sizes.items()
        for place in range(1, size + 1)
    ]
    told: dict[str, Any] = {
        "sample_ref": ref,
        "questionnaire": example(),
        "force": "aldermere",
        "period_from": date(2021, 10, 1),
        "period_to": date(2021, 12, 31),
        "allocation": "equal",
        "seed": 1,
        "frame_hash": "0" * 64,
        "manifest": "000001",
        "strata": tuple(Stratum(name, name.title(), size, n) for name, (size, n) in sizes.items()),
        "crimes": pl.DataFrame(rows, schema=["crime_ref", "stratum", "place", "second_read"], orient="row"),
    }
    return Sample(**{**told, **changed})


def reading(
    crime_ref: str,
    answers: str = "",
    round: str = "first",
    *,
    out_of_scope: str | None = None,
    reason: str | None = None,
    later: int = 0,
    ref: str = "s1",
) -> list[dict[str, Any]]:
    """Return one reading; `answers` has a letter for each question: m met, n not met, r not recorded, a not applicable."""
    words = {"m": "met", "n": "not_met", "r": "not_recorded", "a": "not_applicable"}
    about = {
        "sample_ref": ref,
        "crime_ref": crime_ref,
        "round": round,
        "reader": f"reader-{round}",
        "made_at": NOON + timedelta(hours=later),
        "out_of_scope": out_of_scope,
    }
    if out_of_scope:
        return [about]
    return [
        {**about, "question": question, "answer": words[letter], "reason": reason, "evidence": None}
        for question, letter in zip(("told", "asked"), answers, strict=True)
    ]


def readings(*told: Iterable[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame([row for one in told for row in one], schema=READINGS)
