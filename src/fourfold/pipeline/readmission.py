"""Rows of quarantine read again once corrected: what passes is in, with who decided and why."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.lake import Lake, Load
from fourfold.pipeline.correction_file import DIGEST, read_corrections, unhidden
from fourfold.pipeline.intake import READMISSION, Reading
from fourfold.pipeline.intake_load import FileResult, Pending, account, upsert
from fourfold.pipeline.quarantine import still_waiting
from fourfold.pipeline.stages import SOURCES
from fourfold.records import Batch, DeskDecision, Quarantined, Record
from fourfold.records.base import LoadMode, content_columns
from fourfold.sources.contract import Contract
from fourfold.sources.files import RefusalError
from fourfold.sources.reader import Told, read
from fourfold.sources.recognise import places
from fourfold.sources.set_aside import MORE
from fourfold.sources.text_table import TextTable

Row = dict[str, Any]
Cells = dict[str, str]

NOT_ONE_ROW = "the correction leaves the row with cells beyond the headings"


@dataclass(frozen=True)
class Decider:
    """Who corrects, and why; role and unit where they decide at a desk."""

    by: str
    reason: str
    role: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Readmitted:
    """What became of corrected rows.

    `accepted` are in; `still_wrong` say which rule they break now; `superseded` were told again by a later
    file, whose rows stand; `corrected_before` somebody else had corrected meanwhile, and they are left alone.
    """

    accepted: int
    still_wrong: tuple[tuple[str, str], ...]
    superseded: int = 0
    corrected_before: tuple[str, ...] = ()


def readmit(home: Home, path: Path, by: str, reason: str) -> Readmitted:
    """Read corrected rows again through their source's own reader; what passes is in, with who and why.

    The decision keeps the text as received beside the corrected cells, so the correction is applied again
    when the uncorrected row comes again. Raises WrongUseError for a file that is not one of those and for
    a decision without a name or reason.
    """
    return readmit_rows(home, read_corrections(path), Decider(by, reason), path.name)


def readmit_rows(
    home: Home, corrected: dict[str, Cells], decider: Decider, where: str, only_waiting: bool = False
) -> Readmitted:
    """Read corrected rows again, given as cells by heading for each row digest.

    `where` names what they came in, for words about faults. With `only_waiting` a row that somebody has
    corrected since is left as they decided. Raises WrongUseError for a decision without a name or reason.
    """
    if not decider.by.strip() or not decider.reason.strip():
        raise WrongUseError("A correction needs a name and a reason.", "Give --by and --reason.")
    lake = Lake(home.lake)
    with lake.load("readmit") as load:
        session = Session(load, Reading(home, lake, None), decider)
        rows = rows_in_question(load, corrected, where)
        waits = still_waiting(load.scan, list(corrected)) if only_waiting else set(corrected)
        for digest, cells in corrected.items():
            if digest in waits:
                session.judge(digest, rows[digest], unhidden(cells, received_in(rows[digest][0])))
        session.commit()
    return Readmitted(
        session.accepted, tuple(session.wrong), session.superseded, tuple(sorted(set(corrected) - waits))
    )


def try_row(home: Home, digest: str, cells: Cells) -> str:
    """Return in words what is still wrong with a corrected row, empty if it would be let in; nothing is changed."""
    lake = Lake(home.lake)
    load = Load(lake.table, lake.current())
    session = Session(load, Reading(home, lake, None), Decider("", ""))
    session.judge(digest, rows_in_question(load, {digest: cells}, "the form")[digest], cells)
    return session.wrong[0][1] if session.wrong else ""


def standing_otherwise(home: Home, row: Row) -> dict[str, str]:
    """Return, of a row whose key stands already, each column in which the standing record says something else.

    The text is what stands, empty where it is blank. Nothing is returned for a row that cannot be read.
    """
    lake = Lake(home.lake)
    load = Load(lake.table, lake.current())
    session = Session(load, Reading(home, lake, None), Decider("", ""))
    try:
        taken = session.read_row(row, received_in(row)).intake
    except RefusalError:
        return {}
    record, standing = taken.contract.record, load.scan(taken.contract.record.table)
    if standing is None or not taken.accepted.height or record.load_mode is not LoadMode.UPSERT:
        return {}
    found = standing.join(taken.accepted.lazy().select(record.key), on=list(record.key), how="semi").collect()
    if not found.height:
        return {}
    theirs, stands = taken.accepted.row(0, named=True), found.row(0, named=True)
    return {
        column: "" if stands[column] is None else str(stands[column])
        for column in content_columns(record)
        if theirs[column] != stands[column]
    }


def rows_in_question(load: Load, corrected: dict[str, Cells], where: str) -> dict[str, list[Row]]:
    """Return the quarantined rows of each digest: all that the last file to bring it had."""
    standing = load.scan(Quarantined.table)
    if standing is None:
        raise DataProblemError("There is nothing in quarantine.", "")
    frame = standing.filter(pl.col("row_digest").is_in(list(corrected))).collect()
    latest = (
        frame.sort("told_at", "batch_id").unique("row_digest", keep="last").select("row_digest", "batch_id")
    )
    found: dict[str, list[Row]] = {}
    for row in (
        frame.join(latest, on=["row_digest", "batch_id"], how="semi").sort("file_row").iter_rows(named=True)
    ):
        found.setdefault(row["row_digest"], []).append(row)
    unknown = sorted(set(corrected) - set(found))
    if unknown:
        raise WrongUseError(
            f"{where} has a {DIGEST} that is not in quarantine: {unknown[0][:12]}.",
            "Leave that column as it was written.",
        )
    return found


@dataclass
class Session:
    """One re-admission: what passes is gathered, then loaded together with its decisions."""

    load: Load
    reading: Reading
    decider: Decider
    accepted: int = 0
    superseded: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    passed: list[Pending] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)

    def judge(self, digest: str, rows: list[Row], cells: Cells) -> None:
        """Read one corrected row, in as many copies as the file had it."""
        taken = []
        for row in rows:
            try:
                pending = self.read_row(row, cells)
            except RefusalError as refusal:
                self.wrong.append((digest, refusal.what))
                return
            if pending.intake.quarantined.height:
                self.wrong.append((digest, str(pending.intake.quarantined["words"][0])))
                return
            taken.append((row, pending))
        for row, pending in taken:
            if self.is_told_since(row, pending):
                self.superseded += 1
            else:
                self.passed.append(pending)
        self.decisions.append(decision(rows[0], cells, self.decider, self.reading.at))

    def read_row(self, row: Row, cells: Cells) -> Pending:
        """Pass one corrected row through the reader of its source, for the force its file was read for."""
        if cells.get(MORE, "").strip():
            raise RefusalError(NOT_ONE_ROW, "")
        received = received_in(row)
        own = [heading for heading in cells if heading in received or cells[heading].strip()]
        contract, headings = contract_for(str(row["source"]), [own, list(cells)], self.reading)
        columns = places(headings, contract, self.reading.mapped.get(contract.source, {}))
        frame = pl.DataFrame(
            [(row["file_row"], *(cells[heading] for heading in headings))],
            schema={"file_row": pl.Int64, **{f"c{place}": pl.String for place in range(len(headings))}},
            orient="row",
        )
        told = Told(f"readmit-{uuid.uuid4().hex}", row["file"], row["row_digest"], self.reading.at)
        context = self.reading.context(row["file"].replace("!", "/").rsplit("/", 1)[-1], self.force_of(row))
        context = replace(context, corrections={})
        taken = read(TextTable(tuple(headings), frame), columns, contract, context, told)
        label = f"{row['file']} (row {row['file_row']}, corrected)"
        return Pending(taken, told, 0, FileResult(label, contract.source, taken.received))

    def force_of(self, row: Row) -> str | None:
        """Return the force that the row's file was handed in for."""
        batches = self.load.scan(Batch.table)
        if batches is not None:
            read_with = batches.filter(pl.col("batch_id") == row["batch_id"]).select("mapping").collect()
            for (told,) in read_with.iter_rows():
                if told:
                    return json.loads(told).get("force") or self.reading.force
        return self.reading.force

    def is_told_since(self, row: Row, pending: Pending) -> bool:
        """Say whether a later file has told the same record, or brought the same slice, since the row came."""
        record = pending.intake.contract.record
        standing = self.load.scan(record.table)
        if standing is None:
            return False
        by_key = record.load_mode is LoadMode.UPSERT
        same = list(record.key if by_key else record.slice_by)
        stands = standing.join(pending.intake.accepted.lazy().select(same), on=same, how="semi")
        # What was re-admitted before was told at that time, but by the row's own file.
        told = (
            stands.filter(~pl.col("batch_id").str.starts_with("readmit-"))
            .select("batch_id", "told_at")
            .unique()
        )
        others = told.collect()
        return row["batch_id"] not in others["batch_id"] and bool((others["told_at"] > row["told_at"]).any())

    def commit(self) -> None:
        """Load the rows that passed, record by record, their accounts, and the decisions."""
        by_record: dict[type[Record], list[Pending]] = {}
        for pending in self.passed:
            by_record.setdefault(pending.intake.contract.record, []).append(pending)
        for record, items in by_record.items():
            if record.load_mode is LoadMode.UPSERT:
                upsert(self.load, record, items)
            else:
                # A corrected row of a slice joins the slice; replacing would take the other rows out.
                self.load.append(record.table, pl.concat([item.intake.accepted for item in items]))
                for item in items:
                    item.result.accepted = item.intake.accepted.height
        if self.passed:
            account(self.load, self.passed)
        self.accepted = sum(item.intake.accepted.height for item in self.passed)
        if self.decisions:
            schema = {name: column.dtype for name, column in DeskDecision.columns().items()}
            frame = DeskDecision.validate(pl.DataFrame(self.decisions, schema=schema))
            self.load.upsert(DeskDecision.table, frame, DeskDecision.key, content_columns(DeskDecision))


def contract_for(source: str, choices: list[list[str]], reading: Reading) -> tuple[Contract, list[str]]:
    """Return the contract of a source whose needed headings the row has, and the headings.

    choices: the headings of the row's own file, then (for a row that was too short) all in the file of rows.
    """
    for choice in choices:
        headings = [heading for heading in choice if heading != MORE]
        for contract in SOURCES:
            columns = places(headings, contract, reading.mapped.get(source, {}))
            if contract.source == source and all(item.column in columns for item in contract.needed):
                return contract, headings
    raise WrongUseError(
        f"The rows are not of the source {source}.", "Leave the headings as they were written."
    )


def received_in(row: Row) -> Cells:
    """Return a quarantined row's cells as received, by heading."""
    told: Cells = json.loads(row["text_received"])
    return told


def decision(row: Row, cells: Cells, decider: Decider, at: datetime) -> Row:
    return {
        "batch_id": f"desk-{at:%Y%m%d%H%M%S}",
        "file_row": 1,
        "told_at": at,
        "decision_id": uuid.uuid4().hex,
        "kind": READMISSION,
        "subject": "quarantined_row",
        "subject_ref": row["row_digest"],
        "value": json.dumps({"cells": cells, "received": received_in(row)}, ensure_ascii=False),
        "reason": decider.reason.strip(),
        "role": decider.role,
        "unit": decider.unit,
        "made_by": decider.by.strip(),
        "made_at": datetime.now(UTC),
    }
