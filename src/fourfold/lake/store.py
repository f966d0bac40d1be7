"""The lake: Delta tables read at a manifest, changed only inside a load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from fourfold.lake.load import HISTORY_SUFFIX, Load
from fourfold.lake.lock import held
from fourfold.lake.manifest import Manifest, Manifests
from fourfold.lake.table import Table

WAIT_SECONDS = 30.0


class Lake:
    """One folder of versioned tables.

    Readers name a manifest, or take the current one, and see the tables exactly as it pins them, whatever
    a load is doing meanwhile. They take no lock. Nothing that a manifest pins is ever removed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifests = Manifests(folder / "manifests")

    def current(self) -> Manifest:
        """Return the manifest that stands; an empty one before the first load."""
        return self.manifests.current()

    def table(self, name: str) -> Table:
        """Return one table, whether it has been made yet or not."""
        return Table(self.folder / "tables" / name)

    def scan(self, table: str, manifest: Manifest | None = None) -> pl.LazyFrame | None:
        """Return a table as the manifest pins it, lazily; None if it has never been loaded.

        Raises CouldNotRunError where the manifest names a table whose folder is gone or damaged.
        """
        pinned = manifest or self.current()
        if table not in pinned.tables:
            return None
        return self.table(table).scan(pinned.tables[table])

    def history(self, table: str, key: dict[str, str], manifest: Manifest | None = None) -> pl.DataFrame:
        """Return every telling of one key, oldest first, the standing one last; empty if it was never told."""
        match = pl.all_horizontal(pl.col(column) == value for column, value in key.items())
        pinned = manifest or self.current()
        earlier, standing = (self.scan(name, pinned) for name in (table + HISTORY_SUFFIX, table))
        found = []
        if earlier is not None:
            found.append(earlier.filter(match).sort("told_at", maintain_order=True).collect())
        if standing is not None:
            found.append(standing.filter(match).collect())
        return pl.concat(found, how="diagonal") if found else pl.DataFrame()

    @contextmanager
    def load(self, why: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[Load]:
        """Open a load over any number of tables; leaving it without an error commits it whole.

        An error, or death at any point, leaves the current manifest and all that it pins as they were.
        Raises CouldNotRunError where another load holds the lake for longer than `wait_seconds`.
        """
        with held(self.folder, why, wait_seconds):
            load = Load(self.table, self.current())
            yield load
            manifest = load.finish(why)
            if manifest is not None:
                self.manifests.commit(manifest)
