"""One file's bytes to a table of text: CSV in its encodings, XLSX, Parquet. Nothing is interpreted yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from fourfold.sources.files import ReceivedFile, RefusalError

HEADER_SEARCH_ROWS = 12
"""How many rows a title or a marking may take before the headings."""


@dataclass(frozen=True)
class TextTable:
    """A table of text: `cells` has columns `c0`, `c1`, ... beside `file_row`, in the order of `headings`.

    `file_row` is the row number a spreadsheet shows. `odd` holds the rows that have another number of
    cells than there are headings, or text that no encoding reads: row number, cells, what is wrong.
    """

    headings: tuple[str, ...]
    cells: pl.DataFrame
    odd: tuple[tuple[int, tuple[str, ...], str], ...] = ()
    sheet: str = ""

    @property
    def received(self) -> int:
        return self.cells.height + len(self.odd)


ODD_LENGTH = "row has another number of cells than the file has headings"
ODD_TEXT = "row has characters that cannot be read"


def preview(file: ReceivedFile) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows of each sheet (one, unnamed, for CSV and Parquet), to find the headings by.

    Raises RefusalError for a file that is no table at all.
    """
    if file.data[:4] == b"PK\x03\x04":
        return [(sheet, first_rows_of_sheet(file, sheet)) for sheet in sheet_names(file)]
    if file.data[:4] == b"PAR1":
        return [("", [list(parquet(file).columns)])]
    text, _ = decoded(file, head_only=True)
    return [("", first_rows_of_text(text, file.name))]


def read_table(file: ReceivedFile, sheet: str, header_row: int) -> TextTable:
    """Read one table whose headings stand in row `header_row` (counted from 0).

    Raises RefusalError for a file that is cut short or has no rows.
    """
    if file.data[:4] == b"PK\x03\x04":
        table = table_of_sheet(file, sheet, header_row)
    elif file.data[:4] == b"PAR1":
        table = table_of_parquet(file)
    else:
        table = table_of_csv(file, header_row)
    if not table.received:
        raise RefusalError(
            "it has headings but no rows.",
            "Ask the sender whether the period was empty or the file was cut short.",
        )
    return table


# --- CSV ---------------------------------------------------------------------------------------


def decoded(file: ReceivedFile, head_only: bool = False) -> tuple[str, str]:
    """Return a text file's text and the encoding it was read in; bytes that no encoding has become U+FFFD.

    UTF-8 with or without a mark, UTF-16 with one, else Windows-1252 if no line is valid multi-byte
    UTF-8 (a file that mixes the two keeps its unreadable characters marked, row by row).
    """
    data = file.data[:65536] if head_only else file.data
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    if b"\x00" in data[:65536]:
        raise RefusalError("it is not a text file.", "Ask the sender for the table as CSV or XLSX.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if head_only and len(file.data) > len(data):
        data = data[: data.rfind(b"\n") + 1] or data
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if not head_only and mixes_encodings(data):
        return data.decode("utf-8", errors="replace"), "utf-8"
    return data.decode("cp1252", errors="replace"), "windows-1252"


def mixes_encodings(data: bytes) -> bool:
    """Say whether a file has both well-formed UTF-8 beyond ASCII and bytes that are not UTF-8."""
    for line in data.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def first_rows_of_text(text: str, name: str) -> list[list[str]]:
    start = text.lstrip()[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise RefusalError(
            "it is a web page, not a table.",
            "Download the file itself; a sign-in page may have been saved in its place.",
        )
    if start.startswith(("{", "[{")):
        raise RefusalError("it is JSON, not a table.", "Ask the sender for CSV or XLSX.")
    lines = text.splitlines()[: HEADER_SEARCH_ROWS + 1]
    if not lines:
        raise RefusalError("it is empty.", "Ask the sender to send it again.")
    return list(csv.reader(lines, delimiter=delimiter_of(lines)))


def delimiter_of(lines: Sequence[str]) -> str:
    """Return the sign that divides the most cells in the first rows: comma, semicolon, tab or bar."""
    return max(",;\t|", key=lambda sign: max(line.count(sign) for line in lines))


def table_of_csv(file: ReceivedFile, header_row: int) -> TextTable:
    """Read a CSV file: by a fast reader where every row is whole, by a patient one where some are not."""
    import pyarrow as pa

    data, encoding = decoded_for_reading(file)
    lines = data[:65536].decode("utf-8", errors="replace").splitlines()[: HEADER_SEARCH_ROWS + 1]
    delimiter = delimiter_of(lines)
    if encoding != "with faults":
        headings = next(csv.reader(lines[header_row:], delimiter=delimiter))
        try:
            if b'"' not in data:
                return unquoted_rows(data, headings, header_row, delimiter)
            return quoted_rows(data, headings, header_row, delimiter)
        except (pa.ArrowInvalid, NotWholeError):
            pass  # some row is not whole: the patient reader says which
    return patient_rows(data.decode("utf-8"), header_row, delimiter)


class NotWholeError(Exception):
    """A row has another number of cells than there are headings."""


def unquoted_rows(data: bytes, headings: list[str], header_row: int, delimiter: str) -> TextTable:
    """Read a CSV without quotes, in parallel; raises NotWholeError where a row is not whole.

    The reader fills short rows up in silence and refuses long ones, so the delimiters are counted: the
    right number of them over all rows, and no long row, means that every row is whole.
    """
    rows = data.count(b"\n") + (not data.endswith(b"\n")) - header_row - 1
    body = data if header_row == 0 else data[position_of_line(data, header_row) :]
    if rows < 1 or body.count(delimiter.encode()) != (rows + 1) * (len(headings) - 1) or len(headings) < 2:
        raise NotWholeError
    try:
        cells = pl.read_csv(
            body,
            has_header=False,
            skip_lines=1,
            new_columns=[f"c{place}" for place in range(len(headings))],
            separator=delimiter,
            quote_char=None,
            infer_schema=False,
            row_index_name="file_row",
            row_index_offset=header_row + 2,
        )
    except pl.exceptions.ComputeError as error:
        raise NotWholeError from error
    return TextTable(tidy_headings(headings), cells.with_columns(pl.col("file_row").cast(pl.Int64)))


def position_of_line(data: bytes, number: int) -> int:
    at = 0
    for _ in range(number):
        at = data.index(b"\n", at) + 1
    return at


def tidy_headings(headings: list[str]) -> tuple[str, ...]:
    return tuple(heading.strip() for heading in headings)


def decoded_for_reading(file: ReceivedFile) -> tuple[bytes, str]:
    """Return the file as UTF-8 bytes without mark or blank tail; plain UTF-8 is not copied through text."""
    data = file.data
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        bare = data.removeprefix(b"\xef\xbb\xbf")
        if is_utf8(bare):
            return without_blank_tail(bare), "utf-8"
    text, encoding = decoded(file)
    if "\ufffd" in text:
        encoding = "with faults"
    return without_blank_tail(text.encode("utf-8")), encoding


def without_blank_tail(data: bytes) -> bytes:
    """Take blank lines off the end; a single line end stays, so that most files are not copied."""
    return (
        data.rstrip(b"\r\n")
        if data[-4:].strip(b"\r\n") == b"" or data.endswith((b"\n\n", b"\n\r\n"))
        else data
    )


def is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def quoted_rows(data: bytes, headings: list[str], header_row: int, delimiter: str) -> TextTable:
    """Read a CSV with quoted cells; raises ArrowInvalid where a row is not whole."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [f"c{place}" for place in range(len(headings))]
    table = arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(
            column_names=names, skip_rows_after_names=header_row + 1, block_size=16 << 20
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.large_string() for name in names},
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    cells = pl.DataFrame(pl.from_arrow(table)).with_row_index("file_row", offset=header_row + 2)
    return TextTable(tidy_headings(headings), cells.with_columns(pl.col("file_row").cast(pl.Int64)))


def patient_rows(text: str, header_row: int, delimiter: str) -> TextTable:
    """Read a CSV row by row, setting aside rows with too few or too many cells or unreadable characters.

    Raises RefusalError where the last row is cut off: the file is not whole.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    rows = list(reader)
    headings = tuple(heading.strip() for heading in rows[header_row])
    good: list[tuple[int, list[str]]] = []
    odd: list[tuple[int, tuple[str, ...], str]] = []
    for number, cells in enumerate(rows[header_row + 1 :], start=header_row + 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            odd.append((number, tuple(cells), ODD_LENGTH))
        elif any("\ufffd" in cell for cell in cells):
            odd.append((number, tuple(cells), ODD_TEXT))
        else:
            good.append((number, cells))
    refuse_if_cut_short(rows, headings, text)
    columns = {f"c{place}": [cells[place] for _, cells in good] for place in range(len(headings))}
    frame = pl.DataFrame(
        {"file_row": [number for number, _ in good], **columns},
        schema={"file_row": pl.Int64, **dict.fromkeys(columns, pl.String)},
    )
    return TextTable(headings, frame, tuple(odd))


def refuse_if_cut_short(rows: list[list[str]], headings: tuple[str, ...], text: str) -> None:
    last = rows[-1]
    open_quote = text.count('"') % 2 == 1
    if len(rows) > 1 and (open_quote or len(last) < len(headings)) and not text.endswith("\n"):
        raise RefusalError(
            f"it is cut short: its last row (row {len(rows)}) has {len(last)} of {len(headings)} cells.",
            "Ask the sender to send it again, whole.",
        )


# --- XLSX --------------------------------------------------------------------------------------


def sheet_names(file: ReceivedFile) -> list[str]:
    import fastexcel

    try:
        return list(fastexcel.read_excel(file.data).sheet_names)
    except fastexcel.FastExcelError as error:
        raise RefusalError(
            "the workbook cannot be opened.", "Open it, save it again as .xlsx, and hand it in."
        ) from error


def sheet_text(file: ReceivedFile, sheet: str, rows: int | None = None) -> pl.DataFrame:
    import fastexcel

    try:
        book = fastexcel.read_excel(file.data)
        return pl.DataFrame(book.load_sheet(sheet, header_row=None, n_rows=rows, dtypes="string").to_polars())
    except fastexcel.FastExcelError as error:
        raise RefusalError(
            f"its sheet '{sheet}' cannot be read.", "Save it again as .xlsx and hand it in."
        ) from error


def first_rows_of_sheet(file: ReceivedFile, sheet: str) -> list[list[str]]:
    frame = sheet_text(file, sheet, HEADER_SEARCH_ROWS + 1)
    return [[cell or "" for cell in row] for row in frame.rows()]


def table_of_sheet(file: ReceivedFile, sheet: str, header_row: int) -> TextTable:
    frame = sheet_text(file, sheet)
    headings = tuple((heading or "").strip() for heading in frame.row(header_row))
    names = [f"c{place}" for place in range(len(headings))]
    cells = frame.rename(dict(zip(frame.columns, names, strict=True))).with_row_index("file_row", offset=1)
    cells = cells.with_columns(pl.col("file_row").cast(pl.Int64)).slice(header_row + 1)
    # Workbooks carry rows that were formatted and never filled; a row without any cell is no row.
    filled = cells.filter(
        pl.any_horizontal(pl.col(name).str.strip_chars().str.len_bytes() > 0 for name in names)
    )
    return TextTable(headings, filled, sheet=sheet)


# --- Parquet -----------------------------------------------------------------------------------


def parquet(file: ReceivedFile) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(file.data))
    except (pl.exceptions.ComputeError, OSError) as error:
        raise RefusalError(
            "the Parquet file is damaged or cut short.", "Ask the sender to send it again."
        ) from error


def table_of_parquet(file: ReceivedFile) -> TextTable:
    """Read Parquet as text, so that it passes the same rules as every other file."""
    frame = parquet(file)
    texts = []
    for place, (name, kind) in enumerate(frame.schema.items()):
        column = pl.col(name)
        if isinstance(kind, pl.Datetime):
            column = column.dt.strftime(
                "%Y-%m-%dT%H:%M:%S%.6f%:z" if kind.time_zone else "%Y-%m-%dT%H:%M:%S%.6f"
            )
        texts.append(column.cast(pl.String).alias(f"c{place}"))
    cells = frame.select(texts).with_row_index("file_row", offset=1)
    return TextTable(tuple(frame.columns), cells.with_columns(pl.col("file_row").cast(pl.Int64)))
