"""What people do at the fraud desk: review, settle, define a marker, decide pairs, hand a list over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from every_page import Task

WHO, VICTIM_CARE = "analyst", "victim-care"
RECORD, PAIR = "[data-record]", ".ff-pair"
TRIES, WAIT_MS = 60, 100


def shown(hand: Any, place: str, other_than: str = "") -> str:
    """Return the record or pair that a queue shows, once it is another than the one before."""
    for _ in range(TRIES):
        found = hand.page.locator(place)
        if found.count() and (told := found.inner_text()) != other_than:
            return str(told)
        hand.page.wait_for_timeout(WAIT_MS)
    raise AssertionError(f"the queue shows nothing new at {hand.page.url}")


def to_marker(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Fraud")
    hand.press("link", "Markers and their review", "main")
    hand.press("link", made["marker_label"], "main")


def settle(hand: Any, made: Any) -> None:
    to_marker(hand, made)
    hand.press("link", "Settle 1 difference between readers", "main")
    hand.says("Second Reader")
    hand.press("button", re.compile(rf"^It is ?, {made['differs']}$"))
    hand.says("Two readers differ about no record")


def review(hand: Any, made: Any) -> None:
    """Draw a round, answer, skip, take both back, turn the single keys off and on, answer."""
    to_marker(hand, made)
    hand.press("button", "Draw a new round")
    first = shown(hand, RECORD)
    hand.press("button", "It is not")
    second = shown(hand, RECORD, first)
    hand.press("button", "Skip")
    third = shown(hand, RECORD, second)
    hand.press("button", "Put them back into the queue")
    assert shown(hand, RECORD, third) == second
    hand.press("button", "Undo it (U)")
    assert shown(hand, RECORD, second) == first
    _without_single_keys(hand, RECORD, "n")
    hand.press("button", "Cannot tell")
    shown(hand, RECORD, first)
    hand.says("Cannot tell.")


def _without_single_keys(hand: Any, place: str, key: str) -> None:
    before = shown(hand, place)
    hand.press("button", "Turn single keys off")
    hand.says("Single keys are off")
    hand.page.keyboard.press(key)
    hand.page.wait_for_timeout(2 * WAIT_MS)
    assert shown(hand, place) == before
    hand.press("button", "Turn single keys on")
    hand.says("Turn single keys off")


def define_a_marker(hand: Any, made: Any) -> None:
    """From a topic to a marker of one's own, seen before it is switched on."""
    hand.begin()
    hand.press("link", "Fraud")
    hand.press("link", "What is inside “other”", "main")
    hand.press_first("link", "main tbody")
    hand.says("Reports nearest to its middle")
    hand.press("link", "Begin a marker from this topic", "main")
    hand.write("Name of the marker", made["new_marker"])
    hand.write("What it is", "Somebody poses as police to collect a card. 假警察 🙂, شرطي مزيف")
    hand.write("What it is not", "A real officer.")
    hand.write("Words that find it", "detective + courier")
    hand.write("Ten examples", made["examples"])
    hand.write("Who owns the definition", "Economic crime")
    hand.press("button", "Show what it would find")
    hand.says(f"What {made['new_marker']} would find")
    hand.write("Source of the definition", "The economic crime unit, minute 12")
    hand.press("button", "Switch it on")
    hand.says("is switched on")


def decide_pairs(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Fraud")
    hand.press("link", "Pairs that may be one person", "main")
    first = shown(hand, PAIR)
    hand.press("button", "Skip")
    second = shown(hand, PAIR, first)
    hand.press("button", "Put them back into the queue")
    assert shown(hand, PAIR, second) == first
    hand.press("button", "Two people")
    shown(hand, PAIR, first)
    hand.press("button", "Undo it (U)")
    assert shown(hand, PAIR, second) == first
    _without_single_keys(hand, PAIR, "p")
    hand.press("button", "One person")
    shown(hand, PAIR, first)
    hand.says("one person.")


def read_of_a_victim(hand: Any, made: Any) -> None:
    """From the list to one victim and to what the reports say, and the list as a file."""
    hand.begin()
    hand.press("link", "Fraud")
    hand.pick("Compared with", "The year before Covid-19")
    hand.press("button", "Show")
    hand.press("link", "Repeat victims", "main")
    hand.pick("Who", "Person")
    hand.choose("Referred to victim care by its criteria")
    hand.write("Reference of a person or report", "RTL1")
    hand.press("button", "Filter")
    assert hand.fetch("link", "CSV").endswith(".csv")
    hand.press_first("link", "main tbody")
    hand.says("(masked)")
    hand.press("link", "Read what the reports say", "main")
    hand.says("قال لي إنه محقق")
    hand.press("link", "Back to the victim")
    hand.press("link", "Repeat victims of fraud")
    hand.says("Days between")


def hand_over(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Fraud")
    hand.press("link", "Repeat victims", "main")
    hand.press("link", "Hand a list over to Trading Standards", "main")
    hand.tick(hand.page.get_by_label("RTL2", exact=True))
    hand.pick("Lawful ground for sharing", made["ground"])
    hand.write("Why are these people handed over?", "Targeted again")
    path = Path(made["folder"]) / f"{type(hand).__name__}.csv"
    hand.fetch_to("button", "Hand over and save the file", path)
    told = path.read_text(encoding="utf-8-sig")
    assert "علي حسن" in told
    assert "ali@example.org" not in told, "the agreement names no email address"


TASKS = [
    Task("settle what two readers differ about", WHO, settle),
    Task("draw a round and review, undo, skip, turn the keys off", WHO, review),
    Task("define a marker from a topic, see what it would find, switch it on", WHO, define_a_marker),
    Task("decide whether two records are one person", WHO, decide_pairs),
    Task("find a repeat victim, read what the reports say, take the list out", WHO, read_of_a_victim),
    Task("hand a list over to a partner", VICTIM_CARE, hand_over),
]
