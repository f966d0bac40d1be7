"""Taking up what the clocks say after a refresh: in bulk, the same twice, and nothing that was done is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fourfold.home import Home
from fourfold.pipeline.duties import KEY, ToSeeTo, to_see_to
from fourfold.web.accounts.crime_units import crime_units, unit_code
from fourfold.web.handover.models import OutboxDecision
from fourfold.web.trail.recording import record
from fourfold.web.victims_code import own_policy
from fourfold.web.victims_code.actions.escalating import escalate_due
from fourfold.web.victims_code.models import FAR_OFF, DutyEvent, DutyForm, DutyRow, DutyStanding
from fourfold.web.victims_code.states import state_words
from fourfold.web.victims_code.told import BLANK_FOR_NONE, COPIED, key_of

BATCH = 10_000
CHANGED = (*COPIED[COPIED.index("force") :], "unit_id", "is_open", "settled_at", "listed_on")
FORMS_KEPT = timedelta(days=7)


def take_up(home: Home) -> None:
    """Take up the duties that somebody must see to; done twice, it changes nothing.

    The lake is read before anything is locked, and the rows are written some thousand at a time: people go on
    working. One that dies half-way is done again from the start.
    """
    # Carried before they are asked about: one that the lake still does not hold was refused there.
    waiting = dict(DutyRow.objects.exclude(decision="").values_list("decision", "key"))
    sent = OutboxDecision.objects.filter(pk__in=waiting, carried_at__isnull=False)
    carried = set(sent.values_list("pk", flat=True))
    standing = open_rows()
    back_days = own_policy.number("taken_up_days")
    found = to_see_to(home, back_days or 0, keys_of(standing), tuple(waiting))
    if found is None:
        return
    with transaction.atomic():
        units = crime_units(found.listed["unit"].unique().sort().to_list())
    taking = Taking(found, standing, timezone.now(), {code: int(unit.pk) for code, unit in units.items()})
    taking.write_all()
    with transaction.atomic():
        taking.see_again()
        taking.settle_decisions(waiting, carried)
        taking.settle()
        taking.keep_standing()
        escalate_due(taking.today, taking.at)
        DutyForm.objects.filter(at__lt=taking.at - FORMS_KEPT).delete()
        taking.tell()


Row = dict[str, Any]


def open_rows() -> dict[str, Row]:
    """Return the rows that the desk shows, by key, with what was copied of each."""
    names = ("key", *COPIED, "unit_id", "listed_on", "decision", "escalated_at", "answered_at")
    rows = DutyRow.objects.filter(is_open=True).values_list(*names).iterator(chunk_size=10_000)
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def keys_of(rows: Mapping[str, Row]) -> pl.DataFrame:
    """Return the keys of rows as the lake knows them."""
    told = {name: [row[name] for row in rows.values()] for name in KEY}
    return pl.DataFrame(told, schema=dict.fromkeys(KEY, pl.String))


class Taking:
    """One taking up: what the lake lists, what stands open, its instant, and what was done, counted."""

    def __init__(
        self, found: ToSeeTo, standing: dict[str, Row], at: datetime, units: Mapping[str, int]
    ) -> None:
        self.found, self.standing, self.at, self.units = found, standing, at, units
        self.today: date = timezone.localdate(at)
        self.counts: Counter[str] = Counter()

    def write_all(self) -> None:
        """Write what is new or changed, each part in a transaction with its entry in the trail."""
        fresh: list[Row] = []
        changed: list[Row] = []
        for told in self.listed():
            before = self.standing.get(told["key"])
            if before is None:
                fresh.append(told)
            elif any(before[name] != told[name] for name in (*COPIED, "unit_id")):
                changed.append(told | {"listed_on": self.listed_on(before, told)})
        for rows, word in ((fresh, "taken_up"), (changed, "changed")):
            for start in range(0, len(rows), BATCH):
                part = rows[start : start + BATCH]
                with transaction.atomic():
                    self.write(part)
                    self.counts[word] += len(part)
                    self.tell()

    def see_again(self) -> None:
        """Take in what people did while the lake was read: recorded, escalated, answered."""
        names = ("key", "decision", "escalated_at", "answered_at")
        done = DutyRow.objects.filter(is_open=True).filter(~Q(decision="") | Q(escalated_at__isnull=False))
        for key, *told in done.values_list(*names).iterator():
            if key in self.standing:
                self.standing[key] |= dict(zip(names[1:], told, strict=True))

    def tell(self) -> None:
        """Tell the trail what was done since it was told last."""
        counts, self.counts = +self.counts, Counter()
        if counts:
            record(
                "duties_taken_up",
                by=None,
                subject_kind="desk",
                subject_refs=["victims_code"],
                detail=dict(counts),
            )

    def listed(self) -> Iterator[Row]:
        """Yield each listed clock as the columns of a row."""
        for one in self.found.listed.iter_rows(named=True):
            yield {
                "key": key_of(*(one[name] for name in KEY)),
                **{name: one[name] for name in COPIED},
                **{name: one[name] or "" for name in BLANK_FOR_NONE},
                "due_on": one["due_on"] or FAR_OFF,
                "unit_id": self.units[unit_code(one["unit"])],
                "listed_on": self.today,
            }

    def listed_on(self, before: Row, told: Row) -> date:
        """Return since when a duty stands where it does: one that ran and is now past begins to count today."""
        if before["state"] == told["state"]:
            since: date = before["listed_on"]
            return since
        return self.today

    def write(self, rows: list[Row]) -> None:
        """Write rows, new ones and those that stand."""
        DutyRow.objects.bulk_create(
            [DutyRow(**row, is_open=True, settled_at=None) for row in rows],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[name.removesuffix("_id") for name in CHANGED],
        )

    def settle(self) -> None:
        """Take off the list what nobody need see to any more; its history stays.

        What is still on its way to be judged stays, and so does what a supervisor has yet to answer and has only
        grown older than the desk goes back.
        """
        rows: list[DutyRow] = []
        for one in self.found.settled.iter_rows(named=True):
            row = self.standing[key_of(*(one[name] for name in KEY))]
            waits = row["escalated_at"] is not None and row["answered_at"] is None
            if row["decision"] or (one["is_before"] and waits):
                continue
            rows.append(
                DutyRow(
                    key=row["key"],
                    state=one["state"] or "gone",
                    reason=one["reason"] or "gone",
                    done_on=one["done_on"],
                    case_ref=row["case_ref"],
                )
            )
        keys = dict(DutyRow.objects.filter(is_open=True).values_list("key", "pk")) if rows else {}
        for row in rows:
            row.pk, row.is_open, row.settled_at = keys[row.key], False, self.at
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            DutyRow.objects.bulk_update(
                part, ["state", "reason", "done_on", "is_open", "settled_at"], batch_size=200
            )
        self.counts["settled"] += len(rows)

    def settle_decisions(self, waiting: Mapping[str, str], carried: set[str]) -> None:
        """Say of what was recorded that the clocks rest on it now, or that the lake refused it."""
        judged = set(self.found.judged) & set(waiting)
        refused = (carried & set(waiting)) - set(self.found.known)
        for decisions, kind in ((judged, "judged"), (refused, "refused")):
            rows = list(DutyRow.objects.filter(decision__in=decisions))
            DutyEvent.objects.bulk_create(self.event(row, kind) for row in rows)
            DutyRow.objects.filter(decision__in=decisions).update(decision="")
            self.counts[kind] += len(rows)
            for row in rows:
                if row.key in self.standing:
                    self.standing[row.key]["decision"] = ""

    def event(self, row: DutyRow, kind: str) -> DutyEvent:
        """Return the entry that says what became of what was recorded."""
        words = (
            "What was recorded could not be taken in and stands in quarantine: tell whoever works on batches"
        )
        if kind == "judged":
            words = f"Worked out with what was recorded: {state_words(self.state_now(row)).lower()}"
        return DutyEvent(
            case_ref=row.case_ref, key=row.key, at=self.at, kind=kind, words=words, decision=row.decision
        )

    def state_now(self, row: DutyRow) -> str:
        same = pl.all_horizontal(pl.col(name) == getattr(row, name) for name in KEY)
        for frame in (self.found.settled, self.found.listed):
            state = frame.filter(same)["state"]
            if len(state):
                return str(state[0] or "gone")
        return str(row.state)

    def groups(self) -> list[str]:
        """Return the reporting groups that the crimes of the list belong to, in order of their names."""
        told = self.found.listed["offence_group"].drop_nulls().unique().to_list()
        return sorted({group for text in told for group in text.strip("|").split("|")})

    def keep_standing(self) -> None:
        """Keep up to when the records reach, and what lies before the time that the desk goes back to."""
        before: dict[str, dict[str, int]] = {}
        for one in self.found.before.iter_rows(named=True):
            of_unit = before.setdefault(unit_code(one["unit"]), {})
            of_unit[one["state"]] = of_unit.get(one["state"], 0) + one["clocks"]
        told = {
            "taken_at": self.at,
            "as_of": self.found.as_of,
            "since": self.found.since,
            "before": before,
            "groups": self.groups(),
        }
        DutyStanding.objects.update_or_create(pk=1, defaults=told)


def standing_now() -> DutyStanding | None:
    """Return how the desk stands, None before anything was taken up."""
    found: DutyStanding | None = DutyStanding.objects.filter(pk=1).first()
    return found
