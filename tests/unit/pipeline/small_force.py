"""A hand-written force of a few dozen rows for tests: burglaries in Kent by month, and its fraud list."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

CRIME_HEADINGS = [
    "Crime number",
    "Date recorded",
    "HO code",
    "Offence",
    "District",
    "NPU",
    "LSOA code",
    "MO text",
    "MO entry",
    "Status",
    "Date cancelled",
]
FRAUD_HEADINGS = [
    "NFRC reference",
    "Date reported",
    "NFIB code",
    "Victim type",
    "First names",
    "Last name",
    "Date of birth",
    "Ethnicity",
    "Email",
    "Postcode",
    "Loss (GBP)",
    "Narrative",
]

SECRETS = (
    "Zebedee",
    "Quillfeather",
    "1931-07-09",
    "9 July 1931",
    "zq@example.org",
    "ZE1 9QQ",
    "said that the bank had rung",
    "forced with a crowbar",
    "Any other White background",
)
"""Words of personal and sensitive columns, which no trace may print."""

MONTHS = (date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1))


def crimes(a_month: int = 10, months: tuple[date, ...] = MONTHS, **changed: str) -> list[dict[str, str]]:
    """Return residential burglaries, `a_month` in each month, every fifth in Thanet and one cancelled."""
    rows = []
    for month in months:
        for number in range(a_month):
            day = month + timedelta(days=number % 27)
            rows.append(
                {
                    "Crime number": f"K/{month:%m}/{number:04d}",
                    "Date recorded": f"{day:%d/%m/%Y}",
                    "HO code": "28E",
                    "Offence": "Burglary residential",
                    "District": "Thanet" if number % 5 == 0 else "Ashford",
                    "NPU": "East",
                    "LSOA code": "E01000001",
                    "MO text": "forced with a crowbar",
                    "MO entry": "rear door",
                    "Status": "Open",
                    **changed,
                }
            )
    return rows


def reports(number: int = 12) -> list[dict[str, str]]:
    """Return fraud reports of January 2021 by one much-named victim."""
    return [
        {
            "NFRC reference": f"NFRC2101{n:06d}",
            "Date reported": f"{1 + n % 28:02d}/01/2021",
            "NFIB code": "NFIB1D",
            "Victim type": "Individual",
            "First names": "Zebedee",
            "Last name": "Quillfeather",
            "Date of birth": "09/07/1931",
            "Ethnicity": "W9",
            "Email": "zq@example.org",
            "Postcode": "ZE1 9QQ",
            "Loss (GBP)": f"{100 + n}",
            "Narrative": "said that the bank had rung",
        }
        for n in range(number)
    ]


def write(path: Path, headings: list[str], rows: list[dict[str, str]]) -> Path:
    """Write rows as a CSV file under headings, a missing cell blank."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def hand_over(folder: Path) -> Path:
    """Write the force's files into a folder, as they would be received."""
    write(folder / "crimes.csv", CRIME_HEADINGS, crimes())
    write(folder / "fraud.csv", FRAUD_HEADINGS, reports())
    return folder
