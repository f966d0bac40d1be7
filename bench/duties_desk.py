"""One register with many duties, in a process of its own: `python -m bench.duties_desk HOME DUTIES`."""

from __future__ import annotations

import logging
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.clocks import NEEDED
from fourfold.records import CaseEvent, Crime, PersonRole
from fourfold.records.derived import Clock
from fourfold.rules.clock_cases import records_reach
from fourfold.rules.clocks import judge
from fourfold.rules.rulebook import rulebook

FORCE = "kent"
FIRST = date(2021, 4, 6)
UNITS = 25
TIMES = 9


def fill_lake(home: Home, crimes: int) -> int:
    """Write crimes with a victim, an arrest and, of some, a word that the victim was not told; judge them; return the clocks."""
    numbers = pl.DataFrame({"n": range(crimes)}).with_columns(
        crime_ref=pl.format("B/{}/21", "n"),
        person_ref=pl.format("V{}", "n"),
        recorded_on=pl.lit(FIRST) + pl.duration(days=pl.col("n") % 260),
        unit=pl.format("Response Unit {}", pl.col("n") % UNITS),
        officer_ref=pl.format("O{}", pl.col("n") % 900),
        force=pl.lit(FORCE),
        at=pl.lit(datetime(2021, 4, 6, 10, tzinfo=UTC)).cast(pl.Datetime("us", "UTC"))
        + pl.duration(days=pl.col("n") % 260),
    )
    people = numbers.select(
        "crime_ref", "person_ref", "force", role=pl.lit("victim"), last_name=pl.format("Name {}", "n")
    )
    told = numbers.with_columns(
        ho_code=pl.lit("8N"), status=pl.lit("open"), offence=pl.lit("Assault with injury")
    )
    arrests = numbers.select(
        "crime_ref",
        "force",
        happened_at="at",
        recorded_at="at",
        event_id=pl.format("A{}", "n"),
        event_type=pl.lit("arrested"),
    )
    denied = numbers.filter(pl.col("n") % 10 == 0).select(
        "crime_ref", "force", event_id=pl.format("D{}", "n"), event_type=pl.lit("victim_updated"),
        about_event_id=pl.format("A{}", "n"), victim_ref="person_ref", result=pl.lit("not_done"),
        happened_at=pl.col("at") + timedelta(days=20), recorded_at=pl.col("at") + timedelta(days=20),
    )  # fmt: skip
    lake = Lake(home.lake)
    with lake.load("crimes") as load:
        for record, frame in (
            (Crime, told),
            (PersonRole, people),
            (CaseEvent, pl.concat([arrests, denied], how="diagonal")),
        ):
            columns = {name: column.dtype for name, column in record.columns().items()}
            load.replace_all(record.table, frame.select(
                (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in columns.items()
            ))  # fmt: skip
    manifest = lake.current()
    frames = [
        lake.scan(record.table, manifest).select(columns).collect() for record, columns in NEEDED.items()
    ]
    reach = records_reach(frames[0], date(2021, 12, 31))
    clocks = judge(*frames, reach, rulebook(home.policy, home.vocabulary))
    with lake.load("clocks") as load:
        load.replace_all(Clock.table, clocks)
    return clocks.height


def median(act: Callable[[], Any], times: int = TIMES) -> float:
    """Return the median time of an act in milliseconds, its first run aside."""
    act()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def main() -> None:
    home, duties = Home(Path(sys.argv[1])), int(sys.argv[2])
    home.prepare()
    home.write_settings({"made_up": "true", "force": FORCE, "force_name": "Bench Police (made up)"})
    clocks = fill_lake(home, duties)
    from fourfold.web.server import prepare

    prepare(home)
    logging.disable(logging.CRITICAL)
    from django.test import Client

    from fourfold.web.accounts.models import Membership, Unit, User
    from fourfold.web.victims_code.digests import make_digests
    from fourfold.web.victims_code.models import DutyRow
    from fourfold.web.victims_code.taking_up import take_up

    DutyRow.objects.all().delete()
    began = time.perf_counter()
    take_up(home)
    print(
        f"{clocks:,} clocks, {DutyRow.objects.count():,} duties taken up in {time.perf_counter() - began:.1f} s"
    )
    began = time.perf_counter()
    take_up(home)
    print(f"taken up again, with nothing new, in {time.perf_counter() - began:.1f} s")
    moment = datetime.now(UTC)
    began = time.perf_counter()
    make_digests(moment.date(), moment)
    print(f"the digests of {UNITS} units made in {time.perf_counter() - began:.1f} s")
    pages = {}
    for name, role, unit in (
        ("own unit", "offender_manager", "response-unit-0"),
        ("all units", "auditor", "response-unit-1"),
    ):
        person = User.objects.create_user(f"{role}-{time.time()}@bench.example", name, None)
        Membership.objects.create(person=person, unit=Unit.objects.get(code=unit), role=role)
        pages[name] = Client(SERVER_NAME="localhost")
        pages[name].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    row = DutyRow.objects.filter(unit__code="response-unit-0", state="not_met").order_by("pk")[50]
    asked = {
        "Today": "/",
        "list": "/victims-code/",
        "list of what nobody can tell": "/victims-code/?list=unknown",
        "list by officer": f"/victims-code/?list=all&officer={row.officer_ref}",
        "list by duty": "/victims-code/?list=all&rule=R06-ARREST&sort=-began",
        "search": f"/victims-code/?q={row.case_ref}",
        "one crime": f"/victims-code/crimes/{row.case_ref}/",
        "form to record": f"/victims-code/record/{row.key}/{row.case_ref}/",
    }
    for what, where in asked.items():
        for name, client in pages.items():
            if name == "all units" and what == "form to record":
                continue
            assert client.get(where).status_code == 200, where
            print(f"{what}, {name}: {median(lambda where=where, client=client: client.get(where)):.0f} ms")
    keys = iter(
        DutyRow.objects.filter(unit__code="response-unit-0", state="not_recorded").order_by("pk")[100:150]
    )

    def save() -> None:
        one = next(keys)
        told = {"what": "done:victim_updated", "on_day": "31", "on_month": "12", "on_year": "2021", "seen": "0",
                "form_key": one.key}  # fmt: skip
        assert (
            pages["own unit"].post(f"/victims-code/record/{one.key}/{one.case_ref}/", told).status_code == 302
        )

    print(f"record saved: {median(save):.0f} ms")


if __name__ == "__main__":
    main()
