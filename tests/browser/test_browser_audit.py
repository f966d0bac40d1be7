"""Audits from their plan to their findings in a real browser; each page is on the list of `every_page`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from every_page.hands import Hand

from audit_force import NAMES, NARRATIVE, make_force
from fourfold.home import Home

SEED = 1
"""One by which the first crime of who draws is read by them alone, so that it can be put out of scope."""
EVERY_LETTER = {"Met": "m", "Not met": "n", "Not recorded": "r", "Not applicable": "a"}


@dataclass(frozen=True)
class Audit:
    """What is audited, how many crimes its groups hold, how many are drawn, and how many readings that makes."""

    title: str
    held: str
    size: int
    readings: int
    rules_out: bool


VICTIMS_CODE = Audit(
    "Quarterly audit of the Victims' Code", "41 crimes were recorded", 10, 11, rules_out=True
)
DIP_SAMPLE = Audit("Dip sample of initial investigations", "8 crimes were recorded", 6, 7, rules_out=False)
"""Of robbery and residential burglary alone: the force has eight burglaries and no robbery."""


@pytest.fixture(scope="module")
def desk(request: Any, serve: Callable[..., Any]) -> Any:
    """A served home with the crimes of one quarter, its register on either database."""
    told = {"made_up": "true", "force": "kent", "force_name": "Westshire Police (made up)"}
    if request.param == "postgresql":
        told["database"] = request.getfixturevalue("postgresql")
    served = serve(**told)
    make_force(Home(served.home))
    return served


@pytest.fixture
def sign_in(desk: Any, open_page: Any) -> Callable[..., Any]:
    def start(person: str = "auditor", width: int = 1280) -> Any:
        page = open_page(width)
        page.goto(f"{desk.address}/sign-in/")
        page.get_by_label("Email address").fill(f"{person}@demo.example")
        page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{desk.address}/")
        return page

    return start


def plan_and_draw(hand: Hand, desk: Any, audit: Audit) -> None:
    page = hand.page
    hand.press("link", "Audit")
    hand.press("button", "Plan an audit")
    hand.choose(audit.title, "Questionnaire")
    hand.press("button", "Look at the frame")
    assert "Choose a quarter" in page.inner_text(".govuk-error-summary")
    page.get_by_label("Quarter in which").select_option(label="January to March 2022")
    hand.press("button", "Look at the frame")
    assert audit.held in page.inner_text("main"), page.inner_text("main")
    in_register(desk, f"UPDATE audit_sample SET seed = {SEED} WHERE state = 'planned'")
    hand.write("Crimes to draw", str(audit.size))
    hand.press("button", "Show the margins")
    assert "± " in page.inner_text("main")
    hand.press("button", f"Draw {audit.size} crimes")
    assert "The sample is drawn" in page.inner_text("main")


def give_out(hand: Hand, audit: Audit) -> None:
    hand.press("button", "Give out evenly")
    assert f"{audit.readings} readings given out" in hand.page.inner_text("main")
    hand.press("link", "Crimes and their readers")
    hand.page.go_back()


def answer(question: Any, word: str) -> None:
    """Give one answer by its single key."""
    checked = question.locator("input[type=radio]:checked")
    (checked.first if checked.count() else question.locator("input[type=radio]").first).focus()
    question.page.keyboard.press(EVERY_LETTER[word])
    assert question.get_by_label(word, exact=True).is_checked()


def read_crime(hand: Hand, words: tuple[str, ...]) -> None:
    """Answer every question of the crime that is open, and hand it in."""
    page = hand.page
    questions = page.locator("[data-question]").all()
    assert len(questions) == 5
    for question, word in zip(questions, words, strict=True):
        answer(question, word)
        if word == "Met":
            question.get_by_label("Evidence").fill("Acknowledgement sent")
        else:
            reason = next(
                text for text in question.locator("option").all_inner_texts() if text.startswith(f"{word}: ")
            )
            question.get_by_label("Reason").select_option(label=reason)
    hand.press("button", "Hand in")


def open_next(hand: Hand) -> str:
    """Go to the crimes that are for this reader, and open the first that is to be read; empty where none is left."""
    page = hand.page
    hand.press("link", "Audit")
    hand.press("link", "Crimes for you")
    if page.get_by_text("Nothing is left for you to read").count():
        return ""
    link = page.locator("tbody tr", has_text="To be read").get_by_role("link").first
    if not link.count():
        return ""
    ref = str(link.inner_text())
    hand.press("link", ref)
    return ref


ALIKE = ("Met", "Not met", "Not recorded", "Not applicable", "Met")
OTHERWISE = ("Met", "Not recorded", "Not recorded", "Not applicable", "Met")


def read_all(hand: Hand, words: tuple[str, ...], *, rules_out: bool) -> None:
    """Read everything that this reader was given; the first crime of who `rules_out` is out of scope."""
    page, is_first = hand.page, True
    while ref := open_next(hand):
        if is_first:
            told = page.inner_text("main")
            assert NARRATIVE in told
            assert any(first in told and last in told for first, last in NAMES)
            hand.press("button", "Hand in")
            assert page.locator(".govuk-error-summary__list li").count() == 5
        if is_first and rules_out:
            hand.press("link", "Out of scope")
            hand.choose("Investigated by another force", "Why is this crime out of scope?")
            hand.write("What you saw", "Transferred on 3 March")
            hand.press("button", "Hand in as out of scope")
        else:
            read_crime(hand, words)
        assert re.search(rf"{ref}.*handed in", page.inner_text("main"))
        is_first = False


def settle(proposer: Hand, agreer: Hand) -> None:
    """One proposes and the other agrees, for every crime on which they differ."""
    for hand in (proposer, agreer):
        hand.press("link", "Today")
        hand.press("link", "Differences for you to settle")
        hand.press("link", hand.page.locator("tbody th a").first.inner_text())
        assert "Two have read this crime" in hand.page.inner_text("main")
        if hand is proposer:
            question = hand.page.locator("[data-question]").first
            question.get_by_label("Not recorded", exact=True).check()
            question.get_by_label("Reason").select_option(label="Not recorded: nothing is written of it")
            hand.press("button", "Propose")
            assert "It counts when the other reader agrees" in hand.page.inner_text("main")
        else:
            hand.press("button", "Agree")
            assert "is settled" in hand.page.inner_text("main")


def open_of(hand: Hand, audit: Audit) -> None:
    """Follow the link of this audit in a list of them."""
    row = hand.page.locator("main tbody tr", has_text=audit.title)
    row.get_by_role("link", name="January to March 2022").first.click()


def act_and_sign(drawer: Hand, signer: Hand, audit: Audit) -> None:
    drawer.press("link", "Audit")
    open_of(drawer, audit)
    drawer.press("button", "Findings")
    assert "another auditor must sign" in drawer.page.inner_text("main")
    drawer.press("button", "Set an action")
    drawer.write("What is to be done", "Brief the response teams on updates")
    drawer.page.get_by_label("Who does it").select_option(label="Demo victim care officer")
    for part, value in (("day", "1"), ("month", "3"), ("year", "2031")):
        drawer.page.locator(f"#id_due_on_{part}").fill(value)
    drawer.press("button", "Set the action")
    assert "The action is set" in drawer.page.inner_text("main")
    signer.press("link", "Today")
    signer.press("link", "Findings for you to sign off")
    open_of(signer, audit)
    signer.press("button", "Findings")
    signer.press("button", "Sign off")
    signer.press("button", "Save decision")
    signer.choose("Sign the findings off", "What have you decided?")
    signer.press("button", "Save decision")
    assert "The findings are signed off" in signer.page.inner_text("main")


def download(page: Any) -> None:
    """Fetch the findings in every form."""
    for form, begins in (("HTML", b"<!"), ("Word", b"PK"), ("Excel", b"PK")):
        with page.expect_download() as told:
            page.get_by_role("link", name=f"Findings as {form}").click()
        content = told.value.path().read_bytes()
        assert content.startswith(begins), form
        assert "findings" in told.value.suggested_filename


@pytest.mark.parametrize(
    ("desk", "audit"),
    [("sqlite", VICTIMS_CODE), ("postgresql", DIP_SAMPLE)],
    indirect=["desk"],
    ids=["the Victims' Code on SQLite", "a dip sample on PostgreSQL"],
)
def test_an_audit_from_its_plan_to_its_findings(audit: Audit, desk: Any, sign_in: Any) -> None:
    drawer, other = (Hand(sign_in(person), desk.address) for person in ("auditor", "auditor-2"))
    plan_and_draw(drawer, desk, audit)
    give_out(drawer, audit)
    read_all(drawer, ALIKE, rules_out=audit.rules_out)
    read_all(other, OTHERWISE, rules_out=False)
    # The crime that took the place of the one out of scope, where its reader was the first to be done.
    read_all(drawer, ALIKE, rules_out=False)
    settle(drawer, other)
    act_and_sign(drawer, other, audit)
    download(other.page)
    assert drawer.page.complaints == other.page.complaints == []


def in_register(desk: Any, statement: str) -> None:
    if database := Home(desk.home).settings.get("database"):
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(database) as register:
            register.execute(statement)
        return
    with sqlite3.connect(desk.home / "register.sqlite3", timeout=30) as register:
        register.execute(statement)
