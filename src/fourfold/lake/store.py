"""The lake: Delta tables read at a manifest, changed only inside a load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from fourfold.lake.lock import held
from fourfold.lake.manifest import Manifest, Manifests

if TYPE_CHECKING:
    from deltalake import DeltaTable

WAIT_SECONDS = 30.0
FILES_BEFORE_COMPACTING = 40
"""A table of more files than this is rewritten in fewer: many small ones slow every look-up."""

HISTORY_SUFFIX = "__earlier"
"""Beside each upserted table stands one with the rows that later ones took the place of."""


class Lake:
    """One folder of versioned tables.

    Readers name a manifest, or take the current one, and see the tables exactly as it pins them, whatever
    a load is doing meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifests = Manifests(folder / "manifests")

    def current(self) -> Manifest:
        return self.manifests.current()

    def path(self, table: str) -> Path:
        return self.folder / "tables" / table

    def scan(self, table: str, manifest: Manifest | None = None) -> pl.LazyFrame | None:
        """Return a table as the manifest pins it, lazily; None if it has never been loaded."""
        pinned = manifest or self.current()
        if table not in pinned.tables:
            return None
        return pl.scan_delta(str(self.path(table)), version=pinned.tables[table])

    def history(self, table: str, key: dict[str, str], manifest: Manifest | None = None) -> pl.DataFrame:
        """Return every telling of one key, oldest first, the standing one last; empty if it was never told."""
        match = pl.all_horizontal(pl.col(column) == value for column, value in key.items())
        found = []
        for name in (table + HISTORY_SUFFIX, table):
            frame = self.scan(name, manifest)
            if frame is not None:
                found.append(frame.filter(match).collect())
        return (
            pl.concat(found, how="diagonal").sort("told_at", maintain_order=True) if found else pl.DataFrame()
        )

    @contextmanager
    def load(self, why: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[Load]:
        """Open a load over any number of tables; leaving it without an error commits it whole.

        An error, or death at any point, leaves the current manifest and all that it pins as they were.
        """
        with held(self.folder, why, wait_seconds):
            load = Load(self, self.current())
            yield load
            load.commit(why)


@dataclass(frozen=True)
class Upserted:
    """What an upsert did to each batch's rows: those that were new or changed, and those that were not."""

    unchanged_by_batch: dict[str, int]


@dataclass
class Load:
    """The changes of one load, written table by table and seen by nobody until `commit`."""

    lake: Lake
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
        return self.lake.scan(table, self.seen())

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add rows to a table, making it if need be."""
        from deltalake import write_deltalake

        if not frame.height:
            return
        self._undo_leftovers(table)
        write_deltalake(str(self.lake.path(table)), frame, mode="append", schema_mode="merge")
        self._written(table)

    def replace_all(self, table: str, frame: pl.DataFrame) -> None:
        """Put a frame in place of a whole table (derived tables, made anew at each refresh)."""
        from deltalake import write_deltalake

        self._undo_leftovers(table)
        write_deltalake(str(self.lake.path(table)), frame, mode="overwrite", schema_mode="overwrite")
        self._written(table)

    def replace_slices(self, table: str, frame: pl.DataFrame, slice_by: Sequence[str]) -> int:
        """Put rows in place of all rows of the same slices; return how many rows that took out."""
        taken_out = 0
        standing = self.scan(table)
        if standing is not None:
            slices = frame.select(slice_by).unique()
            old = standing.select(slice_by).join(slices.lazy(), on=list(slice_by), how="semi")
            taken_out = int(old.select(pl.len()).collect().item())
            if taken_out:
                self._open(table).delete(slice_predicate(slices))
                self._written(table)
        self.append(table, frame)
        return taken_out

    def upsert(self, table: str, frame: pl.DataFrame, key: Sequence[str], content: Sequence[str]) -> Upserted:
        """Put each row in place of the one with its key, if it says anything new in the columns `content`.

        `frame` holds tellings in the order they were told, several of one key perhaps; each that differs
        from the one before it is kept, the last as the standing row and the others as history.
        """
        tellings = frame.with_row_index("telling_no")
        standing = self.scan(table)
        before = _standing_rows(standing, tellings, key) if standing is not None else None
        news, unchanged = _only_news(tellings, before, key, content)
        counts = dict(unchanged.group_by("batch_id").len().iter_rows())
        last = news.unique(key, keep="last", maintain_order=True)
        superseded = news.join(last.select("telling_no"), on="telling_no", how="anti", maintain_order="left")
        if before is not None and before.height:
            changed = before.join(last, on=list(key), how="semi", nulls_equal=True)
            self.append(table + HISTORY_SUFFIX, changed)
            self.append(table + HISTORY_SUFFIX, superseded.drop("telling_no"))
            fresh = last.join(changed, on=list(key), how="anti", maintain_order="left", nulls_equal=True)
            renewed = last.join(changed, on=list(key), how="semi", maintain_order="left", nulls_equal=True)
            self._merge(table, renewed.drop("telling_no"), key)
            self.append(table, fresh.drop("telling_no"))
        else:
            self.append(table + HISTORY_SUFFIX, superseded.drop("telling_no"))
            self.append(table, last.drop("telling_no"))
        return Upserted(counts)

    def commit(self, why: str) -> None:
        """Make the load's changes the current state; a load that changed nothing leaves no manifest."""
        if not self.versions and not self.derived:
            return
        for table in list(self.versions):
            self._compact(table)
        self.committed = Manifest(
            number=self.base.number + 1,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            why=why,
            tables={**self.base.tables, **self.versions},
            derived={**self.base.derived, **self.derived},
        )
        self.lake.manifests.commit(self.committed)

    def _merge(self, table: str, frame: pl.DataFrame, key: Sequence[str]) -> None:
        if not frame.height:
            return
        match = " AND ".join(f"standing.{column} = told.{column}" for column in key)
        (
            self._open(table)
            .merge(frame, predicate=match, source_alias="told", target_alias="standing")
            .when_matched_update_all()
            .execute()
        )
        self._written(table)

    def _open(self, table: str) -> DeltaTable:
        """Open a table that this load or the base knows, for writing."""
        from deltalake import DeltaTable

        self._undo_leftovers(table)
        return DeltaTable(str(self.lake.path(table)))

    def _undo_leftovers(self, table: str) -> None:
        """Take back what a load that died wrote into a table, so that this one does not commit it."""
        from deltalake import DeltaTable

        path = self.lake.path(table)
        if not DeltaTable.is_deltatable(str(path)):
            path.mkdir(parents=True, exist_ok=True)
            return
        opened = DeltaTable(str(path))
        pinned = self.versions.get(table, self.base.tables.get(table))
        if pinned is None:
            opened.delete()  # the first load of this table died: no reader was ever told of it
        elif opened.version() != pinned:
            opened.restore(pinned)

    def _written(self, table: str) -> None:
        from deltalake import DeltaTable

        self.versions[table] = DeltaTable(str(self.lake.path(table))).version()

    def _compact(self, table: str) -> None:
        opened = self._open(table)
        if len(opened.file_uris()) > FILES_BEFORE_COMPACTING:
            opened.optimize.compact()
            self._written(table)


def slice_predicate(slices: pl.DataFrame) -> str:
    """Write slices as a Delta predicate; values are quoted, so a name with an apostrophe is safe."""
    columns = slices.columns
    rows = []
    for row in slices.iter_rows():
        terms = [
            f"{column} = '{str(value).replace(chr(39), chr(39) * 2)}'"
            for column, value in zip(columns, row, strict=True)
        ]
        rows.append("(" + " AND ".join(terms) + ")")
    return " OR ".join(rows)


def _standing_rows(standing: pl.LazyFrame, tellings: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    keys = tellings.lazy().select(key).unique()
    return standing.join(keys, on=list(key), how="semi", nulls_equal=True).collect()


def _only_news(
    tellings: pl.DataFrame, before: pl.DataFrame | None, key: Sequence[str], content: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split tellings into those that say something new against the telling before, and those that do not."""
    columns = tellings.columns
    stood = None
    if before is not None and before.height:
        stood = before.with_columns(telling_no=pl.lit(-1, dtype=pl.Int64))
    rows = tellings.with_columns(pl.col("telling_no").cast(pl.Int64))
    if stood is None and not rows.select(pl.struct(key).is_duplicated().any()).item():
        return rows, rows.clear()
    together = (pl.concat([stood, rows], how="diagonal") if stood is not None else rows).sort(
        [*key, "telling_no"]
    )
    same_key = pl.all_horizontal(pl.col(column).eq_missing(pl.col(column).shift(1)) for column in key)
    same_content = pl.all_horizontal(pl.col(column).eq_missing(pl.col(column).shift(1)) for column in content)
    has_before = pl.int_range(pl.len()) > 0
    judged = together.with_columns(no_news=has_before & same_key & same_content).filter(
        pl.col("telling_no") >= 0
    )
    judged = judged.sort("telling_no").select([*columns, "no_news"])
    return judged.filter(~pl.col("no_news")).drop("no_news"), judged.filter("no_news").drop("no_news")
