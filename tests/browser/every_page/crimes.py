"""Crimes that only the list of every page has: of a quarter before the made-up force's first, with names of all kinds."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

UNIT = "Response Aldermere"
"""The unit of the made-up force with the most crimes: the demo's victim care officer works in it."""
QUARTER = (date(2017, 7, 1), date(2017, 9, 1))
EACH = 7
LONG = ("Bartholomew Maximilian Fitzgerald", "Featherstonehaugh-Cholmondeley-Wriothesley")
RIGHT_TO_LEFT = ("علي", "حسن")
NARRATIVE = "Somebody pushed her against the wall. شكرا, he said, and ran."
KINDS = (
    ("D", "8N", "Assault with injury", "Y", ""),
    ("H", "8L", "Harassment", "N", "Y"),
    ("V", "8N", "Assault with injury", "N", "N"),
    ("B", "28E", "Burglary in a dwelling", "N", "N"),
    ("O", "48", "Theft of a motor vehicle", "N", "N"),
)
"""A letter of the references, class, offence, domestic, hate: one for each group that an audit draws from."""
SHOWN = "EP/D0/17"
CRIMES = (
    "Crime number", "Date recorded", "HO code", "Offence", "Domestic", "Hate", "MO text", "Officer", "Unit", "Status",
)  # fmt: skip
PERSONS = ("Crime number", "Person ref", "Role", "First names", "Last name", "Age")
EVENTS = ("Event ID", "Crime number", "Event type", "Victim ref", "Happened at", "Recorded at")


def take_in_crimes(home: Any) -> None:
    """Take the crimes in once, whichever desk is filled first, and work everything out."""
    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh

    folder = Path(home.path) / "crimes-of-every-page"
    if folder.exists():
        return
    folder.mkdir()
    crimes, people, events = [], [], []
    for letter, code, offence, domestic, hate in KINDS:
        for number in range(EACH):
            ref, day = f"EP/{letter}{number}/17", QUARTER[0] + timedelta(days=9 * number)
            told = [ref, day.isoformat(), code, offence, domestic, hate, NARRATIVE]
            crimes.append([*told, f"PC{number}", UNIT, "Open"])
            for who, names in enumerate((RIGHT_TO_LEFT, LONG)):
                people.append([ref, f"{letter}{number}-{who}", "Victim", *names, "41"])
                for after, event in ((0, "Crime recorded"), (2, "Acknowledgement sent"), (5, "Arrested")):
                    at = f"{day + timedelta(days=after)} 10:00"
                    of_whom = "" if event == "Arrested" else f"{letter}{number}-{who}"
                    events.append([f"{ref}-{who}-{after}", ref, event, of_whom, at, at])
    for name, headings, rows in (
        ("crimes", CRIMES, crimes),
        ("persons", PERSONS, people),
        ("events", EVENTS, events),
    ):
        write(folder / f"{name}.csv", headings, rows)
    result = take_in(home, [folder])
    assert not result.has_problems, result
    refresh(home)


def write(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings, *rows])
