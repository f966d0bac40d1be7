"""The desk's lists: which samples, crimes and actions are asked for, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from fourfold.web.audit.models import Action, Reading, Sample, SampledCrime
from fourfold.web.audit.states import CrimeState, State

SAMPLE_ORDERS: Mapping[str, list[str]] = {
    "period": ["first_day", "id"],
    "-period": ["-first_day", "-id"],
    "force": ["force", "id"],
    "-force": ["-force", "-id"],
}
CRIME_ORDERS: Mapping[str, list[str]] = {
    "order": ["stratum", "order", "id"],
    "-order": ["-stratum", "-order", "-id"],
    "ref": ["crime_ref", "id"],
    "-ref": ["-crime_ref", "-id"],
    "recorded": ["recorded_on", "id"],
    "-recorded": ["-recorded_on", "-id"],
}
ACTION_ORDERS: Mapping[str, list[str]] = {"due": ["due_on", "id"], "-due": ["-due_on", "-id"]}


def samples(visible: QuerySet[Sample], asked: Mapping[str, Any]) -> QuerySet[Sample]:
    """Return the samples that a filter form asks for."""
    if asked.get("q"):
        visible = visible.filter(Q(force__icontains=asked["q"]) | Q(title__icontains=asked["q"]))
    for name in ("key", "state"):
        if asked.get(name):
            visible = visible.filter(**{name: asked[name]})
    return visible


def crimes(sample: Sample, asked: Mapping[str, Any], viewer: int) -> QuerySet[SampledCrime]:
    """Return the crimes of a sample that a filter form asks for; without a state, all but waiting replacements.

    `viewer` is who asks: a filter by another reader, or by how many read a crime, finds none that they read themselves
    before everybody has handed it in.
    """
    found = sample.crimes.all()
    state = asked.get("state")
    found = found.filter(state=state) if state else found.exclude(state=CrimeState.RESERVE)
    if asked.get("q"):
        found = found.filter(crime_ref__icontains=asked["q"].strip())
    if asked.get("stratum"):
        found = found.filter(stratum=asked["stratum"])
    if asked.get("twice") or asked.get("reader") not in (None, "", str(viewer)):
        own = Reading.objects.filter(reader=viewer, crime__state=CrimeState.TO_READ)
        found = found.exclude(pk__in=own.values("crime"))
    if asked.get("twice"):
        found = found.filter(is_twice=True)
    if asked.get("reader") == "none":
        full = Count("readings")
        found = found.annotate(given=full).filter(Q(given=0) | Q(is_twice=True, given=1))
    elif asked.get("reader"):
        found = found.filter(pk__in=Reading.objects.filter(reader=asked["reader"]).values("crime"))
    return found


def given_to(person: Any, asked: Mapping[str, Any]) -> QuerySet[Reading]:
    """Return what was given to a person in samples that are being read; without a state, what is open."""
    found = Reading.objects.filter(reader=person, crime__sample__state=State.BEING_READ)
    if asked.get("q"):
        found = found.filter(crime__crime_ref__icontains=asked["q"].strip())
    return found.filter(MINE[asked.get("state") or ""])


TO_READ = Q(in_at=None)
TO_SETTLE = Q(crime__state=CrimeState.TO_SETTLE)
MINE: Mapping[str, Q] = {
    "": TO_READ | TO_SETTLE,
    "to_read": TO_READ,
    "to_settle": TO_SETTLE,
    "in": Q(in_at__isnull=False) & ~TO_SETTLE,
    "all": Q(),
}


def my_state(reading: Reading) -> tuple[str, str]:
    """Return how a crime stands for one of its readers, as a word with a colour: nothing of the other's."""
    if reading.crime.state == CrimeState.TO_SETTLE:
        return "To be settled", "orange"
    if reading.in_at is None:
        return "To be read", "blue"
    return "Handed in", "green"


def actions(asked: Mapping[str, Any], visible: QuerySet[Sample], today: date) -> QuerySet[Action]:
    """Return the actions that a filter form asks for, of samples that the person sees; without a state, open ones."""
    found = Action.objects.filter(sample__in=visible)
    state = asked.get("state") or "open"
    if state == "late":
        found = found.filter(state="open", due_on__lt=today)
    elif state != "all":
        found = found.filter(state=state)
    if asked.get("owner"):
        found = found.filter(owner=asked["owner"])
    if asked.get("q"):
        found = found.filter(words__icontains=asked["q"])
    return found
