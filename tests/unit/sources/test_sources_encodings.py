"""What text was written in: UTF-8 with and without its mark, UTF-16, Windows-1252, and files that mix them."""

from __future__ import annotations

import pytest
from made_tables import HEADINGS, ROW, intake_of, lines, names_by_row, rules_by_row, text_received

from fourfold.home import FourfoldError

NAMES = ("Renée", "O’Brien £5 “ok” –", "Smith")


def file_of(names: tuple[str, ...]) -> str:
    rows = [(f"R{number}", *ROW[1:4], name, "5") for number, name in enumerate(names)]
    return lines(HEADINGS, *rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_each_encoding_gives_the_same_names(encoding: str) -> None:
    intake = intake_of(file_of(NAMES).encode(encoding))
    assert names_by_row(intake) == {2: NAMES[0], 3: NAMES[1], 4: NAMES[2]}


def test_utf16_of_either_byte_order_is_read_by_its_mark() -> None:
    text = file_of(("نور", "🙂"))
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert names_by_row(intake_of(mark + text.encode(encoding))) == {2: "نور", 3: "🙂"}


def test_emoji_and_right_to_left_names_are_kept() -> None:
    assert names_by_row(intake_of(file_of(("محمد", "👩‍👩‍👧 Zoë", "李")))) == {
        2: "محمد",
        3: "👩‍👩‍👧 Zoë",
        4: "李",
    }


def test_a_file_that_mixes_encodings_sets_the_odd_rows_aside_in_words() -> None:
    """Two exports joined: row 3 came from a system that writes Windows-1252."""
    first, other, last = file_of(("Zoë",)), lines(("R9", *ROW[1:4], "Renée", "5")), lines(("R8", *ROW[1:]))
    intake = intake_of(first.encode() + other.encode("cp1252") + last.encode())
    assert names_by_row(intake) == {2: "Zoë", 4: "Smith"}
    assert rules_by_row(intake) == {3: "row|unreadable_text"}
    assert text_received(intake, 3)["Last name"] == "Renée"
    assert "compare them with the original" in intake.quarantined["words"][0]


def test_a_byte_that_windows_1252_does_not_have_sets_its_row_aside() -> None:
    data = file_of(("Renée", "X\x07")).encode("cp1252").replace(b"\x07", b"\x81")
    intake = intake_of(data)
    assert names_by_row(intake) == {2: "Renée"}
    assert rules_by_row(intake) == {3: "row|unreadable_text"}


def test_headings_beyond_ascii_are_found_in_every_encoding() -> None:
    text = file_of(("Smith",)).replace("Last name", "Überschrift")
    mapped = {"fraud_list": {"lastname": "Überschrift"}}
    for encoding in ("utf-8", "cp1252", "utf-16"):
        assert names_by_row(intake_of(text.encode(encoding), mapped=mapped)) == {2: "Smith"}


def test_a_nul_sets_its_row_aside_wherever_in_the_file_it_stands() -> None:
    names = ["Smith"] * 4000
    names[3000] = "Smi\x00th"
    intake = intake_of(file_of(tuple(names)))
    assert rules_by_row(intake) == {3002: "row|unreadable_text"}
    assert intake.accepted.height == 3999


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (file_of(NAMES).encode("utf-16-le"), "UTF-16 text without the mark"),
        (file_of(NAMES).encode("utf-16")[:-1], "damaged or cut short"),
        (b"\x00\x01\x02\x03" * 500, "not a text file"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(FourfoldError, match=says) as error:
        intake_of(data)
    assert error.value.next_step


def test_a_character_that_the_sender_had_already_lost_is_kept_as_told() -> None:
    assert names_by_row(intake_of(file_of(("Ren\ufffde",)))) == {2: "Ren\ufffde"}
