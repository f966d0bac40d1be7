"""Small cases for the tests of clocks: events in a line each, clocks out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from fourfold.records import CaseEvent, Crime, PersonRole, Record
from fourfold.rules.clocks import judge
from fourfold.rules.rulebook import Rulebook, rulebook

LONDON = ZoneInfo("Europe/London")
FORCE = "aldermere"


def london(text: str) -> datetime:
    """Return a moment on London's clocks, "2021-06-07 09:00", in UTC; a day alone is its noon."""
    moment = datetime.fromisoformat(text if " " in text else f"{text} 12:00")
    return moment.replace(tzinfo=LONDON).astimezone(UTC)


def frame(record: type[Record], rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {name: column.dtype for name, column in record.columns().items()}
    return pl.DataFrame(rows, schema=schema)


def event(at: str | None, event_type: str, **told: Any) -> dict[str, Any]:
    """An event at a moment of London's clocks, written down at once unless `recorded` says otherwise."""
    recorded = told.pop("recorded", None) or at
    known = told.pop("known", None)
    crime = told.pop("crime", "C1")
    number = told.pop(
        "id", f"{crime}/{event_type}/{at}/{told.get('about_event_id')}/{told.get('victim_ref')}"
    )
    return {
        "event_id": number,
        "crime_ref": crime,
        "force": told.pop("force", FORCE),
        "event_type": event_type,
        "happened_at": london(at) if at else None,
        "known_at": london(known) if known else None,
        "recorded_at": london(recorded),
        **told,
    }


def victim(ref: str = "V1", **told: Any) -> dict[str, Any]:
    return {"crime_ref": "C1", "person_ref": ref, "role": "victim", "force": FORCE, **told}


def crime(**told: Any) -> dict[str, Any]:
    usual = {"crime_ref": "C1", "force": FORCE, "recorded_on": date(2021, 6, 7), "status": "open"}
    return {**usual, "ho_code": "8N", "offence": "Assault", **told}


def clocks(
    *events: dict[str, Any],
    crimes: list[dict[str, Any]] | None = None,
    people: list[dict[str, Any]] | None = None,
    as_of: str = "2022-06-30",
    book: Rulebook | None = None,
    policy: Path | None = None,
) -> pl.DataFrame:
    """Return the clocks of one crime recorded on Monday 7 June 2021 with one victim, unless told otherwise."""
    told_crimes = frame(Crime, crimes if crimes is not None else [crime()])
    told_people = frame(PersonRole, people if people is not None else [victim()])
    forces = {row["force"] for row in (*told_crimes.to_dicts(), *events, *told_people.to_dicts())}
    reach = pl.DataFrame(
        {"force": sorted(forces), "as_of": [date.fromisoformat(as_of)] * len(forces)},
        schema={"force": pl.String, "as_of": pl.Date},
    )
    rules = book or rulebook(policy)
    return judge(told_crimes, told_people, frame(CaseEvent, list(events)), reach, rules)


def clock(rule: str, *events: dict[str, Any], **told: Any) -> dict[str, Any]:
    """Return the one clock of a duty; fails where there is none or more than one."""
    found = clocks(*events, **told).filter(pl.col("rule") == rule).to_dicts()
    assert len(found) == 1, f"{rule}: {len(found)} clocks"
    return found[0]


def state(rule: str, *events: dict[str, Any], **told: Any) -> str:
    return clock(rule, *events, **told)["state"]
