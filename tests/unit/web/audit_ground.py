"""Audits for the tests of the desk: a frame of made-up crimes, drawn and given out as the desk does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)
FORCE = "aldermere"
STRATA = ("domestic", "hate", "violence_with_injury", "burglary_and_robbery", "other")
EACH = 12


def frame(each: int = EACH, **facts: Any) -> Any:
    """A frame with as many crimes in each of the five groups; `facts` are columns: a value, or one for each crime."""
    from fourfold.measures.period import Period
    from fourfold.pipeline.audit import Frame
    from fourfold.rules.offence_groups import offence_groups
    from fourfold.rules.questionnaires import questionnaire

    groups = offence_groups("audit.groups", date(2022, 3, 31))
    rows = [
        {
            "crime_ref": f"{stratum[:3].upper()}{number:03d}",
            "stratum": stratum,
            "flags": [stratum],
            "flags_unknown": [],
            "recorded_on": date(2022, 2, 1),
            "officer_ref": None,
            "unit": None,
            **{
                name: told.get(f"{stratum[:3].upper()}{number:03d}") if isinstance(told, dict) else told
                for name, told in facts.items()
            },
        }
        for stratum in STRATA
        for number in range(each)
    ]
    schema = {
        "crime_ref": pl.String,
        "stratum": pl.String,
        "flags": pl.List(pl.String),
        "flags_unknown": pl.List(pl.String),
        "recorded_on": pl.Date,
        "officer_ref": pl.String,
        "unit": pl.String,
    }
    return Frame(
        questionnaire("victims_code", date(2022, 4, 1)),
        FORCE,
        Period(date(2022, 1, 1), date(2022, 3, 1)),
        tuple(groups),
        pl.DataFrame(rows, schema=schema),
        cancelled=2,
        in_no_group=0,
        manifest="m-test",
    )


def planned(by: Any, made: Any = None) -> Any:
    """Plan an audit of a frame."""
    from fourfold.web.audit.actions.planning import plan

    return plan(frame=made or frame(), by=by)


def drawn(
    by: Any, monkeypatch: Any, made: Any = None, size: int = 20, twice: Sequence[str] | None = None
) -> Any:
    """Draw an audit of `size` crimes; `twice` are references that two read, in place of those the seed chose."""
    from fourfold.web.audit.actions import planning
    from fourfold.web.audit.models import SampledCrime

    told = made or frame()
    sample = planned(by, told)
    monkeypatch.setattr(planning, "frame_of", lambda sample: told)
    planning.draw(sample=sample.pk, allocation="equal", size=size, by=by, seen=sample.version)
    if twice is not None:
        SampledCrime.objects.filter(sample=sample).update(is_twice=False)
        SampledCrime.objects.filter(sample=sample, crime_ref__in=twice).update(is_twice=True)
    sample.refresh_from_db()
    return sample


def in_sample(sample: Any, stratum: str = "hate") -> list[Any]:
    """The crimes of a stratum that are to be read, in order."""
    return list(sample.crimes.filter(stratum=stratum, role="main").order_by("order"))


def give_all(sample: Any, by: Any) -> Any:
    """Give every crime out evenly."""
    from fourfold.web.audit.actions.giving import give_out

    return give_out(sample=sample.pk, by=by)


def answers(answer: str = "met", **other: str) -> dict[str, dict[str, str]]:
    """The same answer to every question but those in `other`."""
    reasons = {"not_met": "late", "not_recorded": "no_entry", "not_applicable": "no_need"}
    told = {}
    for question in ("acknowledged", "updated", "told_of_end", "referred", "statement_offered"):
        one = other.get(question, answer)
        told[question] = {
            "answer": one,
            "reason": reasons.get(one, ""),
            "evidence": "Entry of 3 February 2022" if one == "met" else "",
        }
    return told


def typed(told: Mapping[str, Mapping[str, str]], version: int = 1, key: str = "k") -> dict[str, str]:
    """Answers as the form of the reading page sends them."""
    sent = {"seen": str(version), "form_key": key}
    for question, one in told.items():
        sent[f"a_{question}"] = one["answer"]
        sent[f"r_{question}"] = f"{one['answer']}.{one['reason']}" if one["reason"] else ""
        sent[f"e_{question}"] = one["evidence"]
    return sent


def read_by(reader: Any, crime: Any, told: Any = None) -> None:
    """Hand a reader's answers to a crime in."""
    from fourfold.web.audit.actions.reading import hand_in
    from fourfold.web.audit.models import Reading

    reading = Reading.objects.get(crime=crime, reader=reader)
    hand_in(reading=reading.pk, answers=told or answers(), by=reader)


def read_everything(sample: Any, told: Any = None) -> None:
    """Have every crime read by everybody it was given to, all alike."""
    from fourfold.web.audit.models import Reading

    left = Reading.objects.filter(crime__sample=sample, in_at=None).select_related("reader", "crime")
    for one in left:
        read_by(one.reader, one.crime, told)
    sample.refresh_from_db()
