"""How what was read leaves the desk: when everybody a crime was given to has read it, and not before.

A decision about one reading alone would tell the other reader, through any figure that counts it, that it exists.
"""

from __future__ import annotations

from typing import Any

from fourfold.web.accounts.permission import Answer
from fourfold.web.audit.models import Reading, Sample, SampledCrime, Settlement
from fourfold.web.handover.deciding import decide

SETTLED = "settled"
TURNS = {1: "first", 2: "second"}


def let_leave(sample: Sample, crime: SampledCrime, by: Any, answer: Answer) -> None:
    """Put every reading of a crime into the outbox, as it stands, and what was settled where two differed."""
    for reading in crime.readings.all():
        _leave(sample, crime, reading, TURNS[reading.turn], by, answer)
    settled = Settlement.objects.filter(crime=crime, agreed_at__isnull=False).first()
    if settled is not None:
        _leave(sample, crime, settled, SETTLED, by, answer)


def _leave(
    sample: Sample, crime: SampledCrime, told: Reading | Settlement, turn: str, by: Any, answer: Answer
) -> None:
    decide(
        "audit_reading",
        subject="crime",
        subject_ref=crime.crime_ref,
        value=reading_value(sample, crime, told, turn),
        by=by,
        answer=answer,
    )


def reading_value(
    sample: Sample, crime: SampledCrime, told: Reading | Settlement, turn: str
) -> dict[str, Any]:
    """Return one reading as the lake is told it: no reader's name, and no evidence, which may hold anything."""
    return {
        "audit": sample.ref,
        "force": sample.force,
        "stratum": crime.stratum,
        "turn": turn,
        "out_of_scope": told.scope_reason or None,
        "answers": {
            question: {"answer": one["answer"], "reason": one.get("reason") or None}
            for question, one in told.answers.items()
        }
        if not told.scope_reason
        else {},
    }
