"""Fixtures of the Victims' Code desk: a lake of its own for each test, taken up on the morning of 4 January 2022."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duty_cases
import pytest

from fourfold.home import Home

MORNING = datetime(2022, 1, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def judged_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose lake holds the crimes of `duty_cases`, judged."""
    home = Home(tmp_path_factory.mktemp("duties") / "home")
    home.prepare()
    duty_cases.fill_lake(home)
    return home.path


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, web: Home) -> Callable[[datetime], None]:
    """Set the clock."""
    from django.utils import timezone

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.fixture
def fresh(
    register: Home,
    judged_lake: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: Callable[..., None],
) -> Home:
    """A home with the judged lake of which nothing was taken up, on that morning."""
    from django.conf import settings

    home = Home(tmp_path / "home")
    shutil.copytree(judged_lake, home.path)
    monkeypatch.setattr(settings, "HOME", home)
    at(MORNING)
    return home


@pytest.fixture
def duties(fresh: Home) -> Home:
    """The same, taken up."""
    duty_cases.take(fresh)
    return fresh


def set_policy(home: Home, **values: Any) -> None:
    """Set values of the desk's policy for this home."""
    lines = []
    for name, value in values.items():
        lines += [
            f"{name}:", f"  title: {name}", "  values:",
            f"    - {{value: {value}, from: 2010-01-01, source: A test, status: made up}}",
        ]  # fmt: skip
    home.policy.mkdir(exist_ok=True)
    (home.policy / "victims_code_desk.yaml").write_text("\n".join(lines), encoding="utf-8")
