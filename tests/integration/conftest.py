"""A small made-up force, loaded once for all tests that only read it or copy it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.home import Home
from fourfold.pipeline.intake import take_in
from fourfold.synthetic.force import make_force


@pytest.fixture(scope="session")
def small_force(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a made-up force of a hundredth of the size; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("small-made-up-force")
    made = make_force(folder / "files", scale=0.01, seed=1)
    home = Home(folder / "home")
    home.prepare()
    home.write_settings(made.settings)
    for path in made.policy.glob("*.yaml"):
        (home.policy / path.name).write_bytes(path.read_bytes())
    take_in(home, [made.received])
    return home.path
