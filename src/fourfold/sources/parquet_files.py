"""Parquet as text, so that it passes the same rules as every other file."""

from __future__ import annotations

import io

import polars as pl

from fourfold.sources.limits import Limits
from fourfold.sources.received import ReceivedFile, RefusalError
from fourfold.sources.text_table import TextTable


def headings_of(file: ReceivedFile) -> list[str]:
    """Return the names of the columns; raises RefusalError for a damaged file."""
    return list(described(file)[0])


def described(file: ReceivedFile) -> tuple[list[str], int]:
    """Return the columns' names and the number of rows, from the file's own account of itself."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        told = parquet.ParquetFile(io.BytesIO(file.data))
        return list(told.schema_arrow.names), told.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise damaged() from error


def read(file: ReceivedFile, limits: Limits) -> TextTable:
    """Read every column as text; raises RefusalError for damage, for lists within cells, and for a bomb."""
    names, rows = described(file)
    if rows * len(names) > limits.table_cells:
        raise RefusalError(
            f"it claims {rows:,} rows of {len(names)} columns, more than a table here may hold.",
            "Ask the sender for it in parts, one a month for example.",
        )
    try:
        frame = pl.read_parquet(io.BytesIO(file.data))
        cells = frame.select(
            as_text(name, kind, place) for place, (name, kind) in enumerate(frame.schema.items())
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise damaged() from error
    cells = cells.with_row_index("file_row", offset=1).with_columns(pl.col("file_row").cast(pl.Int64))
    return TextTable(tuple(names), cells)


def as_text(name: str, kind: pl.DataType, place: int) -> pl.Expr:
    column = pl.col(name)
    if kind.is_nested() or kind == pl.Binary:
        raise RefusalError(
            f"its column {name} holds lists or bytes, not text.", "Ask the sender for a flat table."
        )
    if isinstance(kind, pl.Datetime):
        column = column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z" if kind.time_zone else "%Y-%m-%dT%H:%M:%S%.6f")
    return column.cast(pl.String).alias(f"c{place}")


def damaged() -> RefusalError:
    return RefusalError("the Parquet file is damaged or cut short.", "Ask the sender to send it again.")
