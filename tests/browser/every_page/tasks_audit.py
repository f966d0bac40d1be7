"""What is done at the audit desk: an audit planned, drawn, given out, read, settled, signed off and acted upon."""

from __future__ import annotations

import re
from typing import Any

from every_page import Task

WHO, OTHER = "auditor", "auditor-2"


def plan_and_draw(hand: Any, made: Any) -> None:
    hand.press("link", "Audit")
    hand.press("button", "Plan an audit")
    hand.pick("Quarter in which the crimes were recorded", made["to_plan"])
    hand.press("button", "Look at the frame")
    hand.says("Nothing is drawn yet")
    hand.write("Crimes to draw", "10")
    hand.press("button", "Show the margins")
    hand.says("± ")
    hand.press("button", "Draw 10 crimes")
    hand.says("The sample is drawn")


def give_out_and_withdraw(hand: Any, made: Any) -> None:
    hand.press("link", "Crimes and their readers", "main")
    hand.tick(hand.page.locator("main tbody").get_by_role("checkbox").first)
    hand.pick("Give the ticked crimes to", "Demo auditor, the second")
    hand.press("button", "Give to reader")
    hand.says("given out")
    assert hand.fetch("link", "CSV").endswith(".csv")
    hand.press_first("link", "nav[aria-label=Back]")
    hand.press("button", "Give out evenly")
    hand.says("given out")
    hand.press("link", "Withdraw", "main")
    hand.write("Why", "The extract lacked a week")
    hand.press("button", "Withdraw")
    hand.says("The sample is withdrawn")


def open_crime(hand: Any, ref: str) -> None:
    """From Today to a crime that is for this reader."""
    hand.begin()
    hand.press("link", "Audit")
    hand.press("link", "Crimes for you")
    hand.write("Crime reference", ref)
    hand.press("button", "Filter")
    hand.press("link", ref, "main")
    assert ref in hand.page.get_by_role("heading", level=1).inner_text()


def read_a_crime(hand: Any, made: Any) -> None:
    open_crime(hand, made["to_answer"])
    legends = hand.page.locator("[data-question] legend").all_inner_texts()
    hand.choose("Met", legends[0].strip())
    hand.press("button", "Save draft")
    hand.says("The draft was kept")
    for legend in legends:
        hand.choose("Met", legend.strip())
    for number in range(len(legends)):
        label = hand.page.locator("[data-question] label", has_text="Evidence").nth(number).inner_text()
        hand.write(" ".join(label.split()), "Acknowledgement sent. شكرا")
    hand.press("button", "Hand in")
    hand.says(f"Your answers to {made['to_answer']} are handed in")


def rule_a_crime_out(hand: Any, made: Any) -> None:
    open_crime(hand, made["to_rule_out"])
    hand.press("link", "Out of scope", "main")
    hand.choose("Investigated by another force", "Why is this crime out of scope?")
    hand.write("What you saw", "Transferred on 3 July")
    hand.press("button", "Hand in as out of scope")
    hand.says("is handed in as out of scope")


def propose_what_counts(hand: Any, made: Any) -> None:
    open_crime(hand, made["to_agree"])
    for legend in hand.page.locator("[data-question] legend").all_inner_texts():
        hand.choose("Met", legend.strip())
    for number in range(hand.page.locator("[data-question]").count()):
        label = hand.page.locator("[data-question] label", has_text="Evidence").nth(number).inner_text()
        hand.write(" ".join(label.split()), "Acknowledgement sent")
    hand.press("button", "Propose")
    hand.says("It counts when the other reader agrees")


def agree(hand: Any, made: Any) -> None:
    open_crime(hand, made["to_agree"])
    hand.press("button", "Agree")
    hand.says("is settled")


def open_findings(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Audit")
    hand.press("link", made["signed_quarter"], "main")
    hand.press("button", "Findings")


def set_an_action(hand: Any, made: Any) -> None:
    open_findings(hand, made)
    hand.says("another auditor must sign")
    hand.press("button", "Set an action")
    hand.write("What is to be done", made["to_plan"] + ": brief the teams")
    hand.pick("Who does it", "Demo victim care officer")
    hand.day((1, 3, 2031))
    hand.press("button", "Set the action")
    hand.says("The action is set")


def sign_off(hand: Any, made: Any) -> None:
    open_findings(hand, made)
    hand.press("button", "Sign off")
    hand.choose("Sign the findings off", "What have you decided?")
    hand.press("button", "Save decision")
    hand.says("The findings are signed off")
    assert hand.fetch("link", "Findings as Word").endswith(".docx")


def end_the_action(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Your audit actions", "main")
    hand.press("link", re.compile(f"^What became of it.*{made['to_plan']}"), "main")
    hand.choose("It is done", "What became of it?")
    hand.write("What was done, or why it is dropped", "Briefed")
    hand.press("button", "Save")
    hand.says("is saved")


TASKS = [
    Task("plan an audit and draw its sample", WHO, plan_and_draw),
    Task("give crimes out, and withdraw the sample", WHO, give_out_and_withdraw),
    Task("read a crime, a draft of it first", WHO, read_a_crime),
    Task("put a crime out of scope", WHO, rule_a_crime_out),
    Task("propose what counts where two differ", WHO, propose_what_counts),
    Task("agree with what the other proposed", OTHER, agree),
    Task("set an action about findings", WHO, set_an_action),
    Task("sign findings off, take them out", OTHER, sign_off),
    Task("say what became of an action", "victim-care", end_the_action),
]
