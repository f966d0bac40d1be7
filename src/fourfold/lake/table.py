"""One Delta table: every change is one commit, and every version stays readable for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
from deltalake import DeltaTable, PostCommitHookProperties, write_deltalake
from deltalake.exceptions import DeltaError

from fourfold.home import CouldNotRunError

KEEP_EVERY_VERSION = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)
"""Delta's own habit is to drop log entries older than 30 days, and old manifests with them."""

FROM_A_BACKUP = "Restore the lake from a backup; `fourfold doctor` lists what is missing."
NOTHING_KEPT = "Nothing of this load was kept. Put that right, then run it again."


@dataclass(frozen=True)
class Table:
    """A table in its folder. Each change returns the version it made; nothing is ever vacuumed."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def exists(self) -> bool:
        return self.folder.is_dir() and DeltaTable.is_deltatable(str(self.folder))

    def newest(self) -> int:
        """Return the newest version, which a load that died may have left."""
        with plain_words(self.name, "read", FROM_A_BACKUP):
            return self._open().version()

    def files(self, version: int) -> list[Path]:
        """Return the files that hold a version's rows; raises CouldNotRunError if the version is not there."""
        with plain_words(self.name, "read", FROM_A_BACKUP):
            return files_of(self.folder, DeltaTable(str(self.folder), version=version))

    def scan(self, version: int) -> pl.LazyFrame:
        """Return the rows of a version, lazily; a column that a file does not have yet is null.

        The files are named one by one: Polars' own reader of Delta tables cannot find them in a folder
        with a space or an accent in its path.
        """
        with plain_words(self.name, "read", FROM_A_BACKUP):
            schema, files = version_of(self.folder, version, self._written(version))
        if not files:
            return pl.LazyFrame(schema=schema)
        return pl.scan_parquet(
            list(files), schema=schema, missing_columns="insert", glob=False, hive_partitioning=False
        )

    def append(self, frame: pl.DataFrame) -> int:
        """Add rows, and columns that are new."""
        told = storable(frame, self._schema())
        with self._writing() as path:
            write_deltalake(
                path,
                told,
                mode="append",
                schema_mode="merge",
                post_commithook_properties=KEEP_EVERY_VERSION,
            )
        return self.newest()

    def overwrite(self, frame: pl.DataFrame) -> int:
        """Put a frame in place of all rows and columns, making the table if need be."""
        told = storable(frame, pl.Schema())
        with self._writing() as path:
            write_deltalake(
                path,
                told,
                mode="overwrite",
                schema_mode="overwrite",
                post_commithook_properties=KEEP_EVERY_VERSION,
            )
        return self.newest()

    def renew(self, frame: pl.DataFrame, key: Sequence[str]) -> int:
        """Put each row in place of the one with its key."""
        match = " AND ".join(f"(standing.{column} IS NOT DISTINCT FROM told.{column})" for column in key)
        told = storable(frame, self._schema())
        with plain_words(self.name, "written", NOTHING_KEPT):
            opened = self._open()
            opened.merge(
                told,
                predicate=match,
                source_alias="told",
                target_alias="standing",
                merge_schema=True,
                post_commithook_properties=KEEP_EVERY_VERSION,
            ).when_matched_update_all().execute()
            return opened.version()

    def take_out(self, slices: pl.DataFrame) -> int:
        """Delete every row whose values are those of one row of `slices`."""
        with plain_words(self.name, "written", NOTHING_KEPT):
            opened = self._open()
            opened.delete(slice_predicate(slices), post_commithook_properties=KEEP_EVERY_VERSION)
            return opened.version()

    def restore(self, version: int) -> int:
        """Make the newest version hold what an older one held."""
        with plain_words(self.name, "restored", FROM_A_BACKUP):
            opened = self._open()
            opened.restore(version, post_commithook_properties=KEEP_EVERY_VERSION)
            return opened.version()

    def compact(self, files_at_most: int) -> int:
        """Rewrite many small files as few; older versions keep reading their own files."""
        with plain_words(self.name, "written", NOTHING_KEPT):
            opened = self._open()
            if len(opened.file_uris()) > files_at_most:
                opened.optimize.compact(post_commithook_properties=KEEP_EVERY_VERSION)
            return opened.version()

    def _open(self) -> DeltaTable:
        return DeltaTable(str(self.folder))

    def _schema(self) -> pl.Schema:
        return pl.Schema(self._open().schema().to_arrow()) if self.exists else pl.Schema()

    def _written(self, version: int) -> tuple[int, int]:
        """Return when the log entry of a version was written and its size; a lake put in this one's place has others."""
        entry = (self.folder / "_delta_log" / f"{version:020d}.json").stat()
        return entry.st_mtime_ns, entry.st_size

    @contextmanager
    def _writing(self) -> Iterator[str]:
        with plain_words(self.name, "written", NOTHING_KEPT):
            self.folder.mkdir(parents=True, exist_ok=True)
            yield str(self.folder)


@lru_cache(maxsize=512)
def version_of(folder: Path, version: int, written: tuple[int, int]) -> tuple[pl.Schema, tuple[Path, ...]]:
    """Return the columns and files of a version, which never change once it is written."""
    opened = DeltaTable(str(folder), version=version)
    return pl.Schema(opened.schema().to_arrow()), tuple(files_of(folder, opened))


def files_of(folder: Path, opened: DeltaTable) -> list[Path]:
    """Return the files of an opened table."""
    # Delta writes the folder percent-encoded; the tables have no partitions, so the last part is the file.
    return [folder / uri.rpartition("/")[2] for uri in opened.file_uris()]


@contextmanager
def plain_words(table: str, done: str, next_step: str) -> Iterator[None]:
    """Turn what Delta and the disk say into a sentence; raises CouldNotRunError."""
    try:
        yield
    except (DeltaError, OSError) as error:
        first_line = (str(error).splitlines() or ["no reason given"])[0]
        reason = error.strerror if isinstance(error, OSError) else first_line.rpartition(": ")[2]
        raise CouldNotRunError(
            f"The table {table} cannot be {done}: {(reason or first_line).rstrip('.')}.", next_step
        ) from error


def storable(frame: pl.DataFrame, known: pl.Schema) -> pl.DataFrame:
    """Give columns of types that Delta cannot keep the nearest type that it can.

    A column of nothing but gaps has the type the table knows for it; unsigned numbers would come back
    with a sign.
    """
    types: dict[str, pl.DataType] = {}
    for name, dtype in frame.schema.items():
        if dtype == pl.Null:
            types[name] = known.get(name, pl.String())
        elif isinstance(dtype, pl.Categorical | pl.Enum):
            types[name] = pl.String()
        elif dtype.is_unsigned_integer():
            types[name] = pl.Int64()
    return frame.cast(types) if types else frame  # type: ignore[arg-type]


def slice_predicate(slices: pl.DataFrame) -> str:
    """Write slices as a Delta predicate: one term for each combination of all columns but the last.

    Values are quoted, so a name with an apostrophe is safe; a missing value matches a missing one.
    """
    *outer, last = slices.columns
    groups = slices.group_by(outer, maintain_order=True) if outer else [((), slices)]
    terms = []
    for values, rows in groups:
        same = [equals(column, [value]) for column, value in zip(outer, values, strict=True)]
        terms.append("(" + " AND ".join([*same, equals(last, rows[last].to_list())]) + ")")
    return " OR ".join(terms)


def equals(column: str, values: list[object]) -> str:
    told = [literal(value) for value in values if value is not None]
    terms = [f"{column} IN ({', '.join(told)})"] if told else []
    terms += [f"{column} IS NULL"] if len(told) < len(values) else []
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def literal(value: object) -> str:
    """Write a value in SQL; raises TypeError for a type that slices are not made of."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if type(value) is date:
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"rows are not put into slices by a {type(value).__name__}")
