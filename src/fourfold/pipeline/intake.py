"""Files in: each is recognised by its content, read through its contract, and loaded whole or refused whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake, Load
from fourfold.pipeline.stages import SOURCES
from fourfold.records import Batch, DeskDecision, Quarantined, Record
from fourfold.records.base import LoadMode, content_columns
from fourfold.sources.contract import ReadingContext
from fourfold.sources.files import ReceivedFile, RefusalError, RefusedFile, received_files
from fourfold.sources.reader import Intake, Told, read
from fourfold.sources.recognise import read_mappings, recognise
from fourfold.sources.tables import preview, read_table

ROWS_IN_ONE_LOAD = 4_000_000
"""Beyond this many rows a hand-over is committed in several loads, so that memory stays bounded."""

REFUSED = "not read"
READMISSION = "readmission"
"""The kind of desk decision that corrects a quarantined row."""

Progress = Callable[[str], None]


@dataclass
class FileResult:
    """What became of one file (or one sheet of a workbook)."""

    file: str
    source: str
    received: int = 0
    accepted: int = 0
    quarantined: int = 0
    unchanged: int = 0
    note: str = ""
    refused: str = ""

    @property
    def adds_up(self) -> bool:
        return self.accepted + self.quarantined + self.unchanged == self.received


@dataclass
class IntakeReport:
    """What became of a whole hand-over, file by file, and which manifest it led to."""

    files: list[FileResult] = field(default_factory=list)
    manifest: str = ""

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


COUNTS = ("received", "accepted", "quarantined", "unchanged")


@dataclass
class Pending:
    """One file's rows, read and not yet loaded."""

    intake: Intake
    told: Told
    size_bytes: int
    result: FileResult


def take_in(
    home: Home, paths: Iterable[Path], force: str | None = None, progress: Progress = lambda name: None
) -> IntakeReport:
    """Read every file under the paths into the lake, and report what became of each row.

    `force` is the force of files that do not name one; without it the home's setting serves. A file
    that was read before changes nothing. Raises WrongUseError for a path that is not there and
    CouldNotRunError where another load holds the lake.
    """
    home.prepare()
    lake = Lake(home.lake)
    reading = Reading(home, lake, force)
    report = IntakeReport()
    with lake.load("intake") as load:
        reading.learn(load)
        pending: list[Pending] = []
        for received in received_files(paths):
            progress(received.name)
            for result, item in reading.read(received):
                report.files.append(result)
                if item is not None:
                    pending.append(item)
            if is_full(pending):
                write(load, pending)
                pending = []
        write(load, pending)
    report.manifest = lake.current().name
    return report


def is_full(pending: list[Pending]) -> bool:
    return sum(item.intake.received for item in pending) > ROWS_IN_ONE_LOAD


class Reading:
    """What one hand-over is read with: contracts, mappings, corrections, and which files are known already."""

    def __init__(self, home: Home, lake: Lake, force: str | None) -> None:
        self.mapped = read_mappings(home.mappings, SOURCES)
        self.force = force or home.settings.get("force")
        self.vocabulary = str(home.vocabulary)
        self.at = datetime.now(UTC)
        self.known: dict[str, list[FileResult]] = {}
        self.corrections: dict[str, dict[str, str]] = {}

    def learn(self, load: Load) -> None:
        """Look up which files were read before and which rows have been corrected."""
        batches = load.scan(Batch.table)
        if batches is not None:
            read_before = (
                batches.filter(pl.col("state") == "read")
                .select("sha256", "source", "file", "received")
                .collect()
            )
            for sha256, source, file, received in read_before.iter_rows():
                result = FileResult(file, source, received=received, unchanged=received)
                self.known.setdefault(sha256, []).append(result)
        self.corrections = corrections_in(load.scan(DeskDecision.table))

    def read(self, received: ReceivedFile | RefusedFile) -> Iterator[tuple[FileResult, Pending | None]]:
        """Yield what became of a file, and its rows where there are some to load."""
        if isinstance(received, RefusedFile):
            yield FileResult(received.name, REFUSED, refused=f"{received.why}. {received.next_step}"), None
            return
        if received.sha256 in self.known:
            for before in self.known[received.sha256]:
                yield (
                    FileResult(
                        received.name,
                        before.source,
                        before.received,
                        unchanged=before.received,
                        note="read before",
                    ),
                    None,
                )
            return
        try:
            results = list(self.tables_of(received))
        except RefusalError as refusal:
            yield (
                FileResult(received.name, REFUSED, refused=f"{refusal.what} {refusal.next_step}".strip()),
                None,
            )
            return
        self.known[received.sha256] = [
            FileResult(result.file, result.source, received=result.received) for result, _ in results
        ]
        yield from results

    def tables_of(self, file: ReceivedFile) -> Iterator[tuple[FileResult, Pending | None]]:
        """Yield each table of a file: one of a CSV, several of a workbook if we know their headings."""
        context = ReadingContext(
            force=self.force,
            vocabulary=self.vocabulary,
            corrections=self.corrections,
            file_name=file.base_name,
        )
        sheets = preview(file)
        read_sheets, refusals = 0, []
        for number, (sheet, rows) in enumerate(sheets):
            try:
                found = recognise(rows, SOURCES, self.mapped)
            except RefusalError as refusal:
                refusals.append(refusal)
                continue
            table = read_table(file, sheet, found.header_row)
            told = Told(f"{file.sha256[:20]}.{number}", file.name, file.sha256, self.at)
            taken = read(table, found.columns, found.contract, context, told)
            result = FileResult(
                file.name if len(sheets) == 1 else f"{file.name} [{sheet}]",
                found.contract.source,
                received=taken.received,
                quarantined=taken.quarantined.height,
                note=f"columns not used: {', '.join(found.unused)}" if found.unused else "",
            )
            read_sheets += 1
            yield result, Pending(taken, told, len(file.data), result)
        if not read_sheets:
            raise refusals[0]


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


def write(load: Load, pending: list[Pending]) -> None:
    """Load what was read, table by table, and the account of every file."""
    by_record: dict[type[Record], list[Pending]] = {}
    for item in pending:
        by_record.setdefault(item.intake.contract.record, []).append(item)
    for record, items in by_record.items():
        if record.load_mode is LoadMode.UPSERT:
            upsert(load, record, items)
        else:
            replace_slices(load, record, items)
    if pending:
        load.append(Quarantined.table, pl.concat([item.intake.quarantined for item in pending]))
        account(load, [batch_row(item) for item in pending])


def upsert(load: Load, record: type[Record], items: list[Pending]) -> None:
    rows = pl.concat([item.intake.accepted for item in items])
    done = load.upsert(record.table, rows, record.key, content_columns(record))
    for item in items:
        same = done.unchanged_by_batch.get(item.told.batch_id, 0)
        item.result.unchanged = item.intake.repeated + same
        item.result.accepted = item.intake.accepted.height - same


def replace_slices(load: Load, record: type[Record], items: list[Pending]) -> None:
    """Load files slice by slice; a later file of the same hand-over that brings a slice again replaces it."""
    waiting: list[Pending] = []
    slices: set[tuple[object, ...]] = set()
    for item in items:
        item.result.accepted = item.intake.accepted.height
        own = set(item.intake.accepted.select(record.slice_by).unique().iter_rows())
        if own & slices:
            note_replaced(load, record, waiting)
            waiting, slices = [], set()
        waiting.append(item)
        slices |= own
    note_replaced(load, record, waiting)


def note_replaced(load: Load, record: type[Record], items: list[Pending]) -> None:
    rows = pl.concat([item.intake.accepted for item in items])
    taken_out = load.replace_slices(record.table, rows, record.slice_by)
    if taken_out:
        words = f"replaced {taken_out:,} rows of the same force and month"
        for item in items:
            item.result.note = "; ".join(filter(None, (item.result.note, words)))


def batch_row(item: Pending) -> dict[str, object]:
    when = item.intake.contract.record.event_date
    days = item.intake.accepted[when] if when and item.intake.accepted.height else None
    first, last = (days.min(), days.max()) if days is not None else (None, None)
    return {
        "batch_id": item.told.batch_id,
        "file_row": 1,
        "told_at": item.told.at,
        "source": item.intake.contract.source,
        "file": item.result.file,
        "sha256": item.told.sha256,
        "size_bytes": item.size_bytes,
        "state": "read",
        **{name: getattr(item.result, name) for name in COUNTS},
        "first_on": first.date() if isinstance(first, datetime) else first,
        "last_on": last.date() if isinstance(last, datetime) else last,
        "mapping": None,
        "note": item.result.note or None,
    }


def account(load: Load, rows: list[dict[str, object]]) -> None:
    """Write the batches' accounts; one that does not add up is a fault of ours and stops the load."""
    frame = pl.DataFrame(rows, schema={name: column.dtype for name, column in Batch.columns().items()})
    load.upsert(Batch.table, Batch.validate(frame), Batch.key, [*content_columns(Batch)])
