"""A small made-up force for the tests of the audit: crimes of one quarter in five groups, with victims and events."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from fourfold.home import Home

FORCE = "kent"
QUARTER = "January to March 2022"
KINDS = (
    ("DOM", "8N", "Assault with injury", "Y", ""),
    ("HAT", "8L", "Harassment", "N", "Y"),
    ("VIO", "8N", "Assault with injury", "N", "N"),
    ("BUR", "28E", "Burglary in a dwelling", "N", "N"),
    ("OTH", "48", "Theft of a motor vehicle", "N", "N"),
)
"""A prefix of the references, Home Office class, offence, domestic, hate: each falls into one of the five groups."""
NAMES = (
    ("Edith", "Marlowe"),
    ("علي", "حسن"),
    ("Zoë 🌻", "O’Hara"),
    ("Bartholomew Maximilian Fitzgerald", "Featherstonehaugh-Cholmondeley-Wriothesley"),
)
NARRATIVE = "A man pushed her against the wall and ran towards the station."


def write(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings, *rows])


def make_force(home: Home, each: int = 8, officer_ref: str = "PC1", unit: str = "Response A") -> Home:
    """Load a force whose every group has `each` crimes; the last of each group is another officer's."""
    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh

    crimes, people, events = [], [], []
    for place, (prefix, code, offence, domestic, hate) in enumerate(KINDS):
        for number in range(each):
            ref, day = f"{prefix}{number:03d}", date(2022, 1, 5) + timedelta(days=9 * number + place)
            owner = officer_ref if number == each - 1 else f"PC{place}{number:02d}"
            told = [ref, day.isoformat(), code, offence, domestic, hate, NARRATIVE, owner, unit, "Filed"]
            crimes.append(told)
            first, last = NAMES[(number + place) % len(NAMES)]
            people.append([ref, f"N{place}{number:03d}", "Victim", first, last, "41"])
            for days, kind in ((0, "Crime recorded"), (2, "Acknowledgement sent"), (20, "Victim updated")):
                if kind != "Victim updated" or number % 2:
                    at = f"{(day + timedelta(days=days)).isoformat()} 10:00"
                    events.append([f"{ref}-{days}", ref, kind, f"N{place}{number:03d}", at, at])
    # The last month has to be whole, or the quarter is not offered.
    crimes.append(
        ["END1", "2022-03-31", "48", "Theft of a motor vehicle", "N", "N", "", "PC9", unit, "Filed"]
    )
    folder = home.path / "told"
    folder.mkdir(parents=True, exist_ok=True)
    write(
        folder / "crimes.csv",
        ("Crime number", "Date recorded", "HO code", "Offence", "Domestic", "Hate", "MO text", "Officer", "Unit", "Status"),
        crimes,
    )  # fmt: skip
    write(
        folder / "persons.csv",
        ("Crime number", "Person ref", "Role", "First names", "Last name", "Age"),
        people,
    )
    write(
        folder / "events.csv",
        ("Event ID", "Crime number", "Event type", "Victim ref", "Happened at", "Recorded at"),
        events,
    )
    result = take_in(home, [folder])
    assert not result.has_problems, result
    refresh(home)
    return home
