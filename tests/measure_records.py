"""Small tables of records for tests of measures: only what matters is told, the rest is filled in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from fourfold.measures.counting import Counts
from fourfold.measures.evaluate import Figures
from fourfold.measures.figure import Origin
from fourfold.measures.measure import Rules
from fourfold.measures.period import Period
from fourfold.records import (
    Area,
    CaseEvent,
    Crime,
    FraudReport,
    Outcome,
    PersonRole,
    Population,
    ProgrammeCase,
    Property,
    ProtectActivity,
    Staffing,
    StopSearch,
    StreetCrime,
    StreetOutcome,
)
from fourfold.records.audit import AuditFinding
from fourfold.records.base import Kept
from fourfold.records.compliance import CrimeGroup, DutyCompliance
from fourfold.records.derived import Clock

TOLD = {"batch_id": "b", "told_at": datetime(2022, 2, 1, tzinfo=UTC), "force": "here"}
FILLED: dict[type[Kept], dict[str, Any]] = {
    FraudReport: {"source": "action_fraud", "victim_type": "individual"},
    Crime: {"offence": "as recorded", "status": "open"},
    CaseEvent: {"event_type_raw": "arrest", "event_type": "arrested"},
    Outcome: {"subject": "crime", "outcome_raw": "4", "outcome_type": "4"},
    PersonRole: {"role": "victim"},
    ProgrammeCase: {"programme": "Crime Free"},
    Property: {"kind_raw": "car", "kind": "car", "status": "recovered", "operation": "Cantil"},
    ProtectActivity: {"kind_raw": "post", "kind": "post"},
    Staffing: {"unit": "ECU", "role": "officer", "funded_fte": 1.0},
    StreetCrime: {"file_hash": "f", "reported_by": "Here Police", "crime_type": "Burglary"},
    StreetOutcome: {"file_hash": "f", "reported_by": "Here Police", "outcome_type": "Local resolution"},
    StopSearch: {"file_hash": "f", "kind": "Person search", "searched_at": datetime(2021, 1, 1, tzinfo=UTC)},
    Clock: {
        "subject": "victim",
        "started_by": "arrested",
        "is_enhanced": False,
        "is_strictest": True,
        "reason": "as told",
    },
    CrimeGroup: {"first_group": "other"},
    DutyCompliance: {},
    AuditFinding: {},
    Area: {"edition": "2021", "district": "North"},
    Population: {"edition": "2021", "year": 2020, "age_band": "all", "sex": "all", "ethnic_group": "all"},
}
REFERENCES = (
    "report_ref",
    "crime_ref",
    "event_id",
    "person_ref",
    "activity_id",
    "case_ref",
    "subject_ref",
    "start_event_id",
)
NUMBERS = ("file_row", "item_no", "outcome_no")


def table(record: type[Kept], rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Return rows of a record as a frame of its columns and types, references numbered where not told."""
    empty = record.create_empty()
    serial = itertools.count(1)
    filled = []
    for row, number in zip(rows, serial, strict=False):
        numbered = {name: f"{name}-{number}" for name in REFERENCES} | dict.fromkeys(NUMBERS, number)
        whole = {**numbered, **TOLD, **FILLED[record], **row}
        filled.append({name: of_type(whole.get(name), dtype) for name, dtype in empty.schema.items()})
    return pl.DataFrame(filled, schema=empty.schema)


def of_type(value: Any, dtype: pl.DataType) -> Any:
    """Take a day as its midnight where a moment is wanted."""
    if isinstance(dtype, pl.Datetime) and isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value


def figures_of(
    tables: dict[type[Kept], Iterable[dict[str, Any]]],
    on: date = date(2022, 1, 31),
    policy: Path | None = None,
    engine: str = "polars",
) -> Figures:
    """Return figures over small tables, on Polars or on DuckDB."""
    frames = {record.table: table(record, rows) for record, rows in tables.items()}
    return figures_on(frames, on, policy, engine)


def figures_on(
    frames: dict[str, pl.DataFrame],
    on: date = date(2022, 1, 31),
    policy: Path | None = None,
    engine: str = "polars",
) -> Figures:
    rules = Rules(on, policy)
    made = (
        on_duckdb(frames) if engine == "duckdb" else {n: nw.from_native(f.lazy()) for n, f in frames.items()}
    )
    return Figures(Counts(made, rules), rules, Origin("000007", "p1", "v1", "0.1.0"))


def on_duckdb(frames: dict[str, pl.DataFrame]) -> dict[str, Any]:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone='Europe/London'")
    return {name: nw.from_native(connection.from_arrow(frame.to_arrow())) for name, frame in frames.items()}


def months(period: str) -> list[date]:
    """Return the first days of the months of a period as it is written."""
    return Period.parse(period).list_months()


def each_month(period: str, column: str, **also: Any) -> list[dict[str, Any]]:
    """Return one row a month of a period, so that every month of it was sent."""
    return [{column: month, **also} for month in months(period)]
