"""The limits of what comes in are policy: dated, with their reasons, and a force may set its own."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from made_tables import HEADINGS, ROW, lines

from fourfold import policy
from fourfold.home import Home
from fourfold.pipeline.intake import take_in
from fourfold.sources.limits import Limits, limits_on


def test_every_limit_is_a_policy_value_and_every_such_value_a_limit() -> None:
    names = [name for name in policy.names() if name.startswith("intake_limits.")]
    assert len(names) == len(fields(Limits))
    limits = limits_on(date(2026, 11, 23))
    assert limits.file_bytes == 512_000_000
    assert limits.members == 20_000


def test_a_force_may_set_its_own(home: Home, tmp_path: Path) -> None:
    home.prepare()
    (home.policy / "intake_limits.yaml").write_text(
        "max_cell_characters:\n  title: Longest text in one cell\n  unit: characters\n  values:\n"
        "    - value: 10\n      from: 2010-01-01\n      source: local\n      status: our choice\n"
    )
    path = tmp_path / "list.csv"
    path.write_text(lines(HEADINGS, ROW, ("R2", *ROW[1:4], "Featherstonehaugh", "5")))
    (result,) = take_in(home, [path], "west-midlands").files
    assert (result.accepted, result.quarantined) == (1, 1)


@pytest.mark.parametrize("item", [item.name for item in fields(Limits)])
def test_limits_are_above_nothing(item: str) -> None:
    assert getattr(limits_on(date(2026, 11, 23)), item) > 0
