"""Planning a sample, and drawing it: by a seed that was there before anybody saw what it draws."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.measures.period import Period
from fourfold.pipeline import audit as engine
from fourfold.pipeline.audit_decisions import AUDIT_DRAWN, drawn_value
from fourfold.rules.questionnaires import as_questionnaire
from fourfold.web.accounts.permission import check_may
from fourfold.web.audit.actions.changing import changing, use_form_key
from fourfold.web.audit.actions.giving import count_of
from fourfold.web.audit.drawing import expected_shares, frame_facts, period_of, populations
from fourfold.web.audit.models import Sample, SampledCrime, SampleEvent
from fourfold.web.audit.states import CrimeState, State, Step
from fourfold.web.trail.recording import record

MAIN, REPLACEMENT = "main", "replacement"
MOST_SEED = 2**31


class FrameChangedError(WrongUseError):
    """The records were loaded anew since the frame was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "The records have changed since the frame was looked at. Nothing was drawn.",
            "Look at the frame below as it is now, then draw.",
        )


@transaction.atomic
def plan(*, frame: engine.Frame, by: Any, form_key: str = "") -> Sample:
    """Plan an audit of what `frame` holds. Raises WrongUseError where there is one of this quarter already."""
    use_form_key(form_key)
    answer = check_may(by, "run_audits")
    asked = frame.questionnaire
    try:
        with transaction.atomic():
            made: Sample = Sample.objects.create(
                force=frame.force,
                key=asked.key,
                title=asked.title,
                questionnaire=dict(asked.told),
                first_day=frame.period.first,
                last_day=frame.period.end,
                state=State.PLANNED,
                size=asked.sample_size,
                # Chosen before anybody sees what it draws, so that nobody draws until a sample pleases.
                seed=secrets.randbelow(MOST_SEED),
                second_share=asked.second_read_share,
                manifest=frame.manifest,
                frame_hash=frame.hash,
                frame=frame_facts(frame),
                planned_by=by,
                planned_at=timezone.now(),
            )
    except IntegrityError as error:
        raise WrongUseError(
            "There is an audit of this force and quarter by this questionnaire already.",
            "Open it in the list, or withdraw it first.",
        ) from error
    SampleEvent.objects.create(sample=made, at=made.planned_at, words="Planned", by=by)
    record(
        "audit_planned",
        by=by,
        answer=answer,
        subject_kind="audit",
        subject_refs=[made.ref],
        detail={"frame": made.frame_hash, "manifest": made.manifest},
    )
    return made


def look_again(*, sample: int, by: Any) -> Sample:
    """Take the frame of a planned sample anew, after records were loaded."""
    with changing(sample, by=by, step=Step.PLAN, act="audit_frame_taken") as change:
        frame = frame_of(change.sample)
        change.sample.frame, change.sample.frame_hash = frame_facts(frame), frame.hash
        change.sample.manifest = frame.manifest
        change.say("The frame was taken anew: the records had changed")
    return change.sample


def frame_of(sample: Sample) -> engine.Frame:
    """Return the frame of a planned sample as the lake has it now, by the questionnaire it was planned with."""
    asked = as_questionnaire(sample.questionnaire)
    return engine.frame_of(settings.HOME, sample.force, period_of(sample), asked)


def draw(*, sample: int, allocation: str, size: int, by: Any, seen: int, form_key: str = "") -> Sample:
    """Draw the sample from its frame. Raises FrameChangedError where the records are no longer those that were seen."""
    with changing(sample, by=by, step=Step.DRAW, act="audit_drawn", seen=seen, form_key=form_key) as change:
        standing = change.sample
        frame = frame_of(standing)
        if frame.hash != standing.frame_hash:
            raise FrameChangedError
        chosen = engine.plan(populations(standing), size, allocation, expected_shares(standing))
        drawn, crimes = engine.draw_sample(
            frame, chosen, sample_ref=standing.ref, seed=int(standing.seed or 0)
        )
        standing.allocation, standing.manifest = allocation, frame.manifest
        standing.size = sum(chosen.drawn)
        standing.design = [
            {"stratum": s.stratum, "label": s.label, "population": s.population, "drawn": s.drawn}
            for s in drawn.strata
        ]
        standing.drawn_by, standing.drawn_at = by, change.at
        keep(standing, crimes.to_dicts())
        change.say(f"{count_of(standing.size, 'crime')} drawn with the seed {standing.seed}")
        change.detail |= {"seed": standing.seed, "frame": standing.frame_hash, "size": standing.size}
        change.decide(AUDIT_DRAWN, drawn_value(drawn))
    return change.sample


def keep(sample: Sample, rows: Sequence[dict[str, Any]]) -> None:
    """Keep the drawn crimes and their replacements, in the order of each stratum."""
    SampledCrime.objects.bulk_create(
        SampledCrime(
            sample=sample,
            crime_ref=row["crime_ref"],
            stratum=row["stratum"],
            order=row["place"],
            role=MAIN if row["is_sample"] else REPLACEMENT,
            probability=row["inclusion_probability"],
            flags=list(row["flags"] or []),
            recorded_on=row["recorded_on"],
            officer_ref=row["officer_ref"] or "",
            unit=row["unit"] or "",
            is_twice=row["second_read"],
            state=CrimeState.TO_READ if row["is_sample"] else CrimeState.RESERVE,
        )
        for row in rows
    )


def period_from(text: str) -> Period:
    """Read a quarter as the form has it."""
    return Period.parse(text)
