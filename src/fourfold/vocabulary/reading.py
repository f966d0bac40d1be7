"""Reads a code list from its CSV file, and a force's own rows over it.

A force's file has the name of the list, and any of its columns. A row replaces the shipped row of the
same code, column by column, or adds a code. It must say where it comes from.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from fourfold.home import WrongUseError
from fourfold.vocabulary.code_list import Code, CodeList, Spellings

SHIPPED = Path(__file__).parent
INDEX = "index"
_OWN_FIELDS = ("code", "name", "status", "source", "valid_from", "valid_to")

FileState = tuple[str, int, int]
"""Path, time of change and size: a file that changed is read again."""


@lru_cache(maxsize=1)
def editions() -> dict[str, str]:
    """Return the edition of every shipped list by its name, in the order of the index."""
    with (SHIPPED / f"{INDEX}.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["edition"] for row in csv.DictReader(file)}


def own_file(name: str, folder: Path | None) -> Path | None:
    """Return the force's file for the list `name`, or None where it has none."""
    if folder is None:
        return None
    path = folder / f"{name}.csv"
    return path if path.is_file() else None


def file_state(path: Path) -> FileState:
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_size


def read_list(name: str, folder: Path | None = None, spellings: Spellings | None = None) -> CodeList:
    """Return the list `name`, with the force's rows from `folder` over it.

    Raises WrongUseError for a list that does not exist, and for a force's file that is at fault.
    """
    if name not in editions():
        near = difflib.get_close_matches(name, editions(), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(editions())}."
        raise WrongUseError(f"There is no code list {name}.", hint)
    own = own_file(name, folder)
    return _read(name, file_state(own) if own else None, spellings)


@lru_cache(maxsize=128)
def _read(name: str, own: FileState | None, spellings: Spellings | None) -> CodeList:
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = tuple(c for c in reader.fieldnames or () if c not in _OWN_FIELDS)
        rows = [_code(row) for row in reader]
    edition = editions()[name]
    if own is not None:
        rows = _put_over(rows, Path(own[0]), columns)
        edition += " with the force's own rows"
    return CodeList(name, edition, tuple(rows), columns, spellings)


def _code(cells: dict[str, str]) -> Code:
    return Code(
        code=cells["code"],
        name=cells["name"],
        attributes={column: text for column, text in cells.items() if column not in _OWN_FIELDS},
        status=cells["status"],
        source=cells["source"],
        valid_from=_day(cells["valid_from"]),
        valid_to=_day(cells["valid_to"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _put_over(shipped: list[Code], path: Path, columns: tuple[str, ...]) -> list[Code]:
    by_code = {row.code: row for row in shipped if row.can_be_looked_up}
    result = list(shipped)
    for number, cells in _own_rows(path, columns):
        try:
            row = _merged(by_code.get(cells["code"]), cells, columns)
        except ValueError as error:
            raise WrongUseError(
                f"{path.name}, row {number}: {error}.",
                "Write days as 2026-04-01 and leave unknown ones empty.",
            ) from error
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            raise WrongUseError(
                f"{path.name}, row {number}: valid_to is before valid_from.", "Mend the days."
            )
        old = by_code.get(row.code)
        if old is None:
            result.append(row)
        else:
            result[result.index(old)] = row
        by_code[row.code] = row
    return result


def _merged(old: Code | None, cells: dict[str, str], columns: tuple[str, ...]) -> Code:
    """Return the force's row over the shipped one; a column its file leaves out stays as shipped."""
    base = old or Code(cells["code"], "", dict.fromkeys(columns, ""), "local", "")
    return replace(
        base,
        name=cells.get("name") or base.name,
        attributes={**base.attributes, **{c: cells[c] for c in columns if c in cells}},
        status=cells.get("status") or "local",
        source=cells["source"],
        valid_from=_day(cells["valid_from"]) if "valid_from" in cells else base.valid_from,
        valid_to=_day(cells["valid_to"]) if "valid_to" in cells else base.valid_to,
    )


def _own_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield file row number (the heading is row 1) and cells of a force's file, each checked."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise WrongUseError(f"{path.name} cannot be read: {error}.", "Save it as CSV in UTF-8.") from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    _check_heading(path, list(reader.fieldnames or ()), columns)
    seen: set[str] = set()
    try:
        for row in reader:
            number = reader.line_num
            if None in row:
                raise WrongUseError(
                    f"{path.name}, row {number}: there are more cells than headings.",
                    "Put text that holds a comma in double quotes.",
                )
            cells = {key: (value or "").strip() for key, value in row.items()}
            if not any(cells.values()):
                continue
            for needed in ("code", "source"):
                if not cells[needed]:
                    raise WrongUseError(
                        f"{path.name}, row {number}: the {needed} is empty.",
                        "Every row of a force's own list gives a code and says where it comes from.",
                    )
            if cells["code"] in seen:
                raise WrongUseError(f"{path.name}, row {number}: {cells['code']} stands twice.", "Keep one.")
            seen.add(cells["code"])
            yield number, cells
    except csv.Error as error:
        raise WrongUseError(
            f"{path.name}, row {reader.line_num}: {error}.", "Save it as CSV again."
        ) from error


def _check_heading(path: Path, heading: list[str], columns: tuple[str, ...]) -> None:
    allowed = (*_OWN_FIELDS, *columns)
    for needed in ("code", "source"):
        if needed not in heading:
            raise WrongUseError(
                f"{path.name}, row 1: the column {needed} is missing.", f"It may have: {', '.join(allowed)}."
            )
    for column in heading:
        if column not in allowed:
            near = difflib.get_close_matches(column, allowed, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"It may have: {', '.join(allowed)}."
            raise WrongUseError(f"{path.name}, row 1: the list has no column {column!r}.", hint)
