"""What the audit desk decides, as it reaches the lake: samples drawn, and crimes read.

Two kinds of the record `desk_decision`.

`audit_drawn`: subject `audit`, subject_ref the sample's reference. Its value, made by `drawn_value`:

    {"sample_ref": text, "questionnaire": {the whole questionnaire, as policy states it},
     "force": text, "period_from": "2021-10-01", "period_to": "2021-12-31",
     "allocation": "equal" | "proportional" | "neyman", "seed": whole number,
     "frame_hash": 64 letters, "manifest": text,
     "strata": [{"stratum": text, "label": text, "population": whole number, "drawn": whole number}, ...],
     "crimes": [[crime_ref, stratum, place, read twice: true | false], ...]}

`audit_reading`: subject `crime`, subject_ref the crime's reference; one crime, one reader, one round. Its
value, made by `reading_value`, has either answers or a reason why the crime is out of scope:

    {"sample_ref": text, "round": "first" | "second" | "settled", "out_of_scope": reason | null,
     "answers": {question: {"answer": "met" | "not_met" | "not_recorded" | "not_applicable",
                            "reason": reason | null, "evidence": text | null}, ...}}

The reader is the decision's `made_by`. A later decision of the same sample, crime and round stands in place
of an earlier one. A settled reading repeats every answer, also those on which the two agreed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from fourfold.home import WrongUseError
from fourfold.measures.audit_sample import READINGS, ROUNDS, Sample, Stratum
from fourfold.rules.questionnaires import ANSWERS, Questionnaire, as_questionnaire
from fourfold.sources import decision_values

AUDIT_DRAWN, AUDIT_READING = decision_values.AUDIT_DRAWN, decision_values.AUDIT_READING
AUDIT_APPROVED, AUDIT_WITHDRAWN = "audit_approved", "audit_withdrawn"
"""Of a sample, by the desk: its findings were signed off; it is not to count any more."""
AUDIT, CRIME = "audit", "crime"
"""The subjects of the two kinds."""

CRIMES: dict[str, Any] = {
    "crime_ref": pl.String(),
    "stratum": pl.String(),
    "place": pl.Int64(),
    "second_read": pl.Boolean(),
}


def drawn_value(sample: Sample) -> dict[str, Any]:
    """Return the value of the decision that keeps a sample."""
    return {
        "sample_ref": sample.sample_ref,
        "questionnaire": dict(sample.questionnaire.told),
        "force": sample.force,
        "period_from": sample.period_from.isoformat(),
        "period_to": sample.period_to.isoformat(),
        "allocation": sample.allocation,
        "seed": sample.seed,
        "frame_hash": sample.frame_hash,
        "manifest": sample.manifest,
        "strata": [
            {
                "stratum": one.stratum,
                "label": one.label,
                "population": one.population,
                "drawn": one.drawn,
            }
            for one in sample.strata
        ],
        "crimes": [list(row) for row in sample.crimes.select(*CRIMES).iter_rows()],
    }


def sample_of(value: Mapping[str, Any]) -> Sample:
    """Read a sample back from the value of its decision; raises WrongUseError where a part is missing."""
    try:
        return Sample(
            sample_ref=str(value["sample_ref"]),
            questionnaire=as_questionnaire(value["questionnaire"]),
            force=str(value["force"]),
            period_from=date.fromisoformat(value["period_from"]),
            period_to=date.fromisoformat(value["period_to"]),
            allocation=str(value["allocation"]),
            seed=int(value["seed"]),
            frame_hash=str(value["frame_hash"]),
            manifest=str(value["manifest"]),
            strata=tuple(Stratum(**one) for one in value["strata"]),
            crimes=pl.DataFrame(value["crimes"], schema=CRIMES, orient="row"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WrongUseError(f"The audit's sample cannot be read: {error}.", "Draw it again.") from error


def reading_value(
    questionnaire: Questionnaire,
    *,
    sample_ref: str,
    round: str,
    answers: Mapping[str, Mapping[str, str | None]] | None = None,
    out_of_scope: str | None = None,
) -> dict[str, Any]:
    """Return the value of the decision that keeps one reader's answers about a crime.

    answers: for each question of the questionnaire its `answer`, and `reason` and `evidence` where given.
    out_of_scope: the reason, in place of answers. Raises WrongUseError, with every fault, where a question
    has no answer, or an answer, a reason or the round is none of those there are.
    """
    faults = reading_faults(questionnaire, round, answers or {}, out_of_scope)
    if faults:
        raise WrongUseError("The reading cannot be kept: " + " ".join(faults), "Answer again.")
    told = {
        question: {part: one.get(part) or None for part in ("answer", "reason", "evidence")}
        for question, one in (answers or {}).items()
    }
    return {"sample_ref": sample_ref, "round": round, "out_of_scope": out_of_scope, "answers": told}


def reading_faults(
    questionnaire: Questionnaire,
    round: str,
    answers: Mapping[str, Mapping[str, str | None]],
    out_of_scope: str | None,
) -> list[str]:
    """Return what is wrong with one reader's answers about a crime, a sentence each."""
    found = [] if round in ROUNDS else [f"A round is {', '.join(ROUNDS)}: got {round}."]
    if out_of_scope is not None:
        if out_of_scope not in questionnaire.reasons["out_of_scope"]:
            found.append(f"{out_of_scope} is no reason to be out of scope.")
        return [*found, "A crime out of scope has no answers."] if answers else found
    keys = [one.question for one in questionnaire.questions]
    found += [f"{key} has no answer." for key in keys if key not in answers]
    found += [f"There is no question {key}." for key in answers if key not in keys]
    for key, one in answers.items():
        answer, reason = one.get("answer"), one.get("reason")
        if answer not in ANSWERS:
            found.append(f"The answer to {key} is {', '.join(ANSWERS)}: got {answer}.")
        elif reason and reason not in questionnaire.reasons[answer]:
            found.append(f"{reason} is no reason for the answer {answer} to {key}.")
    return found


def samples_in(decisions: pl.DataFrame) -> tuple[Sample, ...]:
    """Return the samples that decisions keep, oldest first; decided twice, the later stands."""
    mine = decisions.filter((pl.col("kind") == AUDIT_DRAWN) & (pl.col("subject") == AUDIT))
    last = mine.sort("made_at", "decision_id").unique("subject_ref", keep="last", maintain_order=True)
    return tuple(sample_of(json.loads(value)) for value in last["value"])


def published_in(decisions: pl.DataFrame) -> tuple[Sample, ...]:
    """Return the samples whose findings were signed off and that were not withdrawn: those that may be published."""
    about = decisions.filter(pl.col("subject") == AUDIT)
    signed, withdrawn = (
        set(about.filter(pl.col("kind") == kind)["subject_ref"]) for kind in (AUDIT_APPROVED, AUDIT_WITHDRAWN)
    )
    return tuple(one for one in samples_in(about) if one.sample_ref in signed - withdrawn)


def readings_in(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the readings that decisions keep, columns of `audit_sample.READINGS`."""
    mine = decisions.filter((pl.col("kind") == AUDIT_READING) & (pl.col("subject") == CRIME))
    rows: list[dict[str, Any]] = []
    told = mine.select("subject_ref", "made_by", "made_at", "value").sort("made_at")
    for crime_ref, reader, made_at, value in told.iter_rows():
        rows += reading_rows(crime_ref, reader, made_at, json.loads(value))
    return pl.DataFrame(rows, schema=READINGS)


def reading_rows(
    crime_ref: str, reader: str | None, made_at: Any, value: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows of READINGS of one reading, from the value of its decision."""
    about = {
        "sample_ref": value["sample_ref"],
        "crime_ref": crime_ref,
        "round": value["round"],
        "reader": reader,
        "made_at": made_at,
        "out_of_scope": value.get("out_of_scope"),
    }
    if about["out_of_scope"] is not None:
        return [about]
    return [
        {
            **about,
            "question": question,
            "answer": one["answer"],
            "reason": one.get("reason"),
            "evidence": one.get("evidence"),
        }
        for question, one in value["answers"].items()
    ]
