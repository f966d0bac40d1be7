"""Every page, state and task of the Victims' Code desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Visit, press
from every_page.crimes import SHOWN, UNIT, take_in_crimes
from every_page.tasks_victims_code import TASKS

WHO = "victim-care"
LIST, COMPLIANCE = "/victims-code/", "/victims-code/compliance/"
FIRST_WORDS = "Read it line by line. قرأته"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Take duties up, escalate some, record and vouch on one crime; duties for each hand to work on."""
    from django.utils import timezone

    from fourfold.web.accounts.models import User
    from fourfold.web.victims_code.actions import escalating, recording
    from fourfold.web.victims_code.demo import give_duties
    from fourfold.web.victims_code.digests import make_digests
    from fourfold.web.victims_code.taking_up import take_up

    take_in_crimes(home)
    take_up(home)
    give_duties(home)
    officer, now = User.objects.get(email=f"{WHO}@demo.example"), timezone.now()
    rows = iter(unclear_duties())
    shown, waiting, done = next(rows), next(rows), next(rows)
    made: dict[str, Any] = {"digest_day": timezone.localdate().isoformat()}
    for name, row in (("duty", shown), ("waiting_duty", waiting), ("done_duty", done)):
        made |= {name: row.key, f"{name}_of": row.case_ref}
    for hand in hands:
        row = next(rows)
        made |= {f"{hand}|duty_key": row.key, f"{hand}|duty_crime": row.case_ref}
    escalating.escalate(row=waiting, why="She rang twice. اتصلت", by=officer, seen=None)
    record(done, officer)
    recording.vouch(
        case_ref=SHOWN, unit=shown.unit.code, until=date(2021, 11, 1), note=FIRST_WORDS, by=officer, seen=None
    )  # fmt: skip
    make_digests(timezone.localdate(), now)
    return made | {"decision": decision_of(done)}


def unclear_duties() -> list[Any]:
    """Return a duty of which nobody can tell of each of a few crimes, in the unit of the officer."""
    from fourfold.web.victims_code.models import DutyRow

    found = DutyRow.objects.filter(is_open=True, unit__name=UNIT, reason="not_recorded", subject="victim")
    one_a_crime = {row.case_ref: row for row in found.exclude(start_event_id="").order_by("case_ref", "-pk")}
    return list(one_a_crime.values())[:8]


def record(row: Any, by: Any) -> None:
    """Record that a duty was done, as its page does."""
    from django.utils import timezone

    from fourfold.web.victims_code.actions import recording
    from fourfold.web.victims_code.crime import crime_told

    told = crime_told(row.case_ref, timezone.localdate())
    assert told is not None
    clock = next(
        one
        for one in told.clocks
        if (one["rule"], one["subject_ref"], one["start_event_id"])
        == (row.rule, row.subject_ref, row.start_event_id)
    )
    said = recording.Told("victim_updated", "Victim updated", timezone.localtime())
    recording.record_duty(
        clock=clock, key=row.key, unit=row.unit.code, told=said, is_done=True, note="Rang her", by=by, seen=None
    )  # fmt: skip


def decision_of(row: Any) -> str:
    from fourfold.web.victims_code.models import DutyEvent

    return str(DutyEvent.objects.get(key=row.key, kind="done").decision)


def _change_meanwhile(page: Any) -> None:
    """Vouch from a second window after the form was opened in the first."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, words in ((other, FIRST_WORDS), (page, "Read it too")):
        for label, value in (("Day", "1"), ("Month", "11"), ("Year", "2021")):
            window.get_by_label(label, exact=True).fill(value)
        window.get_by_label("How do you know?").fill(words)
        window.get_by_role("button", name="Vouch for the log").click()
    other.close()


def _give_a_reason(page: Any) -> None:
    page.get_by_label("Why do you need to see this?").fill("Subject access request 12")
    page.get_by_role("button", name="Go on").click()


def _forms() -> list[Visit]:
    """Return each form, and what it says of an empty one."""
    found = []
    for name, address, button in (
        ("record", "record/{duty}/{duty_of}/", "Save"),
        ("vouch", "vouch/{duty_of}/", "Vouch for the log"),
        ("escalate", "escalate/{duty}/{duty_of}/", "Escalate"),
        ("answer", "answer/{waiting_duty}/{waiting_duty_of}/", "Save the answer"),
        ("withdraw", "withdraw/{decision}/{done_duty_of}/", "Take it back"),
    ):
        route, where = f"victims_code:{name}", f"/victims-code/{address}"
        found += [
            Visit(route, ORDINARY, WHO, where, button),
            Visit(route, ERROR, WHO, where, "There is a problem", press(button)),
            Visit(route, REFUSED, "analyst", where, status=404),
        ]
    return found


CRIME = "/victims-code/crimes/{%s_of}/"
NAMED = f"/victims-code/crimes/{SHOWN}/"
VISITS = [
    Visit("victims_code:list", ORDINARY, WHO, LIST, UNIT),
    Visit("victims_code:list", "cannot tell", WHO, f"{LIST}?list=unknown&sort=-began", "Cannot tell"),
    Visit("victims_code:list", "filtered", "auditor", f"{LIST}?list=all&officer=PC1&enhanced=on", "Take a filter off"),
    Visit("victims_code:list", "all units", "analyst", f"{LIST}?list=all"),
    Visit("victims_code:list", "nothing on it", WHO, f"{LIST}?list=today", "Nothing stands on this list now"),
    Visit("victims_code:list", "empty", WHO, f"{LIST}?q=nobody-at-all", "No duty is like that"),
    Visit("victims_code:list", "a crime with nothing to see to", WHO, f"{LIST}?q={SHOWN}", "needs seeing to now"),
    Visit("victims_code:list", ERROR, WHO, f"{LIST}?list=nonsense", "There is a problem"),
    Visit("victims_code:list", REFUSED, "administrator", LIST, status=404),
    Visit("victims_code:crime", ORDINARY, WHO, CRIME % "duty", "What would settle it"),
    Visit("victims_code:crime", "escalated", WHO, CRIME % "waiting_duty", "Answer the escalation"),
    Visit("victims_code:crime", "recorded, waiting or judged", WHO, CRIME % "done_duty", "Duties in crime"),
    Visit("victims_code:crime", "long and right-to-left names", WHO, NAMED, "علي حسن"),
    Visit("victims_code:crime", "masked", "analyst", NAMED, "(masked)"),
    Visit("victims_code:crime", "with a reason", "data-protection", NAMED, "علي حسن", _give_a_reason),
    Visit("victims_code:crime", REFUSED, "performance", NAMED, status=404),
    *_forms(),
    Visit("victims_code:vouch", "changed meanwhile", WHO, "/victims-code/vouch/{duty_of}/",
          "after you opened this form", _change_meanwhile),
    Visit("victims_code:compliance", ORDINARY, "performance", COMPLIANCE, "What recording would tell most"),
    Visit("victims_code:compliance", "by month", "auditor", f"{COMPLIANCE}?by=month"),
    Visit("victims_code:compliance", "filtered", WHO, f"{COMPLIANCE}?first=2021-10&last=2021-12&by=offence_group"),
    Visit("victims_code:compliance", "empty", "auditor",
          f"{COMPLIANCE}?first=2018-01&last=2018-01&unit=neighbourhood-team-marrowick", "No duty is like that"),
    Visit("victims_code:compliance", ERROR, "auditor", f"{COMPLIANCE}?first=2021-12&last=2021-10", "There is a problem"),
    Visit("victims_code:compliance", REFUSED, "administrator", COMPLIANCE, status=404),
    Visit("victims_code:digest", ORDINARY, WHO, "/victims-code/digest/{digest_day}/", UNIT),
    Visit("victims_code:digest", "of every unit", "auditor", "/victims-code/digest/{digest_day}/", "Response Quillbrook"),
    Visit("victims_code:digest", "empty", WHO, "/victims-code/digest/2000-01-01/", "There is no digest of this day"),
    Visit("victims_code:digest", REFUSED, "performance", "/victims-code/digest/{digest_day}/", status=404),
]  # fmt: skip

DESK = Desk(
    visits=VISITS,
    tasks=TASKS,
    fill=fill,
    not_pages={
        "victims_code:export": "a file of rows",
        "victims_code:compliance_export": "a file of rows",
        "victims_code:digest_latest": "goes on to the newest digest; before the first it is as a day without one",
    },
)
