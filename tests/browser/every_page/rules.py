"""Every page, state and task of the rules desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

ASKED = "/rules/fraud_triage/?try=1&romance_codes=NFIB1D&age_at_least={age}&risk_score_at_least=&risk_score_scale="
PROPOSE = ASKED.replace("/?", "/propose/?")
REASON = "Es gibt mehr Zeit als Fälle; 他们有更多时间 🙂, لديهم وقت"
WHO = "analyst"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Propose changes for the pages and for each hand to approve and refuse; one of them is decided."""
    from django.conf import settings
    from django.utils import timezone

    from fourfold.pipeline.triable_rules import TRIABLE
    from fourfold.web.accounts.models import User
    from fourfold.web.rules import actions
    from fourfold.web.rules.forms import TryForm, changes_of
    from fourfold.web.rules.views import changed_values

    analyst, second = (User.objects.get(email=f"{role}@demo.example") for role in ("analyst", "performance"))
    rule, today = TRIABLE["fraud_triage"], timezone.localdate()
    number = 0

    def propose(age: int) -> Any:
        nonlocal number
        number += 1
        asked = {"romance_codes": "NFIB1D", "age_at_least": str(age)}
        form = TryForm(rule, rule.in_force(settings.HOME, today), asked)
        assert form.is_valid()
        return actions.propose(
            rule=rule.key, changes=changes_of(rule, form.in_force, form.cleaned_data),
            result=rule.try_out(settings.HOME, changed_values(form), today), holds_from=date(2098, 1, number),
            is_backdated=False, reason=REASON, form_key=f"every-page-{number}", by=analyst,
        )  # fmt: skip

    waiting, refused = propose(75), propose(60)
    actions.refuse(proposal=refused, version=refused.version, why="There are no hours for it.", by=second)
    made = {"change": waiting.pk, "refused_change": refused.pk}
    for hand in hands:
        made |= {f"{hand}|to_refuse": propose(67).pk}
        made |= {f"{hand}|day": (1 + hands.index(hand), 3, 2099)}
    return made


def propose_a_change(hand: Any, made: Any) -> None:
    """Propose one, for the second person to approve: one that was proposed before another's approval is out of date."""
    hand.begin()
    hand.press("link", "Rules")
    hand.press("link", "Which fraud victims are referred to victim care", "main")
    hand.write("Age from which a victim is referred", "64")
    hand.press("button", "Try it out")
    hand.press("button", "Propose this change")
    hand.write("Why should the rule change?", REASON)
    hand.day(made["day"])
    hand.press("button", "Propose the change")
    if "changed while you were writing" in hand.page.inner_text("main"):
        # Rows that the intake tasks corrected have come in meanwhile: the figures are read again.
        hand.press("button", "Propose the change")
    hand.says("Awaits approval")
    day, month, year = made["day"]
    made["day"] = day, month + 3, year  # later than what is approved from this one
    made["to_approve"] = int(hand.page.url.rstrip("/").rsplit("/", 1)[-1])


def propose_and_withdraw(hand: Any, made: Any) -> None:
    propose_a_change(hand, made)
    hand.press("button", "Withdraw this change")
    hand.write("Why?", "It would leave people unseen")
    hand.press("button", "Withdraw this change")
    hand.says("Withdrawn")


def _decide(hand: Any, number: int, button: str) -> None:
    hand.press("link", "Rules")
    hand.press("link", "Changes proposed and made", "main")
    hand.pick("State", "Awaits approval")
    hand.press("button", "Filter")
    hand.press("link", f"Rule change {number}", "main")
    hand.press("button", button)
    hand.write("Why?", "The unit has the hours for it")
    hand.press("button", button)


def approve(hand: Any, made: Any) -> None:
    _decide(hand, made["to_approve"], "Approve this change")
    hand.says("written into the policy")


def refuse(hand: Any, made: Any) -> None:
    _decide(hand, made["to_refuse"], "Refuse this change")
    hand.says("The change is refused")


DESK = Desk(
    visits=[
        Visit("rules:rules", ORDINARY, WHO, "/rules/"),
        Visit("rules:rules", REFUSED, "auditor", "/rules/", status=403),
        Visit("rules:rule", ORDINARY, WHO, "/rules/fraud_triage/"),
        Visit("rules:rule", "tried out", WHO, ASKED.format(age=75), "Tried out:"),
        Visit("rules:rule", ERROR, WHO, ASKED.format(age="old"), "There is a problem"),
        Visit("rules:propose", ORDINARY, WHO, PROPOSE.format(age=75)),
        Visit(
            "rules:propose",
            ERROR,
            WHO,
            PROPOSE.format(age=75),
            "There is a problem",
            press("Propose the change"),
        ),
        Visit("rules:changes", ORDINARY, WHO, "/rules/changes/"),
        Visit("rules:changes", "filtered", WHO, "/rules/changes/?state=proposed&whose=mine"),
        Visit("rules:changes", "empty", WHO, "/rules/changes/?q=nothing-like-this", "No change is like that"),
        Visit("rules:changes", ERROR, WHO, "/rules/changes/?state=banana", "There is a problem"),
        Visit("rules:change", ORDINARY, WHO, "/rules/changes/{change}/", "لديهم"),
        Visit("rules:change", "to decide", "performance", "/rules/changes/{change}/", "Awaits approval"),
        Visit("rules:change", "decided", WHO, "/rules/changes/{refused_change}/", "Refused"),
        *(
            Visit(f"rules:{step}", state, role, f"/rules/changes/{{change}}/{step}/", says, reach)
            for step, role in (("approve", "performance"), ("refuse", "performance"), ("withdraw", WHO))
            for state, says, reach in (
                (ORDINARY, "Why?", None),
                (ERROR, "There is a problem", lambda page: page.locator("main form button").first.click()),
            )
        ),
    ],
    tasks=[
        Task("try a rule out and propose a change", WHO, propose_a_change),
        Task("approve a change", "performance", approve),
        Task("refuse a change", "performance", refuse),
        Task("propose a change and withdraw it", WHO, propose_and_withdraw),
    ],
    fill=fill,
    not_pages={"rules:export": "a file of rows"},
)
