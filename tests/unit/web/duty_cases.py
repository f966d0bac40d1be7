"""A few crimes with their logs in a lake of their own, judged and taken up, for the tests of the Victims' Code desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from clock_records import FORCE, event
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.measures.victims_code import counted_duties
from fourfold.pipeline.clocks import NEEDED, with_desk_events
from fourfold.records import CaseEvent, Crime, DeskDecision, PersonRole, Record
from fourfold.records.derived import Clock
from fourfold.rules.clock_cases import records_reach
from fourfold.rules.clocks import judge
from fourfold.rules.rulebook import rulebook

UNIT, UNIT_CODE = "Response North", "response-north"
OTHER_UNIT = "Response South"
LONG_UNIT = "Neighbourhood Team of the Long Valley and of the Hills beyond it"
LONG_NAME = "Bartholomew Maximilian Fitzgerald"
AS_OF = "2021-12-31"


def crime(ref: str, unit: str | None = UNIT, **told: Any) -> dict[str, Any]:
    """A crime recorded on Monday 4 October 2021 that is still open."""
    usual = {
        "crime_ref": ref,
        "force": FORCE,
        "recorded_on": date(2021, 10, 4),
        "status": "open",
        "unit": unit,
    }
    return usual | {"officer_ref": "AP1", "ho_code": "8N", "offence": "Assault with injury"} | told


def person(
    ref: str,
    crime_ref: str,
    role: str = "victim",
    names: tuple[str, str] = ("Zebedia", "Quillfeather"),
    **told: Any,
) -> dict[str, Any]:
    return {"crime_ref": crime_ref, "person_ref": ref, "role": role, "force": FORCE,
            "first_names": names[0], "last_name": names[1], **told}  # fmt: skip


def arrested(ref: str, on: str = "2021-10-11", suspect: str | None = None) -> dict[str, Any]:
    return event(on, "arrested", crime=ref, id=f"{ref}/arrest", suspect_ref=suspect)


def told_crimes() -> dict[type[Record], list[dict[str, Any]]]:
    """C1: nobody can tell. C2: not met, and a suspect. C3: running. C4: another unit. C5: no unit. C6: two victims,
    one entry that names neither. C7: an old one. C8: long and right-to-left names."""
    crimes = [
        crime("C/1/21"), crime("C/2/21"), crime("C/3/21"), crime("C/4/21", OTHER_UNIT), crime("C/5/21", None),
        crime("C/6/21"), crime("C/7/18", recorded_on=date(2018, 1, 8)), crime("C/8/21", LONG_UNIT),
        crime("C/9/21", recorded_on=date(2021, 12, 31)),
    ]  # fmt: skip
    people = [
        person("V1", "C/1/21"), person("V2", "C/2/21", names=("Winifred", "Castleton")),
        person("S2", "C/2/21", "suspect", ("Malachi", "Thornbury")), person("V3", "C/3/21"), person("V4", "C/4/21"),
        person("V5", "C/5/21"), person("V6", "C/6/21"), person("W6", "C/6/21", names=("Edith", "Marlowe")),
        person("V7", "C/7/18"), person("V8", "C/8/21", names=("علي", "حسن")),
        person("W8", "C/8/21", names=(LONG_NAME, "Featherstonehaugh-Cholmondeley-Wriothesley")), person("V9", "C/9/21"),
    ]  # fmt: skip
    events = [
        arrested("C/1/21"),
        arrested("C/2/21", suspect="S2"),
        event("2021-10-25", "victim_updated", crime="C/2/21", victim_ref="V2", about_event_id="C/2/21/arrest", result="not_done"),
        arrested("C/3/21", "2021-12-30"),
        arrested("C/4/21"), arrested("C/5/21"), arrested("C/6/21"),
        event("2021-10-13", "victim_updated", crime="C/6/21", about_event_id="C/6/21/arrest", id="E/unnamed"),
        event("2018-01-10", "review_requested", crime="C/7/18", victim_ref="V7", id="C/7/18/asked"),
        arrested("C/8/21"),
    ]  # fmt: skip
    return {Crime: crimes, PersonRole: people, CaseEvent: events}


def frame(record: type[Record], rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return rows as a table of the record, its provenance filled in."""
    told = {"told_at": datetime(2022, 1, 1, tzinfo=UTC), "batch_id": "B1", "file_row": 1}
    schema = {name: column.dtype for name, column in record.columns().items()}
    filled = [{name: told.get(name) for name in schema if name in told} | row for row in rows]
    return pl.DataFrame(filled, schema=schema)


def fill_lake(home: Home) -> None:
    """Tell the lake of the crimes, and judge them."""
    with Lake(home.lake).load("crimes") as load:
        for record, rows in told_crimes().items():
            load.replace_all(record.table, frame(record, rows))
    judge_again(home)


def judge_again(home: Home) -> None:
    """Work the clocks and their counts out from what the lake holds now, as the stages of a refresh do."""
    lake = Lake(home.lake)
    manifest = lake.current()
    crimes, people, events = (
        lake.scan(record.table, manifest).select(columns).collect() for record, columns in NEEDED.items()
    )
    decisions = lake.scan(DeskDecision.table, manifest)
    if decisions is not None:
        events = with_desk_events(events, crimes, decisions, people)
    reach = records_reach(crimes, date.fromisoformat(AS_OF))
    clocks = judge(crimes, people, events, reach, rulebook(home.policy, home.vocabulary))
    with lake.load("clocks") as load:
        load.replace_all(Clock.table, clocks)
        load.derived[Clock.table] = {name: str(version) for name, version in manifest.tables.items()}
        load.replace_all("crime_group", groups_of(clocks))
        load.replace_all("duty_compliance", counted_duties(clocks, groups_of(clocks)))


def groups_of(clocks: pl.DataFrame) -> pl.DataFrame:
    """Return the groups of each crime; every one belongs to two, save C3 of which none is known."""
    both = clocks.select(crime_ref="case_ref", force="force").unique("crime_ref").sort("crime_ref")
    known = pl.when(pl.col("crime_ref") != "C/3/21").then(pl.lit("|violence_with_injury|business|"))
    return both.with_columns(
        first_group=pl.lit("violence_with_injury"), offence_group=known, open_group=pl.lit(None, pl.String)
    )


def take(home: Home) -> None:
    """Have the desk take up what the clocks say."""
    from fourfold.web.victims_code.taking_up import take_up

    take_up(home)


def carry(home: Home) -> None:
    """Carry what was recorded into the lake, without working the clocks out."""
    from fourfold.web.handover.carrying import carry as carry_all

    carry_all(home)


def row_of(case_ref: str, rule: str = "R06-ARREST", subject_ref: str = "") -> Any:
    """The row of one duty."""
    from fourfold.web.victims_code.models import DutyRow

    rows = DutyRow.objects.filter(case_ref=case_ref, rule=rule)
    return (rows.filter(subject_ref=subject_ref) if subject_ref else rows).get()


def decisions_out() -> list[dict[str, Any]]:
    """What waits in the outbox, oldest first."""
    from fourfold.web.handover.models import OutboxDecision

    return [one.value for one in OutboxDecision.objects.filter(kind="case_event").order_by("made_at")]
