"""A load: changes to any number of tables that are seen by nobody until its manifest stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import polars as pl

from fourfold.home import CouldNotRunError
from fourfold.lake.manifest import Manifest
from fourfold.lake.table import FROM_A_BACKUP, Table, storable
from fourfold.lake.tellings import only_news

FILES_BEFORE_COMPACTING = 40
"""A table of more files than this is rewritten in fewer: many small ones slow every look-up."""

HISTORY_SUFFIX = "__earlier"
"""Beside each upserted table stands one with the rows that later ones took the place of."""


@dataclass(frozen=True)
class Upserted:
    """What an upsert did: how many rows of each batch said nothing new and so were not written."""

    unchanged_by_batch: dict[str, int]


@dataclass
class Load:
    """The changes of one load, written table by table over `base`; `versions` says which they made.

    `derived` may be filled with what derived tables were made from. `committed` is the manifest that the
    load led to, None where it changed nothing.
    """

    table: Callable[[str], Table]
    base: Manifest
    versions: dict[str, int] = field(default_factory=dict)
    derived: dict[str, dict[str, str]] = field(default_factory=dict)
    committed: Manifest | None = None

    def seen(self) -> Manifest:
        """Return the manifest as this load sees it: its own changes over the base."""
        return replace(
            self.base, tables={**self.base.tables, **self.versions}, number=max(1, self.base.number)
        )

    def scan(self, table: str) -> pl.LazyFrame | None:
        """Return a table as this load has it so far, lazily; None if it has never been loaded."""
        pinned = self._pinned(table)
        return None if pinned is None else self.table(table).scan(pinned)

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add rows to a table, making it if need be."""
        if frame.height:
            opened = self._ready(table)
            # What stands in a table that no manifest names is left of a first load that died.
            is_new = self._pinned(table) is None
            self.versions[table] = opened.overwrite(frame) if is_new else opened.append(frame)

    def replace_all(self, table: str, frame: pl.DataFrame) -> None:
        """Put a frame in place of a whole table (derived tables, made anew at each refresh)."""
        self.versions[table] = self._ready(table).overwrite(frame)

    def replace_slices(self, table: str, frame: pl.DataFrame, slice_by: Sequence[str]) -> int:
        """Put rows in place of all rows of the same slices; return how many rows that took out."""
        taken_out = 0
        standing = self.scan(table)
        if standing is not None and frame.height:
            slices = frame.select(slice_by).unique(maintain_order=True)
            old = standing.select(slice_by).join(
                slices.lazy(), on=list(slice_by), how="semi", nulls_equal=True
            )
            taken_out = int(old.select(pl.len()).collect().item())
            if taken_out:
                self.versions[table] = self._ready(table).take_out(slices)
        self.append(table, frame)
        return taken_out

    def upsert(self, table: str, frame: pl.DataFrame, key: Sequence[str], content: Sequence[str]) -> Upserted:
        """Put each row in place of the one with its key, if it says anything new in the columns `content`.

        `frame` holds tellings in the order they were told, several of one key perhaps; each that differs
        from the one before it is kept, the last as the standing row and the others as history.
        """
        standing = self.scan(table)
        known = standing.collect_schema() if standing is not None else pl.Schema()
        tellings = storable(frame.with_row_index("telling_no"), known)
        stood = rows_with_keys(standing, tellings, key) if standing is not None else tellings.clear()
        news, unchanged = only_news(tellings, stood, key, content)
        last = news.unique(key, keep="last", maintain_order=True)
        superseded = news.join(last.select("telling_no"), on="telling_no", how="anti", maintain_order="left")
        changed = stood.join(last, on=list(key), how="semi", nulls_equal=True, maintain_order="left")
        history = table + HISTORY_SUFFIX
        self.append(history, changed.drop("telling_no", strict=False))
        self.append(history, superseded.drop("telling_no"))
        self._renew(table, last.join(changed, on=list(key), how="semi", nulls_equal=True), key)
        fresh = last.join(changed, on=list(key), how="anti", nulls_equal=True, maintain_order="left")
        self.append(table, fresh.drop("telling_no"))
        return Upserted(dict(unchanged.group_by("batch_id").len().iter_rows()))

    def finish(self, why: str) -> Manifest | None:
        """Return the manifest that makes the load's changes the current state; None if it changed nothing."""
        if not self.versions and not self.derived:
            return None
        for table in list(self.versions):
            self.versions[table] = self.table(table).compact(FILES_BEFORE_COMPACTING)
        self.committed = Manifest(
            number=self.base.number + 1,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            why=why,
            tables={**self.base.tables, **self.versions},
            derived={**self.base.derived, **self.derived},
        )
        return self.committed

    def _renew(self, table: str, rows: pl.DataFrame, key: Sequence[str]) -> None:
        if rows.height:
            self.versions[table] = self._ready(table).renew(rows.drop("telling_no"), key)

    def _pinned(self, table: str) -> int | None:
        return self.versions.get(table, self.base.tables.get(table))

    def _ready(self, table: str) -> Table:
        """Return a table for writing, with what a load that died wrote into it taken back.

        Raises CouldNotRunError where the manifest names a table that is gone: to begin it anew would
        lose its rows in silence.
        """
        opened, pinned = self.table(table), self._pinned(table)
        if pinned is not None:
            if not opened.exists:
                raise CouldNotRunError(f"The folder of the table {table} is gone.", FROM_A_BACKUP)
            if opened.newest() != pinned:
                opened.restore(pinned)
        return opened


def rows_with_keys(standing: pl.LazyFrame, tellings: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return the standing rows whose keys are told of again."""
    keys = tellings.lazy().select(key).unique()
    return standing.join(keys, on=list(key), how="semi", nulls_equal=True).collect()
