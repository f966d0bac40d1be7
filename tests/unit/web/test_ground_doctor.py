"""The doctor on the trail: a fault has its number and an exit code, and people may work while it reads."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home, WrongUseError

HASH = "0" * 64


def write(count: int) -> None:
    from django.db import transaction

    from fourfold.web.trail.recording import record

    with transaction.atomic():
        for number in range(count):
            record("case_seen", by=None, subject_kind="case", subject_refs=[f"c-{number}"])


def item(home: Home, noted: str = "") -> Any:
    from fourfold.cli.trail import trail_items

    (found,) = trail_items(home, noted)
    return found


def test_a_trail_that_stands_is_said_with_what_to_note_down(register: Home) -> None:
    write(3)
    found = item(register)
    assert (found.state, found.words) == ("good", "3 entries stand as written")
    noted = found.next_step.rpartition(" ")[2]
    write(2)
    assert item(register, noted).words == "5 entries stand as written, and entry 3 is the one noted"
    later = item(register).next_step.rpartition(" ")[2]
    assert later.startswith("5:")
    found = item(register, noted.replace("3:", "4:"))
    assert (found.state, found.words) == (
        "wrong",
        "a fault at entry 4. Its hash is not the one noted at the earlier check.",
    )
    found = item(register, f"9:{HASH}")
    assert found.words == "a fault at entry 6. The trail had 9 entries at the earlier check and has 5 now."


def test_entries_that_come_while_it_reads_are_no_fault(register: Home, monkeypatch: Any) -> None:
    from fourfold.web.trail import verifying

    write(3)
    real, times = verifying._anchor, []

    def anchor_after_more() -> Any:
        times.append(1)
        if len(times) <= 2:
            write(2)
        return real()

    monkeypatch.setattr(verifying, "_anchor", anchor_after_more)
    found = verifying.standing()
    assert (found.fault, found.length) == (None, 7)


@pytest.mark.parametrize("noted", ["7", "7:abc", "x:" + HASH, "0:" + HASH, ":"])
def test_what_was_noted_must_be_what_was_printed(noted: str, tmp_path: Path) -> None:
    from fourfold.cli.trail import trail_items

    with pytest.raises(WrongUseError, match="not what an earlier check printed"):
        trail_items(Home(tmp_path), noted)


def test_a_home_never_served_has_no_trail_and_none_is_made(tmp_path: Path) -> None:
    from fourfold.cli.trail import trail_items

    assert [found.state for found in trail_items(Home(tmp_path))] == ["note"]
    assert list(tmp_path.iterdir()) == []


def test_a_lost_key_is_said_and_no_new_one_is_made(tmp_path: Path) -> None:
    from fourfold.cli.trail import trail_items

    sqlite3.connect(tmp_path / "register.sqlite3").close()
    (tmp_path / "register.sqlite3").touch()
    (found,) = trail_items(Home(tmp_path))
    assert (found.state, "trail.key is gone" in found.words) == ("wrong", True)
    assert not (tmp_path / "trail.key").exists()
