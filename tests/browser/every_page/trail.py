"""Every page, state and task of the trail."""

from __future__ import annotations

import re
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

WHO = "data-protection"


def find_out_who_looked(hand: Any, made: Any) -> None:
    hand.press("link", "Who saw what")
    hand.write("Key of the person or case", made["subject"])
    hand.press("button", "Filter")
    hand.says(made["subject"])


def answer_a_subject(hand: Any, made: Any) -> None:
    find_out_who_looked(hand, made)
    hand.press("link", "Export these for a subject access request")
    hand.write("Reference of the request", "SAR 2026/118")
    hand.choose(re.compile("Excel workbook"))
    assert hand.fetch("button", "Make the file").endswith(".xlsx")


DESK = Desk(
    visits=[
        Visit("trail:entries", ORDINARY, WHO, "/trail/"),
        Visit("trail:entries", "filtered", WHO, "/trail/?subject={subject}&act=case_opened"),
        Visit("trail:entries", "empty", WHO, "/trail/?subject=nobody-at-all", "Nothing in the trail is like that"),
        Visit("trail:entries", ERROR, WHO, "/trail/?since_day=40&since_month=1&since_year=2021", "There is a problem"),
        Visit("trail:entries", REFUSED, "analyst", "/trail/", status=403),
        Visit("trail:subject_access", ORDINARY, WHO, "/trail/subject-access/?subject={subject}"),
        Visit("trail:subject_access", ERROR, WHO, "/trail/subject-access/?subject={subject}", "There is a problem",
              press("Make the file")),
    ],
    tasks=[
        Task("find out who looked at a person", WHO, find_out_who_looked),
        Task("answer a subject access request", WHO, answer_a_subject),
    ],
)  # fmt: skip
