"""What the audit desk's list needs: audits in each of their states, and crimes for each hand to read and to settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import yaml

from every_page.crimes import QUARTER, take_in_crimes

KEY, FORCE = "victims_code", "aldermere"
WORDS = "Brief the response teams on updates; لديهم وقت 🙂 Featherstonehaugh-Cholmondeley-Wriothesley"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Plan, draw, read and sign audits off as the desk does; each hand has a quarter of its own to plan for."""
    from fourfold.web.accounts.models import User
    from fourfold.web.audit import drawing
    from fourfold.web.audit.actions import acting, planning, signing
    from fourfold.web.audit.finding import findings_of

    hold_groups_earlier(home)
    take_in_crimes(home)
    first, second = (User.objects.get(email=f"{name}@demo.example") for name in ("auditor", "auditor-2"))
    owner = User.objects.get(email="victim-care@demo.example")
    quarters = iter([(year, month) for year in (2018, 2019) for month in (1, 4, 7, 10)])

    def made_read(by: Any) -> Any:
        sample = drawn(next(quarters), by)
        read_all(sample, by)
        return sample

    earlier, approved = made_read(second), made_read(second)
    for sample in (earlier, approved):
        signing.approve(sample=sample.pk, findings=findings_of(sample), by=first, seen=sample.version)
    unsigned, own = made_read(second), made_read(first)
    withdrawn = drawn(QUARTERS_OF_OTHERS[0], first)
    signing.withdraw(sample=withdrawn.pk, why="The extract lacked a week. ناقص", by=first)
    made = {
        "approved_audit": approved.pk,
        "unsigned": unsigned.pk,
        "own_sample": own.pk,
        "withdrawn": withdrawn.pk,
    }
    made["drawn"] = drawn(QUARTERS_OF_OTHERS[0], first).pk
    frame = drawing.open_frame(KEY, FORCE, quarter(QUARTERS_OF_OTHERS[1]))
    made["planned"] = planning.plan(frame=frame, by=first).pk
    made["answered"] = unsigned.crimes.filter(role="main").first().pk
    made["settled"] = approved.crimes.filter(is_twice=True, role="main").first().pk
    today = date.today()
    for due, name in ((today + timedelta(days=900), "action"), (today, "late_action")):
        told = acting.set_action(
            sample=approved.pk, question="", stratum="", words=WORDS, owner=owner, due_on=due, by=first
        )
        made[name] = told.pk
    make_late(made["late_action"])
    for hand, words in zip(hands, [one for _, one in drawing.quarters()], strict=False):
        sample = made_read(first)
        made |= {f"{hand}|to_plan": words, f"{hand}|to_sign": sample.pk}
        made[f"{hand}|signed_quarter"] = quarter((sample.first_day.year, sample.first_day.month)).words
    return made | being_read(first, second, hands)


def hold_groups_earlier(home: Any) -> None:
    """Have the groups that audits draw from hold before the quarters that are offered, which the hands need."""
    from fourfold import policy

    value = policy.value_on("audit.groups", date(2020, 1, 1)).value
    told = {"value": value, "from": date(2017, 1, 1), "source": "A made-up force", "status": "made up"}
    groups = {"groups": {"title": "Groups of crimes that are sampled apart", "values": [told]}}
    (home.policy / "audit.yaml").write_text(yaml.safe_dump(groups), encoding="utf-8")


QUARTERS_OF_OTHERS = ((2017, 10), (2020, 1))


def quarter(first: tuple[int, int]) -> Any:
    from fourfold.measures.period import Period

    year, month = first
    return Period(date(year, month, 1), date(year, month + 2, 1))


def drawn(first: tuple[int, int], by: Any, size: int = 10) -> Any:
    """Plan and draw an audit of a quarter."""
    from fourfold.web.audit import drawing
    from fourfold.web.audit.actions import planning

    sample = planning.plan(frame=drawing.open_frame(KEY, FORCE, quarter(first)), by=by)
    planning.draw(sample=sample.pk, allocation="equal", size=size, by=by, seen=sample.version)
    sample.refresh_from_db()
    return sample


def answers(sample: Any, answer: str = "met") -> dict[str, dict[str, str]]:
    """The same answer to every question of a sample."""
    from fourfold.web.audit.questions import questionnaire_of

    asked = questionnaire_of(sample)
    reason = "" if answer == "met" else next(iter(asked.reasons[answer]))
    evidence = "Acknowledgement sent, 3 July. شكرا" if answer == "met" else ""
    return {
        one.question: {"answer": answer, "reason": reason, "evidence": evidence} for one in asked.questions
    }


def read_all(sample: Any, by: Any) -> None:
    """Have every crime read by everybody it was given to; where two read, they differ and settle it."""
    from fourfold.web.audit.actions import giving, reading, settling
    from fourfold.web.audit.models import Reading, SampledCrime

    giving.give_out(sample=sample.pk, by=by)
    for one in Reading.objects.filter(crime__sample=sample).order_by("turn"):
        told = answers(sample, "met" if one.turn == 1 else "not_recorded")
        reading.hand_in(reading=one.pk, answers=told, by=one.reader)
    for crime in SampledCrime.objects.filter(sample=sample, state="to_settle"):
        one, other = crime.readings.order_by("turn")
        settling.propose(crime=crime.pk, answers=answers(sample), by=one.reader)
        settling.agree(crime=crime.pk, by=other.reader)
    sample.refresh_from_db()


def make_late(action: int) -> None:
    from fourfold.web.audit.models import Action

    Action.objects.filter(pk=action).update(due_on=date.today() - timedelta(days=3))


def being_read(first: Any, second: Any, hands: Sequence[str]) -> dict[str, Any]:
    """Give the crimes with names of all kinds to be read, and bring one into each of its states."""
    from fourfold.web.audit.actions import giving, reading, settling

    sample = drawn((QUARTER[0].year, QUARTER[0].month), first, size=25)
    crimes = iter(list(sample.crimes.filter(role="main")))
    of_hands = [f"{hand}|{what}" for hand in hands for what in ("to_answer", "to_rule_out")]
    once = ("to_read", "handed_in", "ruled_out", "changed", *of_hands)
    twice = ("to_settle", "proposed", "scope_apart", *(f"{hand}|to_agree" for hand in hands))
    chosen = {name: next(crimes) for name in (*once, *twice)}
    mark_twice(sample, [chosen[name].pk for name in (*twice, "ruled_out")])
    alone = [chosen[name].pk for name in once if name != "ruled_out"]
    giving.give(sample=sample.pk, crimes=alone, reader=first.pk, turn=1, by=second)
    giving.give_out(sample=sample.pk, by=first)

    def held(name: str, by: Any) -> int:
        return int(chosen[name].readings.get(reader=by).pk)

    reading.hand_in(reading=held("handed_in", first), answers=answers(sample), by=first)
    for name in ("ruled_out", "scope_apart"):
        reading.rule_out(
            reading=held(name, first), reason=out_of_scope(sample), words="Moved. انتقل", by=first
        )
    reading.hand_in(reading=held("scope_apart", second), answers=answers(sample), by=second)
    for name in (one for one in twice if one != "scope_apart"):
        reading.hand_in(reading=held(name, first), answers=answers(sample), by=first)
        reading.hand_in(reading=held(name, second), answers=answers(sample, "not_met"), by=second)
    settling.propose(crime=chosen["proposed"].pk, answers=answers(sample, "not_recorded"), by=second)
    refs = {name: one.crime_ref for name, one in chosen.items() if "|" in name}
    return {"reading": sample.pk} | {n: one.pk for n, one in chosen.items() if "|" not in n} | refs


def mark_twice(sample: Any, keys: Iterable[int]) -> None:
    """Have two read these crimes, in place of those that the seed chose."""
    sample.crimes.update(is_twice=False)
    sample.crimes.filter(pk__in=list(keys)).update(is_twice=True)


def out_of_scope(sample: Any) -> str:
    from fourfold.web.audit.questions import questionnaire_of, scope_choices

    return str(scope_choices(questionnaire_of(sample))[0][0])
