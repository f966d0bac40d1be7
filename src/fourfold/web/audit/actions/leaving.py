"""How what was read leaves the desk: when everybody a crime was given to has read it, and not before.

A decision about one reading alone would tell the other reader, through any figure that counts it, that it exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.measures.audit_sample import FIRST, SECOND, SETTLED
from fourfold.pipeline.audit_decisions import AUDIT_READING, CRIME, reading_value
from fourfold.web.accounts.permission import may
from fourfold.web.audit.models import Reading, Sample, SampledCrime, Settlement
from fourfold.web.audit.questions import questionnaire_of
from fourfold.web.handover.deciding import decide

ROUND_OF = {1: FIRST, 2: SECOND}


def let_leave(sample: Sample, crime: SampledCrime) -> None:
    """Put every reading of a crime into the outbox, as it stands, and what was settled where two differed."""
    for reading in crime.readings.select_related("reader"):
        _leave(sample, crime, reading, ROUND_OF[reading.turn], reading.reader)
    settled = Settlement.objects.select_related("proposed_by").filter(crime=crime, agreed_at__isnull=False)
    for one in settled:
        _leave(sample, crime, one, SETTLED, one.proposed_by)


def _leave(sample: Sample, crime: SampledCrime, told: Reading | Settlement, round_: str, reader: Any) -> None:
    decide(
        AUDIT_READING,
        subject=CRIME,
        subject_ref=crime.crime_ref,
        value=reading_value(
            questionnaire_of(sample),
            sample_ref=sample.ref,
            round=round_,
            answers=None if told.scope_reason else as_told(told.answers),
            out_of_scope=told.scope_reason or None,
        ),
        by=reader,
        answer=may(reader, "read_sampled"),
    )


def as_told(answers: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str | None]]:
    """Return answers as the lake is told them: what was not given is missing."""
    parts = ("answer", "reason", "evidence")
    return {question: {part: one.get(part) or None for part in parts} for question, one in answers.items()}
