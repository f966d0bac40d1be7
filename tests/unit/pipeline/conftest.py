"""A home with a small hand-written force loaded; made once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_force import hand_over

from fourfold.home import Home
from fourfold.pipeline.intake import take_in


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small-force")
    home = Home(folder / "home")
    home.prepare()
    home.write_settings({"force": "kent"})
    report = take_in(home, [hand_over(folder / "received")])
    assert not report.has_problems, [one.refused or one.note for one in report.files]
    return home.path


@pytest.fixture
def loaded(loaded_once: Path, tmp_path: Path) -> Home:
    """A home of its own for each test."""
    return Home(Path(shutil.copytree(loaded_once, tmp_path / "home")))
