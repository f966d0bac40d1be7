"""Which samples, crimes and answers a person may see: asked here and nowhere else on this desk.

A reader sees nothing of another reader's answers, nor that there are any, until everybody has handed the crime in. It
holds because nothing that is shown before then depends on a single reading but one's own: the state of a crime moves
when all its readings are in, counts are of such states, and findings are shown when the whole sample has been read.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from fourfold.web.accounts.permission import may
from fourfold.web.audit.models import Reading, Sample, SampledCrime
from fourfold.web.audit.readers import reader_of
from fourfold.web.audit.states import State
from fourfold.web.trail.recording import record

HAVE_FINDINGS = (State.READ, State.APPROVED)
"""States in which a sample has findings; before, they would tell one reader of the other."""


def runs_audits(person: Any) -> bool:
    """Return whether a person draws and gives out audits."""
    return bool(may(person, "run_audits"))


def visible_samples(person: Any) -> QuerySet[Sample]:
    """Return the samples that a person sees: all for whoever runs audits, else those whose findings are approved."""
    found = Sample.objects.all()
    return found if runs_audits(person) else found.filter(state=State.APPROVED)


def seen_sample(request: Any, key: int) -> Sample:
    """Return a sample that the request's person may see; any other answers 404."""
    found: Sample | None = (
        visible_samples(request.user)
        .select_related("planned_by", "drawn_by", "approved_by")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def with_findings(request: Any, key: int) -> Sample:
    """Return a sample whose findings the request's person may read; any other answers 404."""
    found = seen_sample(request, key)
    if found.state not in HAVE_FINDINGS:
        raise Http404
    return found


def seen_reading(request: Any, crime: int) -> Reading:
    """Return the request's person's own reading of a crime, while the sample is being read.

    Any other crime answers as if it were not there, and the trail says who asked for it.
    """
    found: Reading | None = (
        Reading.objects.select_related("crime__sample")
        .filter(crime=crime, reader=request.user, crime__sample__state=State.BEING_READ)
        .first()
    )
    if found is None or reader_of(request.user).is_own(found.crime):
        refuse(request, crime)
    return found


def refuse(request: Any, crime: int) -> NoReturn:
    """Trail that somebody asked for a crime that was not given to them, and answer as if there were none."""
    known = SampledCrime.objects.filter(pk=crime).first()
    if known is not None:
        with transaction.atomic():
            record(
                "access_denied",
                by=request.user,
                subject_kind="crime",
                subject_refs=[known.crime_ref],
                detail={
                    "page": request.resolver_match.view_name,
                    "act": "read_sampled",
                    "method": request.method,
                },
            )
    raise Http404


def is_given_to(person: Any, crime_ref: str) -> bool:
    """Return whether a person was given this crime to read in a sample that is being read, and it is not their own."""
    given = Reading.objects.select_related("crime").filter(
        reader=person, crime__crime_ref=crime_ref, crime__sample__state=State.BEING_READ
    )
    found = given.first()
    return found is not None and not reader_of(person).is_own(found.crime)
