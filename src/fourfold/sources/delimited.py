"""CSV and its kin, divided by comma, semicolon, tab or bar: by a fast reader where every row is whole."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from fourfold.sources.disguises import refuse_markup
from fourfold.sources.encodings import UNREAD, Utf8, as_utf8, shown
from fourfold.sources.received import ReceivedFile, RefusalError
from fourfold.sources.text_table import ODD_LENGTH, ODD_TEXT, OddRow, TextTable

SIGNS = ",;\t|"
HEAD = 1 << 20
"""How much of a file is looked at to find its headings; no line of a table is that long."""
LINES_JUDGED = 30
ROWS_AT_ONCE = 50_000
NO_LIMIT = 2**31 - 1
END = "\x1f(end)\x1e"
"""A line of our own after the last: where it is swallowed, a quotation mark was never closed."""


class NotWholeError(Exception):
    """Some row is not whole, and only the patient reader can say which."""


class Head(NamedTuple):
    """Where the rows begin: the headings, and how many lines and bytes they and what stands above take."""

    headings: list[str]
    lines: int
    length: int


def first_rows(file: ReceivedFile, count: int) -> list[list[str]]:
    """Return the first records, blank ones too; raises RefusalError for what is no table of text."""
    head = head_of(as_utf8(file).data)
    refuse_markup(head[:400])
    if not head.strip():
        raise RefusalError("it is empty.", "Ask the sender to send it again.")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter_of(head))
    with cells_of_any_length():
        return [[shown(cell) for cell in row] for row, _ in zip(reader, range(count), strict=False)]


def read(file: ReceivedFile, header_row: int) -> TextTable:
    """Read a table whose headings are record `header_row`; raises RefusalError where it is cut short."""
    text = as_utf8(file)
    delimiter = delimiter_of(head_of(text.data))
    if text.is_sound:
        head = rows_begin(text.data, header_row, delimiter)
        try:
            if b'"' not in text.data:
                return unquoted_rows(text.data, head, header_row, delimiter)
            return quoted_rows(text.data, head, header_row, delimiter)
        except NotWholeError:
            pass
    return patient_rows(text, header_row, delimiter)


def head_of(data: bytes) -> str:
    """Return the whole lines of a file's beginning; raises RefusalError for a line that no table has."""
    head = data[:HEAD]
    if len(data) > HEAD:
        end = head.rfind(b"\n")
        if end < 0:
            raise RefusalError(
                "its first line is longer than a million characters: it has too many columns, or is no table.",
                "Ask the sender for the table alone, as CSV or XLSX.",
            )
        head = head[: end + 1]
    return head.decode("utf-8", errors="surrogateescape")


def delimiter_of(head: str) -> str:
    """Return the sign by which the most lines fall into the same number of cells."""
    lines = io.StringIO(head, newline="").readlines()[:LINES_JUDGED]

    def agreement(sign: str) -> tuple[int, int]:
        with cells_of_any_length():
            lengths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        return max(((count, length) for length, count in lengths.items()), default=(0, 0))

    return max(SIGNS, key=agreement)


class cells_of_any_length:  # noqa: N801 - reads as a phrase after `with`
    """Let Python's reader take cells beyond its limit of 131,072 characters, and put the limit back after."""

    def __enter__(self) -> None:
        self.before = csv.field_size_limit(NO_LIMIT)

    def __exit__(self, *_: object) -> None:
        csv.field_size_limit(self.before)


def rows_begin(data: bytes, header_row: int, delimiter: str) -> Head:
    """Find the headings and where they end; a heading or title may itself have line ends in quotes."""
    lines = length = 0

    def counted() -> Iterator[str]:
        nonlocal lines, length
        for line in io.BytesIO(data[:HEAD]):
            lines += 1
            length += len(line)
            yield line.decode("utf-8")

    reader = csv.reader(counted(), delimiter=delimiter)
    headings: list[str] = []
    for _ in range(header_row + 1):
        headings = next(reader, [])
    return Head(headings, lines, length)


def unquoted_rows(data: bytes, head: Head, header_row: int, delimiter: str) -> TextTable:
    """Read a file without quotes, in parallel; raises NotWholeError where a row is not whole.

    The reader fills short rows up in silence, passes over blank lines and refuses long rows, so the
    delimiters are counted: the right number over all lines, and no long row, means that all are whole.
    """
    sign, width = delimiter.encode(), len(head.headings)
    rows = data.count(b"\n") + (not data.endswith(b"\n")) - head.lines
    signs = data.count(sign) - data.count(sign, 0, head.length)
    if rows < 1 or width < 2 or signs != rows * (width - 1):
        raise NotWholeError
    try:
        cells = pl.read_csv(
            data,
            has_header=False,
            skip_lines=head.lines,
            schema=dict.fromkeys((f"c{place}" for place in range(width)), pl.String),
            separator=delimiter,
            quote_char=None,
            row_index_name="file_row",
            row_index_offset=header_row + 2,
        )
    except pl.exceptions.PolarsError as error:
        raise NotWholeError from error
    return TextTable(tidied(head.headings), cells.with_columns(pl.col("file_row").cast(pl.Int64)))


def quoted_rows(data: bytes, head: Head, header_row: int, delimiter: str) -> TextTable:
    """Read a file with quoted cells, in parallel; raises NotWholeError where a row is not whole.

    The reader takes a quotation mark that is never closed for one that closes at the end of the file. So a
    last row with a line end in a cell, or an odd number of marks in its line, is left to the patient reader.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    last_line = data[data.rfind(b"\n", 0, len(data) - 1) + 1 :]
    if last_line.count(b'"') % 2 or head.length >= len(data):
        raise NotWholeError
    names = [f"c{place}" for place in range(len(head.headings))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(data)[head.length :])),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=16 << 20),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.large_string() for name in names},
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise NotWholeError from error
    cells = pl.DataFrame(pl.from_arrow(table)).with_row_index("file_row", offset=header_row + 2)
    if any(isinstance(cell, str) and "\n" in cell for cell in cells.tail(1).row(0)):
        raise NotWholeError
    return TextTable(tidied(head.headings), cells.with_columns(pl.col("file_row").cast(pl.Int64)))


def tidied(headings: list[str]) -> tuple[str, ...]:
    return tuple(shown(heading).strip() for heading in headings)


def patient_rows(text: Utf8, header_row: int, delimiter: str) -> TextTable:
    """Read record by record, setting aside those with too few or too many cells or unreadable characters.

    Raises RefusalError where the last row is cut off or a quotation mark is never closed.
    """
    headings: tuple[str, ...] = ()
    frames, good, odd = [], list[tuple[str | int, ...]](), list[OddRow]()
    number, last = 0, list[str]()
    with cells_of_any_length():
        for number, row in enumerate(csv.reader(lines_and_end(text.data), delimiter=delimiter), start=1):
            if row == [END]:
                break
            last = row
            if number == header_row + 1:
                headings = tidied(row)
            elif number > header_row + 1 and any(cell.strip() for cell in row):
                why = what_is_odd(row, headings)
                if why:
                    odd.append(OddRow(number, tuple(shown(cell) for cell in row), *why))
                else:
                    good.append((number, *row))
            if len(good) == ROWS_AT_ONCE:
                frames.append(framed(good, len(headings)))
                good = []
        else:
            raise never_closed(number)
    frames.append(framed(good, len(headings)))
    if number > header_row + 2 and len(last) < len(headings) and not text.data.endswith(b"\n"):
        raise RefusalError(
            f"it is cut short: its last row (row {number - 1}) has {len(last)} of {len(headings)} cells.",
            "Ask the sender to send it again, whole.",
        )
    return TextTable(headings, pl.concat(frames), tuple(odd))


def lines_and_end(data: bytes) -> Iterator[str]:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="surrogateescape", newline="")
    yield from lines
    yield END


def what_is_odd(row: list[str], headings: tuple[str, ...]) -> tuple[str, str] | None:
    if len(row) != len(headings):
        return ODD_LENGTH
    if any(not cell.isascii() and UNREAD.search(cell) for cell in row):
        return ODD_TEXT[0], f"{ODD_TEXT[1]}: they are shown as Windows-1252, compare them with the original"
    if any("\x00" in cell for cell in row):
        return ODD_TEXT
    return None


def framed(rows: list[tuple[str | int, ...]], width: int) -> pl.DataFrame:
    schema = {"file_row": pl.Int64, **{f"c{place}": pl.String for place in range(width)}}
    return pl.DataFrame(rows, schema=schema, orient="row")


def never_closed(row: int) -> RefusalError:
    return RefusalError(
        f"a quotation mark in row {row} is never closed, so the rows after it cannot be told apart: the file "
        "is cut short, or the mark is a stray one.",
        "Ask the sender to send it again, whole; or close the mark and hand it in.",
    )
