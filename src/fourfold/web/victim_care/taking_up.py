"""Taking up what a refresh listed: one case a person, joined to the one that stands, and never away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fourfold.home import Home
from fourfold.pipeline.victim_facts import listed_victims
from fourfold.web.accounts.models import Unit
from fourfold.web.trail.recording import record
from fourfold.web.victim_care import bringing_up
from fourfold.web.victim_care.dues import FIRST_CONTACT, Limit, first_contact_limit, first_contact_task
from fourfold.web.victim_care.models import (
    FAR_OFF,
    Case,
    CaseEvent,
    CaseReport,
    CaseRule,
    CaseTask,
    CaseWord,
    District,
    Draft,
    FormKey,
)
from fourfold.web.victim_care.naming import search_words
from fourfold.web.victim_care.needing import need_of
from fourfold.web.victim_care.states import State
from fourfold.web.victim_care.told import Told, ToldReport, fitting, rules_met

BATCH = 500
USUAL_UNIT = "victim-care"


def take_up(home: Home) -> None:
    """Open a case for each person newly listed, and bring the others up to date; done twice, it changes nothing."""
    listed = [Told(row) for row in listed_victims(home).to_dicts()]
    with transaction.atomic():
        today = timezone.localdate()
        taking = Taking(unit_of(home), timezone.now(), first_contact_limit(today))
        taking.take(listed)
        sweep(taking.at)
        if taking.counts:
            record(
                "referrals_taken_up",
                by=None,
                subject_kind="unit",
                subject_refs=[taking.unit.code],
                detail=dict(taking.counts),
            )


def sweep(at: datetime) -> None:
    """Delete what no form needs any more: used keys after a week, drafts that nobody saved after thirty days."""
    FormKey.objects.filter(at__lt=at - timedelta(days=7)).delete()
    Draft.objects.filter(at__lt=at - timedelta(days=30)).delete()


def unit_of(home: Home) -> Unit:
    """Return the unit that referrals go to, made where it is missing, locked so that one taking up runs at a time."""
    code = home.settings.get("victim_care_unit", USUAL_UNIT)
    unit: Unit
    unit, is_new = Unit.objects.select_for_update().get_or_create(
        code=code, defaults={"name": "Victim Care Unit"}
    )
    if is_new:
        record("unit_added", by=None, subject_kind="unit", subject_refs=[code])
    return unit


Owners = dict[tuple[str, str], int]
"""Which case a report of a force belongs to."""


@dataclass
class Taking:
    """One taking up: the unit it is for, its instant, the limit of a first contact, and what was done, counted."""

    unit: Unit
    at: datetime
    limit: Limit
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, listed: list[Told]) -> None:
        """Take up all listed people."""
        owners = _owners()
        standing, named = {}, {}
        for pk, key, told_hash, is_listed in _standing():
            standing[pk] = (told_hash, is_listed)
            if owners.get(key) == pk:
                named[key] = pk
        claimed: set[int] = set()
        fresh: list[Told] = []
        changed: list[tuple[Told, list[int]]] = []
        for told in listed:
            # A case goes with the report it is named after, or it would become another person's.
            keys = [(told.force, one.report_ref) for one in told.reports]
            found = sorted({named[key] for key in keys if key in named})
            claimed |= set(found)
            if not found:
                fresh.append(told)
            elif len(found) > 1 or standing.get(found[0]) != (told.hash, True):
                changed.append((told, found))
        for told, found in changed:
            self.counts += bringing_up.bring_up(told, found, self.at, self.limit)
        self.open_all(self.part(fresh), owners)
        districts = {fitting("district", told.row["district"]) for told in listed if told.row["district"]}
        District.objects.bulk_create(
            (District(name=name) for name in sorted(districts)), ignore_conflicts=True
        )
        self.unlist([pk for pk, (_, is_listed) in standing.items() if is_listed and pk not in claimed])

    def part(self, fresh: list[Told]) -> list[Told]:
        """Bring cases back that were joined to others, where their people are told of alone; return who is left."""
        joined = {(case.force, case.person_id): case for case in Case.objects.filter(state=State.JOINED)}
        if not joined:
            return fresh
        left = []
        for told in fresh:
            case = joined.get((told.force, told.person_id))
            if case is None:
                left.append(told)
            else:
                self.counts += bringing_up.part(told, case, self.at, self.limit)
        return left

    def open_all(self, fresh: list[Told], owners: Owners) -> None:
        """Open a case for each of these people, in their order."""
        for start in range(0, len(fresh), BATCH):
            part = fresh[start : start + BATCH]
            self.free_reports(part, owners)
            cases = Case.objects.bulk_create([self.new_case(told) for told in part])
            write_neighbours(list(zip(cases, part, strict=True)), self.at, self.limit)
        waiting = sum(told.cannot_tell for told in fresh)
        self.counts += Counter(opened=len(fresh) - waiting, cannot_tell=waiting)

    def free_reports(self, part: list[Told], owners: Owners) -> None:
        """Take reports from the cases that held them, where they are no longer taken for one person's."""
        for told in part:
            held = [one.report_ref for one in told.reports if (told.force, one.report_ref) in owners]
            if held:
                CaseReport.objects.filter(force=told.force, report_ref__in=held).delete()
                self.counts["reports_moved"] += len(held)

    def new_case(self, told: Told) -> Case:
        """Return an unsaved case of a person."""
        state = State.CANNOT_TELL if told.cannot_tell else State.NEW
        case = Case(
            person_id=told.person_id,
            force=told.force,
            unit=self.unit,
            state=state,
            opened_at=self.at,
            **told.facts(),
        )
        case.need = need_of("", rules_met(told.reasons), case.report_count)
        if state is State.NEW:
            case.due_on = self.limit.due_on or FAR_OFF
            case.due_words = FIRST_CONTACT if self.limit.due_on else ""
        return case

    def unlist(self, gone: list[int]) -> None:
        """Say on a case that the list no longer names its person; the case stays as it is."""
        words = "No longer on the list: no report meets a criterion now"
        for start in range(0, len(gone), BATCH):
            cases = list(Case.objects.select_for_update().filter(pk__in=gone[start : start + BATCH]))
            for case in cases:
                case.is_listed, case.version, case.told_hash = False, case.version + 1, ""
            Case.objects.bulk_update(cases, ["is_listed", "version", "told_hash"])
            CaseEvent.objects.bulk_create(
                CaseEvent(case=case, at=self.at, version=case.version, kind="unlisted", words=words)
                for case in cases
            )
            self.counts += Counter(no_longer_listed=len(cases))


def _owners() -> Owners:
    rows = CaseReport.objects.values_list("force", "report_ref", "case_id").iterator(chunk_size=5000)
    return {(force, ref): case for force, ref, case in rows}


def _standing() -> Iterable[tuple[int, tuple[str, str], str, bool]]:
    """Yield each case: its key, the report it is named after, and what it was last told."""
    rows = Case.objects.values_list("pk", "force", "person_id", "told_hash", "is_listed")
    for pk, force, ref, told_hash, is_listed in rows.iterator(chunk_size=5000):
        yield pk, (force, ref), told_hash, is_listed


def write_neighbours(pairs: list[tuple[Case, Told]], at: datetime, limit: Limit) -> None:
    """Write the reports, rules, search words, first tasks and first events of new cases."""
    CaseReport.objects.bulk_create(report_row(case, one) for case, told in pairs for one in told.reports)
    CaseRule.objects.bulk_create(rule_row(case, rule) for case, told in pairs for rule in told.rules)
    CaseWord.objects.bulk_create(
        CaseWord(case=case, word=word) for case, _ in pairs for word in search_words(case.name, case.phone)
    )
    CaseTask.objects.bulk_create(
        first_contact_task(case, at, limit) for case, told in pairs if not told.cannot_tell
    )
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, at=at, version=1, kind="opened", words=_opened_words(told))
        for case, told in pairs
    )


def report_row(case: Case, one: ToldReport) -> CaseReport:
    """Return an unsaved report of a case."""
    return CaseReport(
        case=case,
        force=case.force,
        report_ref=one.report_ref,
        reported_on=one.reported_on,
        nfib_code=one.nfib_code,
        loss_gbp=one.loss_gbp,
        link_words=one.link_words[:200],
    )


def rule_row(case: Case, rule: str) -> CaseRule:
    """Return an unsaved rule of a case."""
    return CaseRule(case=case, rule=rule, due_on=case.due_on, need=case.need)


def _opened_words(told: Told) -> str:
    if told.cannot_tell:
        return "Put on the list of people whom no criterion could judge"
    return "Referred by the criteria for victim care"
