"""One crime's duties put together for its page: each with its state, why, what would settle it, and the evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from fourfold.pipeline.desk_events import CASE_EVENT, DESK, WITHDRAWN
from fourfold.pipeline.duty_crime import CrimeDuties, crime_duties, duty_of, event_names
from fourfold.rules.duties import Duty
from fourfold.web.handover.models import OutboxDecision
from fourfold.web.ui.environment import written_date
from fourfold.web.victims_code.models import DutyEvent, DutyRow
from fourfold.web.victims_code.scope import Names
from fourfold.web.victims_code.states import Tag, list_tag, state_tag
from fourfold.web.victims_code.told import key_of

NO_CALENDAR = "no_calendar"
RECORDABLE = frozenset(
    (
        "running_to_end",
        "running",
        "said_not_done",
        "victim_not_named",
        "log_complete",
        "not_recorded",
        "stopped",
        NO_CALENDAR,
    )
)
"""Reasons of a clock that a record can settle, or move on."""
FIRST = ("not_met", "running", "not_recorded", "met_late", "met_in_time", "not_set", "not_applicable")
RECORDED = ("done", "not_done", "vouched")
"""Kinds of entries in the desk's history that are case events."""
FOLDED = ("not_applicable", "not_set")


def crime_told(case_ref: str, today: date) -> CrimeDuties | None:
    """Return a crime as the lake tells it now, with what was recorded here and has not reached the lake."""
    on_their_way = OutboxDecision.objects.filter(
        kind__in=(CASE_EVENT, WITHDRAWN), subject="crime", subject_ref=case_ref, carried_at__isnull=True
    )
    waiting = [
        {
            "decision_id": one.pk,
            "kind": one.kind,
            "subject": one.subject,
            "subject_ref": one.subject_ref,
            "value": json.dumps(one.value),
            "made_at": one.made_at,
        }
        for one in on_their_way
    ]
    return crime_duties(settings.HOME, case_ref, today, waiting)


@dataclass(frozen=True)
class Entry:
    """One event of the log in words: what, when, about whom and about which other event."""

    event_id: str
    event_type: str
    words: str
    at: datetime | None
    recorded_at: datetime
    victim_ref: str
    who: str
    about: str
    is_denied: bool

    @property
    def is_from_desk(self) -> bool:
        return self.event_id.startswith(DESK)


@dataclass(frozen=True)
class CrimeDuty:
    """One duty of the crime."""

    clock: Mapping[str, Any]
    key: str
    duty: Duty | None
    tag: Tag
    who: str
    start: str
    done: str
    row: DutyRow | None
    history: list[DutyEvent]

    @property
    def title(self) -> str:
        return str(self.clock["title"] or self.clock["rule"])

    @property
    def is_waiting(self) -> bool:
        """Whether something was recorded that no refresh has judged: lists and figures do not know it yet."""
        return self.row is not None and self.row.decision != ""

    @property
    def is_recordable(self) -> bool:
        return bool(
            self.clock["reason"] in RECORDABLE and self.clock["start_event_id"] and self.duty and self.duty.satisfied_by
            and self.clock["subject"] in ("victim", "suspect")
        )  # fmt: skip

    @property
    def may_be_recorded_on(self) -> bool:
        """Whether something may be recorded: what waits to be judged may still be told otherwise."""
        return self.is_recordable or self.is_waiting

    @property
    def is_folded(self) -> bool:
        """Whether nobody need act: it stands folded away below the others."""
        # A duty whose day no calendar gives is owed all the same, and stands on a list until it is done.
        return self.clock["state"] in FOLDED and self.clock["reason"] != NO_CALENDAR

    @property
    def source(self) -> str:
        return "" if self.duty is None else f"{self.duty.source} ({self.duty.status})"


@dataclass
class CrimePage:
    """Everything that the page of one crime shows."""

    case_ref: str
    told: CrimeDuties
    names: Names
    today: date
    words: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = event_names(settings.HOME)
        self._rows = {
            str(row.key): row for row in DutyRow.objects.filter(case_ref=self.case_ref).select_related("unit")
        }
        events = DutyEvent.objects.filter(case_ref=self.case_ref).select_related("by")
        self.history: list[DutyEvent] = list(events)

    @cached_property
    def entries(self) -> list[Entry]:
        """The log, the newest first."""
        by_id = {str(one["event_id"]): one for one in self.told.events}
        return [self._entry(one, by_id) for one in self.told.events]

    def _entry(self, one: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Entry:
        about = by_id.get(str(one["about_event_id"] or ""))
        refs = [ref for ref in (one["victim_ref"], one["suspect_ref"]) if ref]
        return Entry(
            event_id=str(one["event_id"]),
            event_type=str(one["event_type"] or ""),
            words=self.words.get(str(one["event_type"] or ""), "An event of unknown type"),
            at=one["happened_at"] or one["known_at"] or one["recorded_at"],
            recorded_at=one["recorded_at"],
            victim_ref=str(one["victim_ref"] or ""),
            who=", ".join(self.called(ref) for ref in refs),
            about=self._dated(about) if about else "",
            is_denied=one["result"] == "not_done",
        )

    def _dated(self, event: Mapping[str, Any]) -> str:
        at = event["happened_at"] or event["known_at"] or event["recorded_at"]
        return f"{self.words.get(str(event['event_type'] or ''), 'an event')} of {written_date(at)}"

    def called(self, ref: str | None) -> str:
        """Return a person by name, as far as the reader may see it, and reference."""
        name = self.names.of(ref)
        return f"{name} ({ref})" if name else str(ref or "")

    @cached_property
    def duties(self) -> list[CrimeDuty]:
        """The duties: what somebody must see to first, the newest start first among equals."""
        made = [self._duty(clock) for clock in self.told.clocks if clock["subject"] != "case"]
        made.sort(key=lambda one: one.clock["due_on"] or date.max)
        made.sort(key=lambda one: FIRST.index(one.clock["state"]))
        return made

    def _duty(self, clock: Mapping[str, Any]) -> CrimeDuty:
        key = key_of(clock["rule"], clock["case_ref"], clock["subject_ref"], clock["start_event_id"] or "")
        row = self._rows.get(key)
        started = self.words.get(str(clock["started_by"] or ""), "")
        done = next((one for one in self.entries if one.event_id == clock["done_event_id"]), None)
        runs = clock["state"] == "running" and clock["due_on"]
        return CrimeDuty(
            clock=clock,
            key=key,
            duty=duty_of(self.told.book, clock["rule"], clock["started_on"]),
            tag=list_tag("running", clock["due_on"], self.today) if runs else state_tag(clock["state"]),
            who=self.called(clock["subject_ref"]),
            start=f"{started}, {written_date(clock['started_on'])}" if clock["started_on"] else "",
            done=f"{done.words}, {written_date(done.at)}" if done else "",
            row=row,
            history=[event for event in self.history if event.key == key],
        )

    @cached_property
    def to_take_back(self) -> set[str]:
        """The decisions recorded at this desk that stand: a case event of this desk is taken back by its own id."""
        made = {event.decision for event in self.history if event.kind in RECORDED and not event.is_withdrawn}
        return made & {entry.event_id.removeprefix(DESK) for entry in self.entries if entry.is_from_desk}

    def duty(self, key: str) -> CrimeDuty | None:
        """Return one duty by its key."""
        return next((one for one in self.duties if one.key == key), None)

    @property
    def on_its_way(self) -> bool:
        """Whether something recorded here is not in the figures yet."""
        return any(one.is_waiting for one in self.duties)

    def unnamed(self, duty: CrimeDuty) -> list[Entry]:
        """Return the entries of the log that would answer a duty, did they say for which victim."""
        wanted = set(duty.duty.satisfied_by) if duty.duty else set()
        return [
            one for one in self.entries
            if one.event_type in wanted and not one.victim_ref and not one.is_denied
        ]  # fmt: skip
