"""Rows in quarantine: counted by rule, written out for correction, and read again once corrected."""

from __future__ import annotations

import csv
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.lake import Lake, Load
from fourfold.pipeline.intake import (
    READMISSION,
    FileResult,
    Pending,
    Reading,
    account,
    batch_row,
    corrections_in,
    upsert,
)
from fourfold.pipeline.stages import SOURCES
from fourfold.records import DeskDecision, Quarantined
from fourfold.records.base import LoadMode, content_columns
from fourfold.sources.contract import Contract, ReadingContext
from fourfold.sources.reader import Intake, Told, read
from fourfold.sources.recognise import places
from fourfold.sources.tables import TextTable

DIGEST = "quarantine_id"
"""The first column of a file of rows to correct; it ties the corrected row to the one received."""

OWN_COLUMNS = (DIGEST, "source", "file", "row", "what_is_wrong")


@dataclass(frozen=True)
class Readmitted:
    """What became of corrected rows: `accepted` are in, `still_wrong` say which rule they break now."""

    accepted: int
    still_wrong: tuple[tuple[str, str], ...]


def waiting(home: Home) -> pl.DataFrame:
    """Return the rows in quarantine that nobody has corrected yet; one row for each text and file."""
    lake = Lake(home.lake)
    frame = lake.scan(Quarantined.table)
    if frame is None:
        return Quarantined.create_empty()
    done = list(corrections_in(lake.scan(DeskDecision.table)))
    return (
        frame.filter(~pl.col("row_digest").is_in(done)).sort("source", "rule", "file", "file_row").collect()
    )


def by_rule(rows: pl.DataFrame) -> list[dict[str, str | int]]:
    """Count quarantined rows by source and rule, most first."""
    table = (
        rows.group_by("source", "rule", "words")
        .len("rows")
        .sort("rows", "source", "rule", descending=[True, False, False])
    )
    return table.to_dicts()


def write_out(rows: pl.DataFrame, source: str, path: Path) -> int:
    """Write one source's quarantined rows, under their own headings, to a CSV file for correction."""
    chosen = rows.filter(pl.col("source") == source).unique("row_digest", keep="first", maintain_order=True)
    texts = [json.loads(text) for text in chosen["text_received"]]
    headings = list(dict.fromkeys(heading for text in texts for heading in text))
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*OWN_COLUMNS, *headings])
        for row, text in zip(chosen.iter_rows(named=True), texts, strict=True):
            own = (row["row_digest"], row["source"], row["file"], row["file_row"], row["words"])
            writer.writerow([*own, *(text.get(heading, "") for heading in headings)])
    return chosen.height


def readmit(home: Home, path: Path, by: str, reason: str) -> Readmitted:
    """Read corrected rows again through their source's own reader; what passes is in, with who and why.

    `path` is a file that `write_out` wrote, corrected. The decision keeps the original text, and holds
    when the uncorrected row comes again. Raises WrongUseError for a file that is not one of those.
    """
    corrected = read_corrections(path)
    lake = Lake(home.lake)
    with lake.load("readmit") as load:
        standing = load.scan(Quarantined.table)
        if standing is None:
            raise DataProblemError("There is nothing in quarantine.", "")
        known = {
            row["row_digest"]: row
            for row in standing.filter(pl.col("row_digest").is_in(list(corrected)))
            .collect()
            .iter_rows(named=True)
        }
        unknown = sorted(set(corrected) - set(known))
        if unknown:
            raise WrongUseError(
                f"{path.name} has a {DIGEST} that is not in quarantine: {unknown[0][:12]}.",
                "Leave that column as it was written.",
            )
        reading = Reading(home, lake, None)
        accepted, wrong, decisions = 0, [], []
        for number, (digest, cells) in enumerate(corrected.items()):
            row = known[digest]
            taken, told = read_row(reading, row, cells, number)
            if taken.quarantined.height:
                wrong.append((digest, str(taken.quarantined["words"][0])))
                continue
            put_in(load, taken, told, row)
            accepted += taken.accepted.height
            decisions.append(decision(row, cells, by, reason, reading.at))
        if decisions:
            frame = pl.DataFrame(
                decisions, schema={name: column.dtype for name, column in DeskDecision.columns().items()}
            )
            load.upsert(
                DeskDecision.table,
                DeskDecision.validate(frame),
                DeskDecision.key,
                content_columns(DeskDecision),
            )
    return Readmitted(accepted, tuple(wrong))


def read_corrections(path: Path) -> dict[str, dict[str, str]]:
    """Return the corrected cells of each row of a file by its digest."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as told:
            rows = list(csv.DictReader(told))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUseError(f"{path} cannot be read.", "Save it as CSV UTF-8.") from error
    if not rows or DIGEST not in rows[0]:
        raise WrongUseError(
            f"{path.name} has no column {DIGEST}.", "Correct the file that `fourfold quarantine --out` wrote."
        )
    return {
        row[DIGEST]: {name: cell or "" for name, cell in row.items() if name not in OWN_COLUMNS}
        for row in rows
    }


def read_row(
    reading: Reading, row: dict[str, object], cells: dict[str, str], number: int
) -> tuple[Intake, Told]:
    """Pass one corrected row through the reader of its source."""
    headings = [heading for heading in cells if heading != "(more)"]
    contract = contract_for(str(row["source"]), headings, reading)
    columns = places(headings, contract, reading.mapped.get(contract.source, {}))
    frame = pl.DataFrame(
        {
            "file_row": [row["file_row"]],
            **{f"c{place}": [cells[heading]] for place, heading in enumerate(headings)},
        },
        schema={"file_row": pl.Int64, **{f"c{place}": pl.String for place in range(len(headings))}},
    )
    context = ReadingContext(force=reading.force, vocabulary=reading.vocabulary, file_name=str(row["file"]))
    told = Told(
        f"readmit-{uuid.uuid4().hex[:16]}.{number}", str(row["file"]), str(row["row_digest"]), reading.at
    )
    return read(TextTable(tuple(headings), frame), columns, contract, context, told), told


def contract_for(source: str, headings: list[str], reading: Reading) -> Contract:
    """Return the contract of a source whose needed headings the row has."""
    for contract in SOURCES:
        columns = places(headings, contract, reading.mapped.get(source, {}))
        if contract.source == source and all(item.column in columns for item in contract.needed):
            return contract
    raise WrongUseError(
        f"The rows are not of the source {source}.", "Leave the headings as they were written."
    )


def put_in(load: Load, taken: Intake, told: Told, row: dict[str, object]) -> None:
    record = taken.contract.record
    result = FileResult(
        f"{row['file']} (row {row['file_row']}, corrected)", taken.contract.source, received=taken.received
    )
    pending = Pending(taken, told, 0, result)
    if record.load_mode is LoadMode.UPSERT:
        upsert(load, record, [pending])
    else:
        # A corrected row of a slice joins the slice; replacing would take the other rows out.
        load.append(record.table, taken.accepted)
        result.accepted = taken.accepted.height
    account(load, [batch_row(pending)])


def decision(
    row: dict[str, object], cells: dict[str, str], by: str, reason: str, at: datetime
) -> dict[str, object]:
    return {
        "batch_id": f"desk-{at:%Y%m%d%H%M%S}",
        "file_row": 1,
        "told_at": at,
        "decision_id": uuid.uuid4().hex,
        "kind": READMISSION,
        "subject": "quarantined_row",
        "subject_ref": row["row_digest"],
        "value": json.dumps(
            {"cells": cells, "received": json.loads(str(row["text_received"]))}, ensure_ascii=False
        ),
        "reason": reason,
        "role": None,
        "unit": None,
        "made_by": by,
        "made_at": datetime.now(UTC),
    }
