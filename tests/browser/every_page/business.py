"""Every page, state and task of business crime."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

WHO, ANALYST, COUNTS = "offender-manager", "analyst", "performance"
LONG = "Featherstonehaugh Cholmondeley Wriothesley Supermarkets and Off-Licences (Holdings), 1 Long Acre"
RIGHT_TO_LEFT = "بقالة النور، 7 Heron Road"
WORKER = "Wilhelmina-Bartholomea Featherstonehaugh-Cholmondeley-Wriothesley"
ADVISED = "Move the till; 把收银台移开 🙂, أبعد الصندوق"


def rows(load: Any) -> None:
    """Crimes at premises of a usual, a blank, a long and a right-to-left name, one of them advised, and staff hit again."""
    from business_records import CRIMES, EVENTS, FORCE, PEOPLE, crime, frame
    from fourfold.records import CaseEvent, Crime, PersonRole

    named = [
        crime(f"{ref}{n}", 40 * n + 9, premises_name=name, easting=east, victim_at_work=True, ho_code="105A",
              ho_code_raw="105A", mo_text="دفع الموظف ثم خرج")
        for ref, name, east in (("LONG", LONG, 20_000.0), ("RTL", RIGHT_TO_LEFT, 30_000.0))
        for n in range(3)
    ]  # fmt: skip
    staff = [
        {"crime_ref": f"{ref}{n}", "person_ref": ref, "role": "victim", "force": FORCE, "first_names": first,
         "last_name": last, "occupation": "Cashier"}
        for ref, first, last in (("LONG", *WORKER.split()), ("RTL", "علي", "حسن"))
        for n in range(3)
    ]  # fmt: skip
    for record, told in ((Crime, [*CRIMES, *named]), (PersonRole, [*PEOPLE, *staff]), (CaseEvent, EVENTS)):
        load.append(record.table, frame(record, told))


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Return the keys of the premises by what they are called."""
    from fourfold.web.business.models import ListedPremises

    found = ListedPremises.objects.filter(definition="any")
    keys = {"long": found.get(name=LONG).pk, "right_to_left": found.get(name=RIGHT_TO_LEFT).pk}
    keys |= {
        "usual": found.get(name__startswith="Fennimart").pk,
        "blank": found.get(premises_id__startswith="B").pk,
    }
    return {f"{name}_premises": key for name, key in keys.items()}


def with_a_reason(page: Any) -> None:
    """Give the reason that seeing names needs, where it was not given yet."""
    box = page.get_by_label("Why do you need to see this?")
    if box.count():
        box.fill("Subject access request 14 of 2026")
        with page.expect_navigation():
            page.get_by_role("button", name="Go on").click()


def write_down_advice(hand: Any, made: Any) -> None:
    """From Today by the counts and the list to one premises, and what was advised there."""
    hand.press("link", "Business crime")
    hand.pick("Period", "Three months")
    hand.press("button", "Show")
    hand.press("link", "Premises hit again", "main")
    hand.pick("Business crime as defined by", "Every crime at the premises")
    hand.write("Name of premises", "fennimart")
    hand.press("button", "Filter")
    hand.press_first("link", "main tbody")
    hand.says("Advice was first given on")
    hand.press("link", "Write down advice that was given", "main")
    hand.day((1, 11, 2021))
    hand.write("What was advised?", ADVISED)
    hand.press("button", "Write it down")
    hand.says("The advice is written down")


def take_lists_out(hand: Any, made: Any) -> None:
    hand.press("link", "Business crime")
    hand.press("link", "Premises hit again", "main")
    hand.press("link", re.compile("^Last crime"), "main")
    hand.says(LONG)
    assert "sort=" in hand.page.url
    assert hand.fetch("link", "CSV").endswith(".csv")
    hand.press("link", "Business crime", "nav[aria-label=Back]")
    hand.press("link", "Staff who are victims again", "main")
    hand.says("(masked)")
    assert hand.fetch("link", "CSV").endswith(".csv")


def read_what_crimes_say(hand: Any, made: Any) -> None:
    hand.press("link", "Business crime")
    hand.press("link", "Staff who are victims again", "main")
    hand.press("link", RIGHT_TO_LEFT, "main")
    hand.press("link", "Read what the crimes say", "main")
    hand.says("دفع الموظف ثم خرج")
    hand.press("link", "Back to the premises")
    hand.says("Crimes here")


LIST, ONE = "/business-crime/premises/", "/business-crime/premises/{%s_premises}/"
VISITS = [
    Visit("business:overview", ORDINARY, ANALYST, "/business-crime/", "Counts, each a floor"),
    Visit("business:overview", "by another definition", ANALYST, "/business-crime/?definition=acpo_2014&span=quarter"),
    Visit("business:overview", "counts alone", COUNTS, "/business-crime/", "What set violence at shops off"),
    Visit("business:overview", REFUSED, "auditor", "/business-crime/", status=403),
    Visit("business:premises", ORDINARY, WHO, f"{LIST}?definition=any", RIGHT_TO_LEFT),
    Visit("business:premises", "long name", WHO, f"{LIST}?definition=any&q=featherstonehaugh", LONG),
    Visit("business:premises", "names blank", WHO, f"{LIST}?definition=any&named=no", "Name not recorded"),
    Visit("business:premises", "filtered", WHO, f"{LIST}?staff=on&advised=on&named=yes&sort=-last", "Fennimart"),
    Visit("business:premises", "empty", WHO, f"{LIST}?q=nothing-like-this", "No premises are like that"),
    Visit("business:premises", ERROR, WHO, f"{LIST}?definition=banana", "There is a problem"),
    Visit("business:premises", REFUSED, COUNTS, LIST, status=403),
    Visit("business:one", ORDINARY, ANALYST, ONE % "usual", "Advice was first given on"),
    Visit("business:one", "long name", WHO, ONE % "long", LONG),
    Visit("business:one", "right to left", WHO, ONE % "right_to_left", RIGHT_TO_LEFT),
    Visit("business:one", "name blank", WHO, ONE % "blank", "No crime here tells a name"),
    Visit("business:one", REFUSED, "victim-care", ONE % "usual", status=403),
    Visit("business:accounts", ORDINARY, ANALYST, f"{ONE % 'usual'}accounts/", "NOT PAID FOR"),
    Visit("business:accounts", "right to left", ANALYST, f"{ONE % 'right_to_left'}accounts/", "دفع"),
    Visit("business:accounts", REFUSED, WHO, f"{ONE % 'usual'}accounts/", status=404),
    Visit("business:advice", ORDINARY, WHO, f"{ONE % 'long'}advice/", LONG),
    Visit("business:advice", ERROR, WHO, f"{ONE % 'long'}advice/", "There is a problem", press("Write it down")),
    Visit("business:advice", REFUSED, ANALYST, f"{ONE % 'long'}advice/", status=403),
    Visit("business:staff", "masked", ANALYST, "/business-crime/staff/", "(masked)"),
    Visit("business:staff", ORDINARY, "data-protection", "/business-crime/staff/", WORKER, with_a_reason),
    Visit("business:staff", REFUSED, COUNTS, "/business-crime/staff/", status=403),
]  # fmt: skip

DESK = Desk(
    visits=VISITS,
    tasks=[
        Task("choose a period, find premises and write down advice", WHO, write_down_advice),
        Task("sort the premises, take them and the staff out", WHO, take_lists_out),
        Task("read what the crimes at one premises say", ANALYST, read_what_crimes_say),
    ],
    rows=rows,
    fill=fill,
    not_pages={"business:export": "a file of rows", "business:staff_export": "a file of rows"},
)
