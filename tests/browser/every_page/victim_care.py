"""Every page, state and task of the victim-care desk."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Visit, press
from every_page.tasks_victim_care import TASKS

HEADINGS = [
    "NFRC reference", "Date reported", "NFIB code", "Victim type", "First names", "Last name", "Date of birth",
    "Email", "Phone", "Address", "Postcode", "Loss (GBP)", "Narrative",
]  # fmt: skip
LONG = ("Bartholomew Maximilian Fitzgerald", "Featherstonehaugh-Cholmondeley-Wriothesley")
SHOWN = {
    "long": LONG,
    "right_to_left": ("علي", "حسن"),
    "other_script": ("太郎", "山田"),
    "emoji": ("Zoë 🌻", "O’Hara"),
    "worked": ("Gwendolen", "Harcastle"),
    "closed": ("Rosalind", "Penhallow"),
    "came_in": ("Barnaby", "Tregarthen"),
}
UNJUDGED = {"unclear": ("Nobody", "Knows")}
STORY = (("Edith", "Marlowe"), ("Winifred", "Castleton"), ("Ivor", "Penhaligon"))
JUDGED = (("Agnes", "Thornbury"), ("Cuthbert", "Lovelace"), ("Dorothea", "Winslow"))
CAME_IN = (("Hilda", "Ashdown"), ("Percy", "Blackwood"), ("Maud", "Fairweather"))
LIMIT = """first_contact_due_days:
  title: Days to the first attempt
  values:
    - {value: 0, from: 2018-01-01, source: "A made-up force", status: made up}
"""


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Take up a list with a person for each state and for each hand, and work cases into their states."""
    from fourfold.web.victim_care.actions import ending, noting
    from fourfold.web.victim_care.models import Case

    (home.policy / "victim_care.yaml").write_text(LIMIT, encoding="utf-8")
    known = {**SHOWN, **{f"{hand}|story": name for hand, name in zip(hands, STORY, strict=True)}}
    known |= {f"{hand}|came_in": name for hand, name in zip(hands, CAME_IN, strict=True)}
    unclear = UNJUDGED | {f"{hand}|judged": name for hand, name in zip(hands, JUDGED, strict=True)}
    officer = _officer()
    _take_up(home, "first.csv", "21", known, unclear)
    cases = {name: _case(told) for name, told in (known | unclear).items()}
    for name in ("worked", "closed", "came_in", *(f"{hand}|came_in" for hand in hands)):
        noting.assign(case=cases[name].pk, officer=officer, by=officer)
    for name in ("closed", "came_in", *(f"{hand}|came_in" for hand in hands)):
        case = Case.objects.get(pk=cases[name].pk)
        ending.close(case=case.pk, outcome="not_reached", why="Tried.", by=officer, seen=case.version)
    again = {name: told for name, told in known.items() if name.endswith("came_in")}
    _take_up(home, "again.csv", "22", again, {})
    made = _work(cases["worked"], officer)
    made |= {f"{name}_case": case.pk for name, case in cases.items() if "|" not in name}
    made |= {f"{hand}|names": {} for hand in hands}
    for name, told in (known | unclear).items():
        hand, _, what = name.partition("|")
        if what:
            made[f"{hand}|names"][what] = " ".join(told)
    return made


def _officer() -> Any:
    from fourfold.web.accounts.models import User

    return User.objects.get(email="victim-care@demo.example")


def _take_up(home: Any, name: str, year: str, known: Mapping[str, Any], unclear: Mapping[str, Any]) -> None:
    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh
    from fourfold.web.victim_care.taking_up import take_up

    path = Path(home.path) / name
    _write(path, year, [*known.values()], [*unclear.values()])
    assert not take_in(home, [path]).has_problems
    refresh(home)
    take_up(home)


def _write(path: Path, year: str, known: list[tuple[str, str]], unclear: list[tuple[str, str]]) -> None:
    """People of 80 who lost money to romance fraud, and people who gave no age and whose code says nothing."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for number, (first, last) in enumerate([*known, *unclear]):
            is_known = number < len(known)
            writer.writerow([
                f"NFRC{year}01{number:06d}", f"{number % 28 + 1:02d}/02/20{year}", "NFIB1D" if is_known else "NFIB3A",
                "Individual", first, last, "03/05/1940" if is_known else "", f"{first.split()[0]}{len(last)}@example.org",
                "", "1 Quill Lane", "ZE1 9QQ", "4599", "They met on a site.",
            ])  # fmt: skip


def _case(told: tuple[str, str]) -> Any:
    from fourfold.web.victim_care.models import Case

    return Case.objects.get(name=" ".join(told))


def _work(case: Any, officer: Any) -> dict[str, Any]:
    """Do to one case all that can be shown on it."""
    from datetime import date

    from fourfold.web.victim_care.actions import contacting, judging, keeping, sharing, stocking
    from fourfold.web.victim_care.assessing import QUESTIONS, answers_of
    from fourfold.web.victim_care.catalogue import MATERIALS, entries

    def seen() -> int:
        case.refresh_from_db()
        return int(case.version)

    stocking.change_stock(
        unit=case.unit, material=entries(MATERIALS)[0]["key"], change=50, why="Came in", by=officer
    )
    contacting.record_call(
        case=case.pk, channel="phone", result="reached", said="She has stopped paying. شكرا", by=officer,
        call_again_on=date(2031, 3, 1),
    )  # fmt: skip
    answers = {one["key"]: answers_of(one["kind"])[-1][0] for one in entries(QUESTIONS)}
    judging.assess(
        case=case.pk, answers=answers, notes="Alone since May.", level="visit", differs_because="She is alone",
        by=officer, seen=seen(),
    )  # fmt: skip
    keeping.watch(
        case=case.pk, until=date(2031, 3, 1), why="Her details were sold on", by=officer, seen=seen()
    )
    referral = sharing.refer(
        case=case.pk, partner="victim_support", ground="consent", has_consent=True, why="She asked for it.",
        checked=sharing.to_share(case, "victim_support"), by=officer, seen=seen(),
    )  # fmt: skip
    return {"referral": referral.pk, "subject": case.person_id}


def _change_meanwhile(page: Any) -> None:
    """Save the form from a second window after it was opened in the first."""
    other = page.context.new_page()
    other.goto(page.url.replace("/watch/", "/note/"))
    other.get_by_label("Note", exact=True).fill("A word from the other window.")
    other.get_by_role("button", name="Save note").click()
    other.close()
    page.get_by_label("Why", exact=True).fill("Her details were sold on")
    page.get_by_role("button", name="Save watch").click()


def _check_what_is_shared(page: Any) -> None:
    page.get_by_label("Victim Support", exact=True).check()
    page.get_by_label("The victim agrees", exact=True).check()
    page.get_by_label("I asked the victim, and they agree").check()
    page.get_by_label("Why this referral is needed").fill("She asked for somebody to talk to.")
    page.get_by_role("button", name="Check what is shared").click()


def _see_suggestion(page: Any) -> None:
    for group in page.locator("main fieldset").all():
        group.get_by_role("radio").first.check()
    page.get_by_role("button", name="See what is suggested").click()


def _steps() -> list[Visit]:
    """Return the form of each step on a case whose person has a long name, and what it says of an empty one."""
    found = []
    for slug, button in (
        ("call", "Save contact"), ("assess", "See what is suggested"), ("plan", "Save plan"), ("advice", "Save advice"),
        ("materials", "Save what was sent"), ("questionnaire", "Save answers"), ("watch", "Save watch"),
        ("details", "Save details"), ("note", "Save note"), ("close", "Close the case"),
    ):  # fmt: skip
        address = f"/victim-care/cases/{{long_case}}/{slug}/"
        found += [
            Visit("victim_care:step", slug, "victim-care", address),
            Visit(
                "victim_care:step",
                f"{slug}, {ERROR}",
                "victim-care",
                address,
                "There is a problem",
                press(button),
            ),
        ]
    return found


CASE = "/victim-care/cases/{%s_case}/"
VISITS = [
    Visit("victim_care:list", ORDINARY, "victim-care", "/victim-care/?state=all", "Featherstonehaugh"),
    Visit("victim_care:list", "filtered", "victim-care", "/victim-care/?state=all&repeat=on&rule=romance&sort=-last"),
    Visit("victim_care:list", "empty", "victim-care", "/victim-care/?q=nobody-at-all", "No case is like that"),
    Visit("victim_care:list", ERROR, "victim-care", "/victim-care/?state=banana", "There is a problem"),
    Visit("victim_care:list", "nothing ticked", "victim-care", "/victim-care/", "Nothing was given to anybody",
          press("Give to officer")),
    Visit("victim_care:list", "masked", "analyst", "/victim-care/?state=all", "(masked)"),
    Visit("victim_care:list", REFUSED, "administrator", "/victim-care/", status=404),
    Visit("victim_care:caseload", ORDINARY, "victim-care", "/victim-care/caseload/"),
    Visit("victim_care:stock", ORDINARY, "victim-care", "/victim-care/stock/"),
    Visit("victim_care:stock", ERROR, "victim-care", "/victim-care/stock/", "There is a problem", press("Save")),
    Visit("victim_care:case", "new, long name", "victim-care", CASE % "long"),
    Visit("victim_care:case", "right to left", "victim-care", CASE % "right_to_left"),
    Visit("victim_care:case", "another script", "victim-care", CASE % "other_script"),
    Visit("victim_care:case", "emoji", "victim-care", CASE % "emoji"),
    Visit("victim_care:case", ORDINARY, "victim-care", CASE % "worked", "Referrals to partners"),
    Visit("victim_care:case", "closed", "victim-care", CASE % "closed", "Open the case again"),
    Visit("victim_care:case", "new since closing", "victim-care", CASE % "came_in"),
    Visit("victim_care:case", "cannot tell", "victim-care", CASE % "unclear", "What could not be judged"),
    Visit("victim_care:case", "masked", "analyst", CASE % "worked", "(masked)"),
    Visit("victim_care:case", REFUSED, "performance", CASE % "worked", status=404),
    Visit("victim_care:narratives", ORDINARY, "victim-care", f"{CASE % 'worked'}reports/", "They met on a site."),
    Visit("victim_care:referral", ORDINARY, "victim-care", f"{CASE % 'worked'}referrals/{{referral}}/"),
    Visit("victim_care:referral", "masked", "analyst", f"{CASE % 'worked'}referrals/{{referral}}/", "(masked)"),
    Visit("victim_care:assign", ORDINARY, "victim-care", f"{CASE % 'long'}assign/"),
    Visit("victim_care:refer", ORDINARY, "victim-care", f"{CASE % 'long'}refer/"),
    Visit("victim_care:refer", ERROR, "victim-care", f"{CASE % 'long'}refer/", "There is a problem",
          press("Check what is shared")),
    Visit("victim_care:refer", "to be checked", "victim-care", f"{CASE % 'long'}refer/",
          "Check what is shared with Victim Support", _check_what_is_shared),
    *_steps(),
    Visit("victim_care:step", "assess, suggested", "victim-care", f"{CASE % 'long'}assess/", "Suggested:", _see_suggestion),
    Visit("victim_care:step", "judge", "victim-care", f"{CASE % 'unclear'}judge/"),
    Visit("victim_care:step", f"judge, {ERROR}", "victim-care", f"{CASE % 'unclear'}judge/", "There is a problem",
          press("Save decision")),
    Visit("victim_care:step", "reopen", "victim-care", f"{CASE % 'closed'}reopen/"),
    Visit("victim_care:step", f"reopen, {ERROR}", "victim-care", f"{CASE % 'closed'}reopen/", "There is a problem",
          press("Open the case again")),
    Visit("victim_care:step", "look again", "victim-care", f"{CASE % 'came_in'}look-again/"),
    Visit("victim_care:step", f"look again, {ERROR}", "victim-care", f"{CASE % 'came_in'}look-again/",
          "There is a problem", press("Save decision")),
    Visit("victim_care:step", "changed meanwhile", "victim-care", f"{CASE % 'emoji'}watch/",
          "This case was changed after you opened this form", _change_meanwhile),
]  # fmt: skip

DESK = Desk(
    visits=VISITS,
    tasks=TASKS,
    fill=fill,
    not_pages={"victim_care:export": "a file of rows"},
    no_error={"victim_care:assign": "every choice of the list is right, nobody too"},
    no_task={"victim_care:autosave": "the page sends it by itself; without scripts Save draft does the same"},
)
