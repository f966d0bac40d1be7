"""Bringing a standing case up to date with what the lake says now; nothing changes without a line on its timeline."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils import timezone

from fourfold.web.ui.environment import written_count, written_date
from fourfold.web.victim_care.dues import (
    Limit,
    await_first_contact,
    first_contact_limit,
    first_contact_task,
    set_due,
)
from fourfold.web.victim_care.models import Case, CaseEvent, CaseReport, CaseRule, CaseTask, CaseWord
from fourfold.web.victim_care.naming import search_words
from fourfold.web.victim_care.needing import need_of
from fourfold.web.victim_care.states import State, Step, can, check_can
from fourfold.web.victim_care.told import COPIED, Told, ToldReport, rules_met

FIELD_WORDS = {
    "name": "name",
    "date_of_birth": "date of birth",
    "support_wanted": "whether support is wanted",
}


def bring_up(told: Told, found: list[int], at: datetime, limit: Limit) -> Counter[str]:
    """Bring the oldest of these cases up to date, and join the others to it; return what was done, counted."""
    cases = list(Case.objects.select_for_update().filter(pk__in=found).order_by("first_on", "pk"))
    case, others = cases[0], cases[1:]
    counts: Counter[str] = Counter()
    if case.told_hash != told.hash or not case.is_listed or others:
        case.version += 1
        for other in others:
            _join(other, case, at)
            counts["joined"] += 1
        counts += _change(case, told, at, limit)
    return counts


def part(told: Told, case: Case, at: datetime, limit: Limit) -> Counter[str]:
    """Bring back a case that was joined to another, for its person is told of alone again."""
    _move_reports(case, told.reports)
    case.version += 1
    _enter(case, Step.PART)
    standing = case.joined_to
    case.joined_to = None
    await_first_contact(case, at, limit)
    _say(case, at, "parted", f"No longer taken for the person of case {standing}")
    counts = _change(case, told, at, limit)
    return counts + Counter(parted=1)


def _change(case: Case, told: Told, at: datetime, limit: Limit) -> Counter[str]:
    known = set(CaseReport.objects.filter(case=case).values_list("report_ref", flat=True))
    fresh = [one for one in told.reports if one.report_ref not in known]
    renewed = _renewed(case, told)
    was_unclear, was_listed = case.cannot_tell, case.is_listed
    for name, value in (told.facts() | case.corrected).items():
        setattr(case, name, value)
    _move_reports(case, fresh)
    counts: Counter[str] = Counter()
    if fresh:
        counts["reported_again"] += 1
        _report_again(case, fresh, at)
    if was_unclear and not told.cannot_tell:
        counts["became_clear"] += 1
        _become_clear(case, at, limit)
    elif not was_listed:
        _say(case, at, "listed", "On the list again")
    if renewed:
        _say(case, at, "renewed", f"Brought up to date from the latest report: {', '.join(renewed)}")
    counts["brought_up_to_date"] += 1
    case.need = need_of(case.level, rules_met(case.reasons), case.report_count)
    _write_words(case)
    _write_rules(case, told.rules)
    set_due(case)
    case.save()
    return counts


def _renewed(case: Case, told: Told) -> list[str]:
    facts = told.facts() | case.corrected
    return [FIELD_WORDS.get(name, name) for name in ("name", *COPIED) if getattr(case, name) != facts[name]]


def _move_reports(case: Case, reports: list[ToldReport]) -> None:
    """Have these reports belong to a case, whichever they belonged to before."""
    for one in reports:
        CaseReport.objects.update_or_create(
            force=case.force,
            report_ref=one.report_ref,
            defaults={
                "case": case,
                "reported_on": one.reported_on,
                "nfib_code": one.nfib_code,
                "loss_gbp": one.loss_gbp,
                "link_words": one.link_words[:200],
            },
        )


def _report_again(case: Case, fresh: list[ToldReport], at: datetime) -> None:
    many = "A new report" if len(fresh) == 1 else f"{written_count(len(fresh))} new reports"
    told = "; ".join(
        f"{one.report_ref} of {written_date(one.reported_on)}"
        + (f" (linked by {one.link_words})" if one.link_words else "")
        for one in fresh
    )
    _say(case, at, "reported_again", f"{many} of this person: {told}"[:300])
    if case.watch_until and any(one.reported_on <= case.watch_until for one in fresh):
        _say(case, at, "targeted_again", "Reported again while on watch: the person may be targeted again")
        _add_task(case, at, "targeted_again", "Look at the report made while on watch")
    was = State(case.state)
    _enter(case, Step.REPORT_AGAIN)
    if was is State.CLOSED:
        _ask_for_decision(case, at, "New report after closing: open the case again, or leave it closed")


def _become_clear(case: Case, at: datetime, limit: Limit) -> None:
    was = State(case.state)
    _enter(case, Step.BECOME_CLEAR)
    _say(case, at, "became_clear", "What was missing has been told: a criterion for victim care is met")
    if was is State.CANNOT_TELL:
        first_contact_task(case, at, limit).save()
    elif was is State.CLOSED:
        _ask_for_decision(case, at, "A criterion is met now: open the case again, or leave it closed")


def _join(other: Case, case: Case, at: datetime) -> None:
    """Join one case to another: its reports and waiting tasks go over, its timeline stays where it was written."""
    was_open = State(other.state).is_open
    other.version += 1
    _enter(other, Step.JOIN)
    other.joined_to, other.is_listed = case, False
    CaseReport.objects.filter(case=other).update(case=case)
    CaseTask.objects.filter(case=other, ended_at=None).exclude(kind="first_contact").update(case=case)
    Case.objects.filter(joined_to=other).update(joined_to=case)
    _say(other, at, "joined", f"Found to be the person of case {case.person_id}, which goes on for both")
    _say(
        case, at, "joined", f"Case {other.person_id} is found to be of this person and is joined to this one"
    )
    case.officer_id = case.officer_id or other.officer_id
    case.level = case.level or other.level
    case.reached_at = case.reached_at or other.reached_at
    case.watch_until = max(filter(None, (case.watch_until, other.watch_until)), default=None)
    set_due(other)
    other.save()
    if was_open and case.state == State.CLOSED:
        _enter(case, Step.REPORT_AGAIN)
        _ask_for_decision(
            case, at, "A case that was open is joined to this one: open it again, or leave it closed"
        )


def _ask_for_decision(case: Case, at: datetime, words: str) -> None:
    _add_task(case, at, "look_again", words)


def _add_task(case: Case, at: datetime, kind: str, words: str) -> None:
    """Have somebody look, by the day on which a new referral would be reached: else it would stand last in the list."""
    waiting = CaseTask.objects.filter(case=case, kind=kind, ended_at=None)
    if not waiting.exists():
        limit = first_contact_limit(timezone.localdate(at))
        CaseTask.objects.create(
            case=case, kind=kind, words=words, made_at=at, due_on=limit.due_on, source=limit.source
        )


def _enter(case: Case, step: Step) -> None:
    if not can(step, case.state):
        return
    state = check_can(step, case.state)
    case.state, case.is_open = state, state.is_open


def _say(case: Case, at: datetime, kind: str, words: str) -> None:
    CaseEvent.objects.create(case=case, at=at, version=case.version, kind=kind, words=words[:300])


def _write_words(case: Case) -> None:
    wanted = search_words(case.name, case.phone)
    known = set(CaseWord.objects.filter(case=case).values_list("word", flat=True))
    CaseWord.objects.filter(case=case, word__in=known - wanted).delete()
    CaseWord.objects.bulk_create(CaseWord(case=case, word=word) for word in wanted - known)


def _write_rules(case: Case, wanted: set[str]) -> None:
    known = set(CaseRule.objects.filter(case=case).values_list("rule", flat=True))
    CaseRule.objects.filter(case=case, rule__in=known - wanted).delete()
    CaseRule.objects.bulk_create(CaseRule(case=case, rule=rule) for rule in wanted - known)
