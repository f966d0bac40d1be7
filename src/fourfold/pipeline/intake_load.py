"""What was read, loaded into the lake: each record by its own mode, the rows set aside, and every file's account."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import polars as pl

from fourfold.lake import Load
from fourfold.records import Batch, Quarantined, Record
from fourfold.records.base import LoadMode, content_columns
from fourfold.sources.reader import Intake, Told

REFUSED = "not read"
"""The source of a file that was refused whole: nobody can say what it is."""
COUNTS = ("received", "accepted", "quarantined", "unchanged")
ROWS_IN_ONE_LOAD = 4_000_000
"""Beyond this many rows a hand-over is committed in several loads, so that memory stays bounded."""

Slice = tuple[object, ...]


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

    def add_note(self, words: str) -> None:
        self.note = "; ".join(filter(None, (self.note, words)))


@dataclass
class Pending:
    """One file's rows, read and not yet loaded. `read_with` is what the reading rested on beside the file."""

    intake: Intake
    told: Told
    size_bytes: int
    result: FileResult
    read_with: str | None = None

    @cached_property
    def slices(self) -> set[tuple[str, Slice]]:
        """The slices that the file brings whole; none for a record whose rows have keys."""
        record = self.intake.contract.record
        if record.load_mode is LoadMode.UPSERT:
            return set()
        rows = self.intake.accepted.select(record.slice_by).unique().iter_rows()
        return {(record.table, row) for row in rows}


@dataclass
class Together:
    """Files that one load takes in. No slice comes twice in it: what a later file replaces has been in a manifest."""

    items: list[Pending] = field(default_factory=list)
    slices: set[tuple[str, Slice]] = field(default_factory=set)
    rows: int = 0

    def has_room_for(self, item: Pending) -> bool:
        return self.rows < ROWS_IN_ONE_LOAD and not (item.slices & self.slices)

    def add(self, item: Pending) -> None:
        self.items.append(item)
        self.slices |= item.slices
        self.rows += item.intake.received


def write(load: Load, pending: list[Pending]) -> None:
    """Load what was read, record by record, and the account of every file."""
    if not pending:
        return
    by_record: dict[type[Record], list[Pending]] = {}
    for item in pending:
        by_record.setdefault(item.intake.contract.record, []).append(item)
    for record, items in by_record.items():
        if record.load_mode is LoadMode.UPSERT:
            upsert(load, record, items)
        else:
            replace_slices(load, record, items)
    load.append(Quarantined.table, pl.concat([item.intake.quarantined for item in pending]))
    account(load, pending)


def upsert(load: Load, record: type[Record], items: list[Pending]) -> None:
    rows = pl.concat([item.intake.accepted for item in items])
    done = load.upsert(record.table, rows, record.key, content_columns(record))
    for item in items:
        same = done.unchanged_by_batch.get(item.told.batch_id, 0)
        item.result.unchanged = item.intake.repeated + same
        item.result.accepted = item.intake.accepted.height - same


def replace_slices(load: Load, record: type[Record], items: list[Pending]) -> None:
    """Put the files' rows in place of all rows of the same force and month, and note how many went."""
    stood = rows_by_slice(load, record)
    for item in items:
        item.result.accepted = item.intake.accepted.height
        gone = sum(stood.get(one, 0) for _, one in item.slices)
        if gone:
            item.result.add_note(f"replaced {gone:,} rows of the same force and month")
    rows = pl.concat([item.intake.accepted for item in items])
    load.replace_slices(record.table, rows, record.slice_by)


def rows_by_slice(load: Load, record: type[Record]) -> dict[Slice, int]:
    standing = load.scan(record.table)
    if standing is None:
        return {}
    return {tuple(row[:-1]): row[-1] for row in standing.group_by(record.slice_by).len().collect().rows()}


def account(load: Load, items: list[Pending]) -> None:
    """Write the files' accounts; one that does not add up is a fault of ours and stops the load."""
    account_rows(load, [batch_row(item) for item in items])


def account_rows(load: Load, rows: list[dict[str, object]]) -> None:
    if rows:
        schema = {name: column.dtype for name, column in Batch.columns().items()}
        frame = pl.DataFrame(rows, schema=schema)
        load.upsert(Batch.table, Batch.validate(frame), Batch.key, content_columns(Batch))


def refused_row(
    name: str, words: str, sha256: str | None, size_bytes: int, told_at: datetime
) -> dict[str, object]:
    """Return the account of a refused file; the same file refused in the same words has the same name."""
    known_by = f"{name}\n{sha256}\n{words}"
    return {
        "batch_id": f"refused-{hashlib.sha256(known_by.encode()).hexdigest()[:20]}",
        "file_row": 1,
        "told_at": told_at,
        "source": REFUSED,
        "file": name,
        "sha256": sha256,
        "size_bytes": size_bytes,
        "state": "refused",
        **dict.fromkeys(COUNTS, 0),
        "note": words,
    }


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
        "mapping": item.read_with,
        "note": item.result.note or None,
    }
