"""Files that are not what their name says: named for what they are, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_tables import HEADINGS, ROW, intake_of, lines, names_by_row

from fourfold.home import FourfoldError
from fourfold.sources.files import ReceivedFile, RefusedFile, received_files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

DISGUISED = {
    b"\x89PNG\r\n\x1a\n": "a picture (PNG)",
    b"\xff\xd8\xff\xe0": "a picture (JPEG)",
    b"GIF89a": "a picture (GIF)",
    b"BM\x00\x10\x00\x00": "a picture (BMP)",
    b"%PDF-1.7": "a PDF document",
    b"MZ\x90\x00\x03": "a Windows program",
    b"\x7fELF\x02": "a program",
    b"#!/bin/sh\nrm -r /\n": "a script",
    b"Rar!\x1a\x07": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\x28\xb5\x2f\xfd\x04": "a Zstandard archive",
    b"{\\rtf1": "a word-processor document",
    b"SQLite format 3\x00": "a database",
    OLE: "in the old Excel format",
    OLE + "EncryptedPackage".encode("utf-16-le"): "protected by a password",
}


@pytest.mark.parametrize(("data", "says"), DISGUISED.items(), ids=DISGUISED.values())
def test_a_file_in_disguise_is_named_for_what_it_is(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    (file,) = received_files([path])
    assert isinstance(file, RefusedFile)
    assert says in file.why
    assert file.next_step.endswith(".")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        ("  <html>", "web page"),
        ('<?xml version="1.0"?><a/>', "web page"),
        ('{"a": 1}', "JSON"),
        ('[{"a": 1}]', "JSON"),
        ("[ [1, 2] ]", "JSON"),
    ],
)
def test_markup_is_named(text: str, says: str) -> None:
    with pytest.raises(FourfoldError, match=says) as error:
        intake_of(text)
    assert error.value.next_step


def test_headings_that_begin_like_a_program_or_a_picture_are_still_headings(tmp_path: Path) -> None:
    """`MZ number` and `BMI` begin with the letters of a program and of a picture."""
    for first in ("MZ number", "BMI", "#! note"):
        text = lines((first, *HEADINGS), ("x", *ROW))
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        (file,) = received_files([path])
        assert isinstance(file, ReceivedFile)
        assert names_by_row(intake_of(file.data)) == {2: "Smith"}
