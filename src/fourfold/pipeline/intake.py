"""Files in: each is recognised by its content, read through its contract, and loaded whole or refused whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake, Load
from fourfold.pipeline.intake_load import (
    COUNTS,
    REFUSED,
    FileResult,
    Pending,
    Together,
    account_rows,
    refused_row,
    write,
)
from fourfold.pipeline.stages import SOURCES
from fourfold.records import Batch, DeskDecision
from fourfold.sources.contract import ReadingContext
from fourfold.sources.files import ReceivedFile, RefusalError, RefusedFile, received_files
from fourfold.sources.limits import limits_on
from fourfold.sources.mappings import read_mappings, read_missing_words
from fourfold.sources.reader import Told, read
from fourfold.sources.recognise import Recognised, recognise
from fourfold.sources.tables import hidden_sheets, is_workbook, preview, read_table

READMISSION = "readmission"
"""The kind of desk decision that corrects a quarantined row."""

Progress = Callable[[str], None]
Taken = tuple[FileResult, Pending | None]


@dataclass
class IntakeReport:
    """What became of a whole hand-over, file by file, and which manifest it led to.

    `passed_over` names the files beside the data (notes, maps) that are no table we know.
    """

    files: list[FileResult] = field(default_factory=list)
    manifest: str = ""
    passed_over: list[str] = field(default_factory=list)

    def by_source(self) -> list[dict[str, str | int]]:
        """Return one row a source with its four counts, sources in alphabetical order."""
        totals: dict[str, dict[str, int]] = {}
        for result in self.files:
            if not result.refused:
                total = totals.setdefault(result.source, dict.fromkeys(("files", *COUNTS), 0))
                total["files"] += 1
                for name in COUNTS:
                    total[name] += getattr(result, name)
        return [{"source": source, **counts} for source, counts in sorted(totals.items())]

    @property
    def refused(self) -> list[FileResult]:
        return [result for result in self.files if result.refused]

    @property
    def has_problems(self) -> bool:
        return bool(self.refused) or any(result.quarantined for result in self.files)


def take_in(
    home: Home, paths: Iterable[Path], force: str | None = None, progress: Progress = lambda name: None
) -> IntakeReport:
    """Read every file under the paths into the lake, and report what became of each row.

    `force` is the force of files that do not name one; without it the home's setting serves. A file
    that was read before changes nothing. Raises WrongUseError for a path that is not there and
    CouldNotRunError where another load holds the lake.
    """
    home.prepare()
    lake, report = Lake(home.lake), IntakeReport()
    reading = Reading(home, lake, force)
    coming = reading.all_of(received_files(paths, reading.limits), report, progress)
    left: Pending | None = None
    is_done = False
    while not is_done:
        with lake.load("intake") as load:
            reading.learn(load)
            together, left = gathered(chain([left] if left else [], coming))
            write(load, together.items)
            account_rows(load, reading.refused)
            reading.refused = []
        is_done = left is None
    report.manifest = lake.current().name
    return report


def gathered(coming: Iterable[Pending]) -> tuple[Together, Pending | None]:
    """Return the files that one load takes in, and the first that it has no room for."""
    together = Together()
    for item in coming:
        if not together.has_room_for(item):
            return together, item
        together.add(item)
    return together, None


class Reading:
    """What one hand-over is read with: contracts, mappings, limits, corrections, and which tables are known."""

    def __init__(self, home: Home, lake: Lake, force: str | None) -> None:
        self.mapped = read_mappings(home.mappings, SOURCES)
        self.missing = read_missing_words(home.mappings, SOURCES)
        self.limits = limits_on(date.today(), home.policy)
        self.force = force or home.settings.get("force")
        self.vocabulary = str(home.vocabulary)
        self.at = datetime.now(UTC)
        self.known: dict[str, FileResult] = {}
        self.corrections: dict[str, dict[str, str]] = {}
        self.refused: list[dict[str, object]] = []

    def learn(self, load: Load) -> None:
        """Look up which tables were read before and which rows have been corrected."""
        batches = load.scan(Batch.table)
        if batches is not None:
            read_before = batches.filter(pl.col("state") == "read")
            columns = read_before.select("batch_id", "file", "source", "received").collect()
            for batch_id, file, source, received in columns.iter_rows():
                self.known[batch_id] = FileResult(file, source, received, unchanged=received)
        self.corrections = corrections_in(load.scan(DeskDecision.table))

    def all_of(
        self, files: Iterable[ReceivedFile | RefusedFile], report: IntakeReport, progress: Progress
    ) -> Iterator[Pending]:
        """Yield the rows of each file that has new ones; what became of every file goes into the report."""
        for file in files:
            progress(file.name)
            try:
                if isinstance(file, RefusedFile):
                    raise RefusalError(f"{file.why}.", file.next_step)
                taken = list(self.tables_of(file))
            except RefusalError as refusal:
                if isinstance(file, ReceivedFile) and file.is_beside:
                    report.passed_over.append(file.name)
                else:
                    words = f"{refusal.what} {refusal.next_step}".strip()
                    report.files.append(FileResult(file.name, REFUSED, refused=words))
                    self.refused.append(refused_row(file.name, words, file.sha256, file.size_bytes, self.at))
                continue
            report.files += [result for result, _ in taken]
            yield from (pending for _, pending in taken if pending is not None)

    def tables_of(self, file: ReceivedFile) -> list[Taken]:
        """Return each table of a file: one of a CSV, several of a workbook if we know their headings.

        Raises RefusalError where no table of it is known, or where one that is cannot be read.
        """
        if not is_workbook(file) and batch_id(file, 0) in self.known:
            return [(self.read_before(file, 0, ""), None)]
        found, refusals = list[Taken](), list[tuple[str, RefusalError]]()
        sheets = preview(file)
        for number, (sheet, rows) in enumerate(sheets):
            if not any(cell.strip() for row in rows for cell in row):
                continue
            try:
                known = recognise(rows, SOURCES, self.mapped)
            except RefusalError as refusal:
                refusals.append((sheet, refusal))
                continue
            label = f" [{sheet}]" if len(sheets) > 1 else ""
            if batch_id(file, number) in self.known:
                found.append((self.read_before(file, number, label), None))
            else:
                found.append(self.table_of(file, number, sheet, known, label))
        if not found:
            raise (
                refusals[0][1]
                if refusals
                else RefusalError("it is empty.", "Ask the sender to send it again.")
            )
        note_unread(found[0][0], refusals, hidden_sheets(file))
        return found

    def table_of(
        self, file: ReceivedFile, number: int, sheet: str, known: Recognised, label: str
    ) -> tuple[FileResult, Pending]:
        """Read one table by its contract."""
        table = read_table(file, sheet, known.header_row, self.limits)
        if known.contract.reshape is not None:
            table = known.contract.reshape(table, file.base_name)
            known = recognise([list(table.headings)], SOURCES, {})
        told = Told(batch_id(file, number), file.name, file.sha256, self.at)
        taken = read(table, known.columns, known.contract, self.context(file.base_name), told)
        result = FileResult(
            file.name + label,
            known.contract.source,
            received=taken.received,
            quarantined=taken.quarantined.height,
        )
        if known.unused:
            result.add_note(f"columns not used: {', '.join(known.unused)}")
        for words in taken.notes:
            result.add_note(words)
        self.known[told.batch_id] = FileResult(
            result.file, result.source, taken.received, unchanged=taken.received
        )
        return result, Pending(taken, told, len(file.data), result, self.read_with(known.contract.source))

    def context(self, file_name: str, force: str | None = None) -> ReadingContext:
        return ReadingContext(
            force=force or self.force,
            vocabulary=self.vocabulary,
            corrections=self.corrections,
            missing=self.missing,
            file_name=file_name,
        )

    def read_with(self, source: str) -> str | None:
        """Return what the reading of a source rested on beside the file, as JSON; None if on nothing."""
        told = {
            "force": self.force,
            "columns": self.mapped.get(source),
            "missing": self.missing.get(source),
        }
        said = {name: value for name, value in told.items() if value}
        return json.dumps(said, ensure_ascii=False) if said else None

    def read_before(self, file: ReceivedFile, number: int, label: str) -> FileResult:
        before = self.known[batch_id(file, number)]
        return FileResult(
            file.name + label, before.source, before.received, unchanged=before.received, note="read before"
        )


def batch_id(file: ReceivedFile, number: int) -> str:
    """Return the name of one table of a file: the same bytes always have the same."""
    return f"{file.sha256[:20]}.{number}"


def note_unread(result: FileResult, refusals: list[tuple[str, RefusalError]], hidden: list[str]) -> None:
    for sheet, refusal in refusals:
        result.add_note(f"sheet '{sheet}' not read: {refusal.what}")
    for sheet in hidden:
        result.add_note(f"hidden sheet '{sheet}' not read: show it if it is meant")


def corrections_in(decisions: pl.LazyFrame | None) -> dict[str, dict[str, str]]:
    """Return the corrected cells of each row digest that somebody re-admitted, the latest decision last."""
    if decisions is None:
        return {}
    rows = (
        decisions.filter(pl.col("kind") == READMISSION)
        .sort("made_at")
        .select("subject_ref", "value")
        .collect()
    )
    return {subject: json.loads(value)["cells"] for subject, value in rows.iter_rows()}
