"""What a workbook must not hold before a spreadsheet reader sees it: macros, entities, claims of endless cells."""

from __future__ import annotations

import re
import zipfile

import numpy as np

from fourfold.sources.limits import Limits
from fourfold.sources.received import RefusalError

CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Za-z]{1,9})0*(\d{1,9})["']""")
ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UNCALCULATED = re.compile(
    rb"""<(?:\w+:)?c\s(?![^>]*\bt=["']str)(?:[^>]*?\s)?r=["']([A-Z]{1,3}\d{1,7})["'][^>]*>\s*"""
    rb"""<(?:\w+:)?f(?:\s[^>]*/>|/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
"""A formula without its value. One whose value is the empty text says so (`t="str"`) and is sound."""
SHARED = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']s["'])[^>]*>\s*<(?:\w+:)?v>(\d+)<""")
CHUNK = 4 << 20
OVERLAP = 4096
"""A cell's tag and formula that lie across two chunks are seen in the second."""


def refuse_workbook(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raise RefusalError for an office file that is no plain workbook or that would not fit in memory.

    The spreadsheet reader lays a sheet out from its first cell to its last, so one cell in the far corner
    would claim seventeen thousand million. Damaged parts raise what zipfile raises.
    """
    names = {member.filename: member for member in archive.infolist()}
    low = {name.casefold() for name in names}
    if "content.xml" in low:
        raise RefusalError("it is an OpenDocument file.", "Open it and save it as .xlsx.")
    if any(name.endswith("vbaproject.bin") for name in low):
        raise RefusalError("the workbook contains macros.", "Save it as .xlsx without macros.")
    if "xl/workbook.bin" in low:
        raise RefusalError("it is a workbook in Excel's binary format.", "Open it and save it as .xlsx.")
    if not any(name.startswith("xl/") for name in low):
        raise RefusalError(
            "it is an office document without a table of data.", "Save the table as .xlsx or CSV."
        )
    told, longest = 0, 0
    for name, member in names.items():
        if name.casefold().endswith((".xml", ".rels")):
            cells, length = refuse_part(archive, member, limits)
            told, longest = told + cells, max(longest, length)
    if told * longest > limits.unpacked_bytes:
        refuse_repeated_strings(archive, list(names.values()), limits)


def refuse_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> tuple[int, int]:
    """Read one part through (a damaged one shows itself) and refuse what it must not hold.

    Returns how many cells it has, and how long the longest text that cells share may be.
    """
    is_sheet, is_shared = is_sheet_part(member), is_strings_part(member)
    cells = columns = rows = longest = 0
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            text = tail + chunk
            if ENTITY.search(text[:65536]):
                raise RefusalError(
                    "the workbook defines its own XML entities, as only a bomb does.",
                    "Do not open it; tell your information-security team.",
                )
            if is_sheet:
                refuse_uncalculated(text)
                seen, columns, rows = furthest(text, columns, rows)
                cells += seen
                refuse_extent(columns, rows, limits)
            if is_shared:
                longest = max(longest, *map(len, text.split(b"</si>")))
            tail = text[-OVERLAP:]
    return cells, longest


def is_sheet_part(member: zipfile.ZipInfo) -> bool:
    return member.filename.casefold().startswith("xl/worksheets/")


def is_strings_part(member: zipfile.ZipInfo) -> bool:
    return member.filename.casefold() == "xl/sharedstrings.xml"


def refuse_repeated_strings(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse a workbook in which so many cells share so long a text that all of them would fill the memory."""
    lengths = np.zeros(1, dtype=np.int64)
    for member in members:
        if is_strings_part(member):
            texts = archive.read(member).split(b"</si>")
            lengths = np.fromiter(map(len, texts), dtype=np.int64)
    total = 0
    for member in members:
        if is_sheet_part(member):
            shared = np.array(SHARED.findall(archive.read(member)), dtype=bytes).astype(np.int64)
            total += int(lengths[shared[shared < len(lengths)]].sum())
    if total > limits.unpacked_bytes:
        raise RefusalError(
            "its cells repeat a long text so often that they hold more than a workbook can.",
            "Do not open it; tell your information-security team.",
        )


def refuse_uncalculated(text: bytes) -> None:
    found = UNCALCULATED.search(text) if b"f>" in text or b"<f" in text else None
    if found:
        raise RefusalError(
            f"a formula in it was never calculated (cell {found.group(1).decode()}), so its value is not in the file.",
            "Open it in a spreadsheet program, save it, and hand it in.",
        )


def furthest(text: bytes, columns: int, rows: int) -> tuple[int, int, int]:
    """Return how many cells a text has, and the furthest column and row of any cell seen so far."""
    places = CELL.findall(text)
    if not places:
        return 0, columns, rows
    letters, row = (max(set(part), key=length_then_letters) for part in zip(*places, strict=True))
    return len(places), max(columns, column_number(letters)), max(rows, int(row))


def length_then_letters(part: bytes) -> tuple[int, bytes]:
    return len(part), part


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def refuse_extent(columns: int, rows: int, limits: Limits) -> None:
    if columns > limits.columns or columns * rows > limits.table_cells:
        raise RefusalError(
            f"a sheet in it reaches to column {columns:,} and row {rows:,}, which is more than a table holds.",
            "Clear what stands far from the table, or save the table alone as CSV.",
        )
