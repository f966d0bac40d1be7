"""A small force with a lake of its own, and programs with tokens, for the tests of the API."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fourfold.home import Home

HEADINGS = ["NFRC reference", "Date reported", "NFIB code", "Victim type", "First names", "Last name", "Age"]


def write_list(path: Path, number: int, code: str = "NFIB1D", year: int = 2021, begin: int = 0) -> None:
    """Write a fraud list of one made-up victim's reports, some in each month of a year."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for place in range(number):
            day = f"{1 + place % 28:02d}/{1 + place % 12:02d}/{year}"
            row = [f"NFRC{year}{begin + place:06d}", day, code, "Individual", "Zebedee", "Quillfeather", "91"]
            writer.writerow(row)


VICTIMS = ["First names", "Last name", "Date of birth", "Email", "Phone", "Address", "Postcode", "Narrative"]
SECRETS = (
    "Zebedee",
    "Clementina",
    "Quillfeather",
    "1931-07-09",
    "@example.org",
    "07700900",
    "Hidden Lane",
    "ZE1",
    "the bank had rung",
)
"""Words of personal and sensitive columns of `write_victims`."""


FIRST_NAMES = (
    "Clementina",
    "Ottoline",
    "Barnaby",
    "Philippa",
    "Ignatius",
    "Henrietta",
    "Cuthbert",
    "Wilhelmina",
    "Quentin",
)


def write_victims(path: Path, number: int, begin: int = 0) -> None:
    """Write a fraud list of `number` different made-up victims, each to be referred for their age."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*HEADINGS[:4], *VICTIMS])
        for place in range(begin, begin + number):
            row = [
                f"NFRC9{place:06d}",
                f"{1 + place % 28:02d}/03/2021",
                "NFIB1D",
                "Individual",
                FIRST_NAMES[place % len(FIRST_NAMES)],
            ]
            # Nine people whom no linkage could take for one: name, birth and home all differ.
            born = f"{9 + place % 9:02d}/{1 + (6 + place) % 12:02d}/{1931 + place % 9}"
            row += ["Quillfeather", born, f"z{place}@example.org", f"07700900{place:03d}"]
            writer.writerow(
                [
                    *row,
                    f"{1 + 37 * place} Hidden Lane",
                    f"ZE{1 + place} {place % 9}QQ",
                    "said that the bank had rung",
                ]
            )


def small_force(folder: Path, victims: int = 0) -> Home:
    """Make a home whose lake holds 30 reports of 2021, 24 of 2020, 3 with a code that nobody knows, and `victims`."""
    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh

    home = Home(folder / "home")
    home.prepare()
    home.write_settings({"force": "kent", "made_up": "true"})
    received = folder / "received"
    received.mkdir()
    write_list(received / "fraud-2021.csv", 30)
    write_list(received / "fraud-2020.csv", 24, year=2020)
    write_list(received / "fraud-odd.csv", 3, code="NFIB999", begin=500)
    if victims:
        write_victims(received / "victims.csv", victims)
    take_in(home, [received])
    refresh(home)
    return home


class Program:
    """A program that asks the API with one token."""

    def __init__(self, text: str) -> None:
        from django.test import Client

        self.client = Client(SERVER_NAME="localhost")
        self.text = text

    def ask(self, address: str, method: str = "GET", **also: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.text}", **also.pop("headers", {})}
        return self.client.generic(method, address, headers=headers, **also)

    def items(self, address: str) -> Iterator[Any]:
        """Yield the items of every page of a list."""
        after = ""
        while True:
            mark = "&" if "?" in address else "?"
            told = self.ask(f"{address}{mark}limit=7{after}").json()
            yield from told["items"]
            if not told["next"]:
                return
            from urllib.parse import quote

            after = f"&after={quote(told['next'])}"


def program_of(person: Any, *scopes: str, days: int = 30, key: str = "") -> Program:
    """Return a program with a token of a person for these acts, or for all that their roles allow."""
    from fourfold.web.accounts.permission import may
    from fourfold.web.api.gathering import gathered
    from fourfold.web.api.models import ApiToken
    from fourfold.web.api.tokens import make_token

    chosen = scopes or [act for act in gathered().acts if may(person, act).scope != "no"]
    made = make_token(
        name="A program",
        scopes=chosen,
        days=days,
        form_key=key or f"form {ApiToken.objects.count()}",
        by_force_service=False,
        by=person,
    )
    assert made is not None
    return Program(made.text)
