"""What is done at the Victims' Code desk: a duty from unclear to met, escalation, vouching, compliance, the digest."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from every_page import Task

WHO = "victim-care"


def open_crime(hand: Any, made: Any) -> None:
    """From Today by a search to a crime."""
    hand.begin()
    hand.press("link", "Duties of which nobody can tell", "main")
    hand.write("Crime reference", made["duty_crime"])
    hand.press("button", "Filter")
    hand.press_first("link", "main tbody th")
    assert made["duty_crime"] in hand.page.get_by_role("heading", level=1).inner_text()


def of_duty(hand: Any, made: Any, words: str) -> None:
    """Follow a link of one duty of the crime that is open."""
    hand.press("link", re.compile(f"^{words}"), f"#duty-{made['duty_key']}")


def record_and_take_back(hand: Any, made: Any) -> None:
    open_crime(hand, made)
    of_duty(hand, made, "Record what was done")
    hand.press("button", "Save")
    hand.says("There is a problem")
    hand.choose(hand.page.locator("main .govuk-radios label").first.inner_text().strip())
    today = date.today()
    hand.day((today.day, today.month, today.year))
    hand.write("Note", "Log of the public enquiry office. شكرا")
    hand.press("button", "Save")
    hand.says("It was saved, and this page counts it already")
    assert "Being worked out" in hand.page.locator(f"#duty-{made['duty_key']}").inner_text()
    of_duty(hand, made, "Take it back")
    hand.write("Why is it taken back?", "It was another crime")
    hand.press("button", "Take it back")
    hand.says("It was taken back")


def escalate_and_answer(hand: Any, made: Any) -> None:
    of_duty(hand, made, "Escalate")
    hand.write("Why should a supervisor look at this?", "She rang twice")
    hand.press("button", "Escalate")
    hand.says("The duty was escalated")
    hand.begin()
    hand.press("link", "Escalated duties that wait for an answer", "main")
    hand.says(made["duty_crime"])
    hand.press_first("link", f"main tbody tr:has-text('{made['duty_crime']}') th")
    of_duty(hand, made, "Answer the escalation")
    hand.write("What did you decide?", "The sergeant rings her today")
    hand.press("button", "Save the answer")
    hand.says("The sergeant rings her today")


def vouch(hand: Any, made: Any) -> None:
    hand.press("button", "Vouch for the contact log")
    hand.day((1, 11, 2021))
    hand.write("How do you know?", "Read it line by line")
    hand.press("button", "Vouch for the log")
    hand.says("It was saved. What the log does not have up to then counts as not done.")


def read_compliance_and_digest(hand: Any, made: Any) -> None:
    hand.press("link", "Victims’ Code")
    hand.pick("List", "All of these")
    hand.press("button", "Filter")
    assert hand.fetch("link", "CSV").endswith(".csv")
    hand.press("link", "Compliance", "main")
    hand.pick("Show by", "Month")
    hand.press("button", "Filter")
    hand.says("by month")
    assert hand.fetch("link", "Excel").endswith(".xlsx")
    hand.press("link", "Morning digest", "main")
    hand.says("By officer")


TASKS = [
    Task("record that a duty was done, and take it back", WHO, record_and_take_back),
    Task("escalate a duty and answer the escalation", WHO, escalate_and_answer),
    Task("vouch for the contact log of a crime", WHO, vouch),
    Task("filter the list, read compliance and the digest, take lists out", WHO, read_compliance_and_digest),
]
