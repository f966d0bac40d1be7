"""Every row received is accounted for and can be found again, whatever the files are like.

accepted + quarantined + unchanged = received, per file and per batch in the lake; and each row is a
standing row, an earlier telling, a row in quarantine with its text as received, or an equal copy of one told.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.intake import FileResult, take_in
from fourfold.sources.files import ReceivedFile

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One source: its headings, what its cells are drawn from, its table, and which column keeps a cell's words."""

    source: str
    table: str
    headings: Cells
    choices: tuple[tuple[str, ...], ...]
    words_in: dict[str, int]
    key: tuple[str, ...]


WORDS = (
    "Ann",
    "Renée £5 “ok”",
    'says "no", then left',
    "two\nlines",
    "semi;colon",
    "tab\there",
    " spaced ",
    "a|b",
    "نور 🙂",
    "",
)
KINDS = (
    Kind(
        "fraud_list",
        "fraud_report",
        ("NFRC reference", "Date reported", "NFIB code", "Victim type", "Last name", "Loss (GBP)"),
        (
            ("R1", "R2", "R3", "R4", ""),
            ("04/03/2022", "2022-03-05", "31/02/2021", "2091-01-01", ""),
            ("NFIB90", "90"),
            ("individual", "Organisation", "Partnership??"),
            WORDS,
            ("", "£4,599.00", "12,50", "0"),
        ),
        {"report_ref": 0, "last_name": 4},
        ("report_ref",),
    ),
    Kind(
        "property",
        "property",
        ("Crime number", "Item number", "Property kind", "Property status", "Make", "Value (GBP)"),
        (
            ("C1", "C2"),
            ("1", "2", "two"),
            ("phone", "car"),
            ("stolen", "seized", "lost??"),
            WORDS,
            ("", "5", "about 5"),
        ),
        {"crime_ref": 0, "make": 4},
        ("crime_ref", "item_no"),
    ),
    Kind(
        "street_crime",
        "street_crime",
        (
            "Crime ID",
            "Month",
            "Reported by",
            "Falls within",
            "Longitude",
            "Latitude",
            "Location",
            "LSOA code",
            "LSOA name",
            "Crime type",
            "Last outcome category",
            "Context",
        ),
        (
            ("", "a1b2"),
            ("2021-11", "2021-12", "12/2021"),
            ("Northumbria Police", "Nowhere Police"),
            ("Northumbria Police",),
            ("-1.5", "", "far"),
            ("54.9",),
            WORDS,
            ("E01000001", ""),
            ("",),
            ("Burglary", "Anti-social behaviour", ""),
            ("",),
            ("",),
        ),
        {"location": 6, "crime_type": 9},
        (),
    ),
)
BY_SOURCE = {kind.source: kind for kind in KINDS}
SHAPES = ("whole",) * 12 + ("short", "long", "blank line", "blank cells", "headings")
FORMS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-8", "utf-8")


@dataclass(frozen=True)
class MadeFile:
    """One file to hand in: its source, its rows as a sender has them (None for a blank line), and its form."""

    source: str
    rows: tuple[Cells | None, ...]
    encoding: str
    delimiter: str
    line_end: str
    title: bool

    @property
    def data(self) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator=self.line_end)
        if self.title:
            writer.writerow(["OFFICIAL: list of the week"])
        for row in (BY_SOURCE[self.source].headings, *self.rows):
            if row is None:
                out.write(self.line_end)
            else:
                writer.writerow(row)
        try:
            written = out.getvalue().encode(self.encoding)
        except UnicodeEncodeError:
            return out.getvalue().encode("utf-8")
        if self.encoding == "cp1252" and any(is_utf8_beyond_ascii(line) for line in written.split(b"\n")):
            return out.getvalue().encode("utf-8")
        return written

    @property
    def received(self) -> dict[int, Cells]:
        """The rows with any content, by the number a spreadsheet shows."""
        first = 3 if self.title else 2
        return {
            number: row
            for number, row in enumerate(self.rows, start=first)
            if row is not None and any(cell.strip() for cell in row)
        }


def is_utf8_beyond_ascii(line: bytes) -> bool:
    try:
        return not line.isascii() and bool(line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@st.composite
def rows_of(draw: st.DrawFn, kind: Kind) -> Cells | None:
    shape = draw(st.sampled_from(SHAPES))
    cells = tuple(draw(st.sampled_from(choice)) for choice in kind.choices)
    shaped: dict[str, Cells | None] = {
        "whole": cells,
        "short": cells[:-2],
        "long": (*cells, "beyond"),
        "blank line": None,
        "blank cells": ("",) * len(cells),
        "headings": kind.headings,
    }
    return shaped[shape]


@st.composite
def files(draw: st.DrawFn) -> MadeFile:
    kind = draw(st.sampled_from(KINDS))
    return MadeFile(
        kind.source,
        tuple(draw(st.lists(rows_of(kind), min_size=1, max_size=7))),
        draw(st.sampled_from(FORMS)),
        draw(st.sampled_from(",;\t|")),
        draw(st.sampled_from(("\n", "\r\n"))),
        draw(st.booleans()),
    )


@st.composite
def hand_overs(draw: st.DrawFn) -> list[MadeFile]:
    made = draw(st.lists(files(), min_size=1, max_size=4))
    again = draw(st.lists(st.sampled_from(made), max_size=2))
    return made + again


def fraud(*rows: Cells | None) -> MadeFile:
    return MadeFile("fraud_list", rows, "utf-8", ",", "\n", False)


GOOD = ("R1", "04/03/2022", "90", "individual", "Ann", "0")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(hand_overs(), st.booleans())
@example([fraud(GOOD, GOOD), fraud(GOOD, None, (*GOOD[:5], "1"))], True)
@example([fraud(GOOD, (*GOOD[:5], "1"), GOOD), fraud((*GOOD[:5], "2")), fraud(GOOD, GOOD)], False)
def test_every_row_is_accounted_for_and_found_again(made: list[MadeFile], together: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        inbox = Path(folder) / "in"
        inbox.mkdir()
        paths = []
        for number, file in enumerate(made):
            path = inbox / f"{number}.csv"
            path.write_bytes(file.data)
            paths.append(path)
        seen: set[bytes] = set()
        for hand_over in [paths] if together else [[path] for path in paths]:
            report = take_in(home, hand_over, "northumbria")
            chosen = [made[paths.index(path)] for path in hand_over]
            assert len(report.files) == len(hand_over)
            read_before = set(seen)
            for file, result in zip(chosen, report.files, strict=True):
                check_counts(file, result, seen)
            if not together or is_alone(chosen):
                for file in chosen:
                    # Some months of an open-data file that comes again may have been replaced since.
                    if BY_SOURCE[file.source].key or file.data not in read_before:
                        check_rows(home, file)


def is_alone(chosen: list[MadeFile]) -> bool:
    """Files of one hand-over may replace each other's slices; then only the counts are looked at."""
    return sum(file.source == "street_crime" for file in chosen) <= 1


def check_counts(file: MadeFile, result: FileResult, seen: set[bytes]) -> None:
    expected = file.received
    if not expected:
        assert "no rows" in result.refused
        return
    assert not result.refused, result.refused
    assert result.source == file.source
    assert result.received == len(expected)
    assert result.accepted + result.quarantined + result.unchanged == result.received
    if file.data in seen:
        assert result.unchanged == result.received
    seen.add(file.data)


def check_rows(home: Home, file: MadeFile) -> None:
    """Find each row of a file that has just been taken in."""
    if not file.received:
        return
    kind, lake = BY_SOURCE[file.source], Lake(home.lake)
    batch_id = f"{ReceivedFile('', file.data).sha256[:20]}.0"
    batch = rows_in(lake, "batch").row(by_predicate=pl.col("batch_id") == batch_id, named=True)
    told = pl.concat(
        [rows_in(lake, kind.table), rows_in(lake, kind.table + "__earlier")], how="diagonal_relaxed"
    )
    own = told.filter(pl.col("batch_id") == batch_id) if told.height else told
    set_aside = rows_in(lake, "quarantine")
    set_aside = set_aside.filter(pl.col("batch_id") == batch_id) if set_aside.height else set_aside
    assert batch["received"] == len(file.received)
    assert batch["quarantined"] == set_aside.height
    if kind.key or own.height:  # a later file may have replaced the slice
        assert batch["accepted"] == own.height
    assert batch["accepted"] + batch["quarantined"] + batch["unchanged"] == batch["received"]
    aside = {row["file_row"]: row for row in set_aside.to_dicts()}
    standing = {row["file_row"]: row for row in own.to_dicts()}
    copies = 0
    for number, cells in file.received.items():
        if number in aside:
            kept = list(json.loads(aside[number]["text_received"]).values())
            assert kept == expected_text(cells, len(kind.headings))
            assert aside[number]["words"]
        elif number in standing:
            assert says(standing[number], cells, kind)
        elif kind.key:
            assert any(says(row, cells, kind) for row in told.to_dicts())
            copies += 1
        else:
            assert not own.height, "an open-data row is lost"
    if kind.key:
        assert copies == batch["unchanged"]


def expected_text(cells: Cells, width: int) -> list[str]:
    return [*cells[:width], "|".join(cells[width:])] if len(cells) > width else list(cells)


def says(row: dict[str, object], cells: Cells, kind: Kind) -> bool:
    return all(row[column] == (cells[place].strip() or None) for column, place in kind.words_in.items())


def rows_in(lake: Lake, table: str) -> pl.DataFrame:
    frame = lake.scan(table)
    return pl.DataFrame() if frame is None else frame.collect()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(("a", "b")), min_size=1, max_size=30))
def test_equal_open_data_rows_are_all_kept(locations: list[str]) -> None:
    """Anti-social behaviour has no Crime ID: two equal rows are two reports."""
    rows = tuple(
        ("", "2021-12", "Northumbria Police", "", "", "", where, "", "", "Anti-social behaviour", "", "")
        for where in locations
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(MadeFile("street_crime", rows, "utf-8", ",", "\n", False).data)
        home = Home(Path(folder) / "home")
        take_in(home, [path])
        kept = rows_in(Lake(home.lake), "street_crime")["location"].to_list()
    assert Counter(kept) == Counter(locations)
