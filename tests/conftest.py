"""What all tests share: the outside data they may read in place, and homes of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fourfold.home import Home


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real open data and published results; a test that needs it skips where it is unset."""
    named = os.environ.get("FOURFOLD_REFERENCE_DATA")
    if not named:
        pytest.skip("FOURFOLD_REFERENCE_DATA is not set: this test reads outside data in place")
    return Path(named)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
