"""What a victim care officer does at the desk, from the first look at a list to a case that is opened again."""

from __future__ import annotations

from datetime import date
from typing import Any

from every_page import Task

WHO = "victim-care"
ENDED = "Advice given and support arranged."


def open_case(hand: Any, name: str) -> None:
    """From Today by a search to a case."""
    hand.begin()
    hand.press("link", "Victim care")
    hand.pick("State", "All, closed ones too")
    hand.write("Name, phone or reference", name)
    hand.press("button", "Filter")
    hand.press("link", name, "main")
    assert name in hand.page.get_by_role("heading", level=1).inner_text()


def keep_a_view(hand: Any, made: Any) -> None:
    hand.press("link", "Victim care")
    hand.pick("State", "New")
    hand.press("button", "Filter")
    hand.unfold("Save these filters as a view")
    hand.write("Name of the view", f"New ones of {made['names']['story']}")
    hand.press("button", "Save view")
    hand.press("link", "Take off State: New", "main")
    hand.press("link", f"New ones of {made['names']['story']}", "main")
    hand.press("button", f"Remove the view New ones of {made['names']['story']}")
    hand.press("link", "Last report", "main")
    assert "sort=last" in hand.page.url


def give_out_cases(hand: Any, made: Any) -> None:
    name = made["names"]["story"]
    hand.begin()
    hand.press("link", "New referrals", "main")
    row = hand.page.locator("main tbody tr", has_text=name)
    hand.tick(row.get_by_role("checkbox"))
    hand.pick("Give the ticked cases to", "Demo victim care officer")
    hand.press("button", "Give to officer")
    hand.says("1 case was given to Demo victim care officer")
    open_case(hand, name)
    hand.press("link", "Give it to somebody", "main")
    hand.pick("Officer", "Nobody")
    hand.press("button", "Save")
    hand.press("button", "Give it to me")
    hand.says("The case is yours")


def record_contact(hand: Any, made: Any) -> None:
    open_case(hand, made["names"]["story"])
    hand.press("button", "Record a contact")
    hand.choose("Reached and spoken to", "What came of it?")
    hand.write("What was said", "She has stopped paying. Her son will help.")
    hand.choose("Internet safety")
    hand.press("button", "Save draft")
    hand.says("The draft was kept")
    hand.press("button", "Save contact")
    hand.says("The contact was saved")


def assess(hand: Any, made: Any) -> None:
    hand.press("link", "Assess vulnerability", "main")
    for group in hand.page.locator("main fieldset").all():
        legend = group.locator("legend").inner_text()
        labels = group.locator("label").all_inner_texts()
        is_yes = "support service" in legend or "trust" in legend
        hand.choose("Yes" if is_yes else "No" if "No" in labels else labels[1].strip(), legend)
    hand.press("button", "See what is suggested")
    assert "Suggested: continued support" in hand.page.inner_text("#suggestion")
    hand.choose("Continued support", "Level of support you decide on")
    hand.press("button", "Save assessment")
    hand.says("The assessment was saved")


def plan_and_end_a_call(hand: Any, made: Any) -> None:
    hand.press("link", "Plan the next contact", "main")
    today = date.today()
    hand.day((today.day, today.month, today.year))
    hand.choose("Phone", "How?")
    hand.press("button", "Save plan")
    hand.says("The plan was saved")
    hand.press_first("button", "main .ff-task")
    hand.says("The task is done")


def advise_and_send(hand: Any, made: Any) -> None:
    hand.press("link", "Record advice", "main")
    hand.choose("Internet safety")
    hand.press("button", "Save advice")
    hand.press("link", "Send materials", "main")
    hand.write("Protect booklet: how many", "1")
    hand.press("button", "Save what was sent")
    hand.says("What was sent was saved")


def ask_the_questionnaire(hand: Any, made: Any) -> None:
    hand.press("link", "Romance-fraud questionnaire", "main")
    hand.choose("Dating site or app", "Where did they first meet?")
    hand.write("For how many months were they in touch?", "7")
    hand.press("button", "Save answers")
    hand.says("The answers were saved")


def refer(hand: Any, made: Any) -> None:
    hand.press("link", "Refer to a partner", "main")
    hand.choose("Victim Support", "Refer to")
    hand.choose("The victim agrees", "On which ground?")
    hand.choose("I asked the victim, and they agree")
    hand.write("Why this referral is needed", "She asked for somebody to talk to.")
    hand.press("button", "Check what is shared")
    assert "Check what is shared with Victim Support" in hand.page.inner_text("h1")
    hand.press("button", "Save the referral")
    hand.says("The referral to Victim Support was saved")
    today = date.today()
    hand.press("link", f"Victim Support, {today.day} {today:%B %Y}", "main")
    hand.says("She asked for somebody to talk to.")
    hand.press("link", "Back to the case")
    hand.press("link", "Read what the reports say", "main")
    hand.says("They met on a site.")
    hand.press("link", "Back to the case")


def note_and_correct(hand: Any, made: Any) -> None:
    hand.press("link", "Add a note", "main")
    hand.write("Note", "Her son rang. شكرا")
    hand.press("button", "Save note")
    hand.says("Her son rang. شكرا")
    hand.press("link", "Correct contact details", "main")
    hand.write("Phone", "01999 555999")
    hand.write("How you know", "She said so")
    hand.press("button", "Save details")
    hand.says("01999 555999")


def watch(hand: Any, made: Any) -> None:
    hand.press("link", "Watch for being targeted again", "main")
    hand.day((1, 3, 2031))
    hand.write("Why", "Her details were sold on")
    hand.press("button", "Save watch")
    hand.says("On watch until 1 March 2031")


def close_and_reopen(hand: Any, made: Any) -> None:
    hand.press("link", "Close the case", "main")
    hand.choose("Reached, support arranged with a partner", "How does the case end?")
    hand.write("What was done, and why it ends", ENDED)
    hand.press("button", "Close the case")
    hand.says("The case is closed")
    timeline = hand.page.locator(".ff-timeline").inner_text()
    assert timeline.index("Closed: Reached, support arranged") < timeline.index(
        "Phone: reached and spoken to"
    )
    hand.press("button", "Open the case again")
    hand.write("Why", "She rang again")
    hand.press("button", "Open the case again")
    hand.says("The case is open again")


def judge(hand: Any, made: Any) -> None:
    open_case(hand, made["names"]["judged"])
    hand.press("link", "Decide about this person", "main")
    hand.choose("Take this person on", "What have you decided?")
    hand.write("Why", "She is 81, she says")
    hand.press("button", "Save decision")
    hand.says("The decision was saved")


def look_at_what_came_in(hand: Any, made: Any) -> None:
    open_case(hand, made["names"]["came_in"])
    hand.press("link", "Decide about what came in", "main")
    hand.choose("Leave it closed", "What have you decided?")
    hand.write("Why", "The same fraud, told twice")
    hand.press("button", "Save decision")
    hand.says("The decision was saved")


def keep_the_stock(hand: Any, made: Any) -> None:
    hand.press("link", "Victim care")
    hand.press("link", "Stock of materials", "main")
    hand.choose("Call blocker", "Material")
    hand.write("How many came in", "20")
    hand.write("Why", "Delivery of today")
    hand.press("button", "Save")
    hand.says("The stock was changed")


def take_own_cases_out(hand: Any, made: Any) -> None:
    hand.press("link", "Victim care")
    hand.press("link", "Caseload by officer", "main")
    hand.says("Demo victim care officer")
    hand.press("link", "Victim care")
    assert hand.fetch("link", "CSV").endswith(".csv")


TASKS = [
    Task("save the filters in force as a view, use it, remove it; sort", WHO, keep_a_view),
    Task("give cases to an officer, to nobody, to oneself", WHO, give_out_cases),
    Task("record a contact, a draft of it first", WHO, record_contact),
    Task("assess vulnerability and decide on support", WHO, assess),
    Task("plan a call and mark it as done", WHO, plan_and_end_a_call),
    Task("record advice and send materials", WHO, advise_and_send),
    Task("ask the romance-fraud questionnaire", WHO, ask_the_questionnaire),
    Task("refer to a partner, read what was shared and what was told", WHO, refer),
    Task("write a note and correct contact details", WHO, note_and_correct),
    Task("watch for being targeted again", WHO, watch),
    Task("close a case and open it again", WHO, close_and_reopen),
    Task("judge a person whom no criterion could", WHO, judge),
    Task("look at what came in after closing", WHO, look_at_what_came_in),
    Task("keep the stock of materials", WHO, keep_the_stock),
    Task("see the caseload, take one's own cases out", WHO, take_own_cases_out),
]
