"""A register of a size, made in a process of its own: `python -m bench.desk_register HOME CASES ENTRIES OFFICERS`.

The cases come the way they do in a force: a list of fraud victims is handed in, refreshed and taken up by
the desk. The trail is too long for its own writer, which takes a transaction an entry: its rows are made in
bulk with the same hashes, each chained to the one before, and the triggers stand again afterwards.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fourfold.home import Home

PASSWORD = "bench-is-long-enough"
UNIT = "victim-care"
HEADINGS = [
    "NFRC reference", "Date reported", "NFIB code", "Victim type", "First names", "Last name", "Date of birth",
    "Email", "Phone", "Address", "Postcode", "LSOA code", "Loss (GBP)", "Risk score", "Narrative",
]  # fmt: skip
CODES = ("NFIB1D", "NFIB1H", "NFIB2E", "NFIB3A", "NFIB3B", "NFIB5A", "NFIB52C")
LAST_DAY = date(2021, 12, 31)
DAYS = 3 * 365


def write_list(path: Path, cases: int, seed: int = 1) -> None:
    """Write a list of `cases` made-up victims aged 70 to 99, one in ten of them told of twice."""
    from fourfold.synthetic.names import BRITISH

    draw = random.Random(seed)
    number = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for case in range(cases):
            first = draw.choice(BRITISH.female_elder + BRITISH.male_elder)
            last = draw.choice(BRITISH.surnames)
            born = LAST_DAY - timedelta(days=draw.randrange(75 * 365, 99 * 365))
            told = (
                first,
                f"{last}-{case:06d}",
                f"{born:%d/%m/%Y}",
                f"v{case}@example.org",
                f"07700{case:06d}",
            )
            for _ in range(2 if case % 10 == 0 else 1):
                number += 1
                on = LAST_DAY - timedelta(days=draw.randrange(DAYS))
                writer.writerow([
                    f"NFRC{number:010d}", f"{on:%d/%m/%Y}", draw.choice(CODES), "Individual", *told,
                    f"{case % 900 + 1} High Street", f"ZZ{case % 90 + 1} {case % 9}AA", "",
                    f"{draw.lognormvariate(6, 1.5):.2f}", draw.randrange(100), "A made-up account of what happened.",
                ])  # fmt: skip


def fill_lake(home: Home, cases: int) -> None:
    """Hand the list in and refresh, as a force would."""
    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh

    home.prepare()
    home.write_settings({"force": "kent", "made_up": "true", "force_name": "Bench Police (made up)"})
    path = home.path / "fraud-list.csv"
    write_list(path, cases)
    assert not take_in(home, [path]).has_problems
    refresh(home)


def add_officers(number: int) -> None:
    """Make officers of the unit, each with a session of their own, and share the open cases among them."""
    from django.contrib.auth.hashers import make_password
    from django.db.models import F

    from fourfold.web.accounts.models import Membership, Unit, User
    from fourfold.web.victim_care.models import Case

    if User.objects.filter(email="officer0@bench.example").exists():
        return
    unit, _ = Unit.objects.get_or_create(code=UNIT, defaults={"name": "Victim care"})
    password = make_password(PASSWORD)
    officers = []
    for place in range(number):
        officer = User.objects.create_user(f"officer{place}@bench.example", f"Officer {place}")
        officer.password = password
        officer.save()
        Membership.objects.create(person=officer, unit=unit, role="victim_care")
        officers.append(officer)
    analyst = User.objects.create_user("analyst@bench.example", "Analyst")
    analyst.password = password
    analyst.save()
    Membership.objects.create(person=analyst, unit=unit, role="analyst")
    for place, officer in enumerate(officers):
        Case.objects.annotate(turn=F("pk") % (number + 5)).filter(turn=place, is_open=True).update(
            officer=officer
        )


def entries(first: int, count: int, refs: list[str], previous: str) -> Iterator[Any]:
    """Yield trail entries chained from `previous`: mostly a case opened, now and then a page of the list."""
    from fourfold.web.trail.chain import entry_hash
    from fourfold.web.trail.models import TrailEntry

    draw = random.Random(7)
    begins = datetime(2022, 1, 1, tzinfo=UTC)
    for number in range(first, first + count):
        is_list = number % 50 == 0
        shown = sorted(draw.sample(refs, min(50, len(refs)))) if is_list else [draw.choice(refs)]
        entry = TrailEntry(
            number=number,
            at=begins + timedelta(seconds=90 * number),
            who_id=str(1 + number % 20),
            who_name=f"Officer {number % 20}",
            role="victim_care",
            unit=UNIT,
            act="cases_listed" if is_list else "case_opened",
            subject_kind="person",
            subject_refs=shown,
            detail={"state": "new"} if is_list else {},
            previous_hash=previous,
        )
        entry.hash = previous = entry_hash(entry)
        yield entry


def fill_trail(count: int) -> None:
    """Put entries into the trail until it has `count`, with their keys, the triggers lifted meanwhile."""
    from django.db import connection, transaction

    from fourfold.web.trail.chain import anchor_seal
    from fourfold.web.trail.models import TrailAnchor, TrailEntry, TrailSubject
    from fourfold.web.victim_care.models import Case

    anchor = TrailAnchor.objects.get()
    count -= anchor.length
    if count <= 0:
        return
    refs = list(Case.objects.order_by("pk").values_list("person_id", flat=True)[:20_000])
    with transaction.atomic(), connection.cursor() as cursor:
        lift_triggers(cursor)
        batch: list[Any] = []
        last = anchor.last_hash
        for entry in entries(anchor.length + 1, count, refs, anchor.last_hash):
            batch.append(entry)
            last = entry.hash
            if len(batch) == 5000:
                write(batch, TrailEntry, TrailSubject)
                batch = []
        write(batch, TrailEntry, TrailSubject)
        length = anchor.length + count
        TrailAnchor.objects.update(length=length, last_hash=last, seal=anchor_seal(length, last))
        lay_triggers(cursor)


def write(batch: list[Any], entry_table: Any, subject_table: Any) -> None:
    entry_table.objects.bulk_create(batch)
    subject_table.objects.bulk_create(
        [
            subject_table(number=entry.number, kind=entry.subject_kind, ref=ref)
            for entry in batch
            for ref in entry.subject_refs
        ]
    )


def lift_triggers(cursor: Any) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        for table in ("trail_entry", "trail_subject", "trail_anchor"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trail_%'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}")


def lay_triggers(cursor: Any) -> None:
    from django.db import connection

    from fourfold.web.trail.triggers import SQLITE

    if connection.vendor == "postgresql":
        for table in ("trail_entry", "trail_subject", "trail_anchor"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    for statement in SQLITE:
        cursor.execute(statement)


def main() -> None:
    home, cases, count, officers = Home(Path(sys.argv[1])), *(int(told) for told in sys.argv[2:5])
    told: dict[str, float] = {}

    def timed(name: str, do: Any) -> None:
        began = time.perf_counter()
        do()
        told[name] = time.perf_counter() - began

    if not (home.path / "lake").exists():
        timed("hand in and refresh", lambda: fill_lake(home, cases))
    from fourfold.web.server import prepare

    prepare(home)
    from django.db import connection

    from fourfold.web.handover.taking_up import take_up
    from fourfold.web.trail.verifying import verify

    timed("take up", lambda: take_up(home))
    add_officers(officers)
    timed("trail", lambda: fill_trail(count))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    timed("verify the trail", lambda: fault_free(verify()))
    print(json.dumps({"vendor": connection.vendor, "seconds": told}))


def fault_free(fault: Any) -> None:
    assert fault is None, fault


if __name__ == "__main__":
    main()
