"""What all tests share: the outside data they may read in place, and homes of their own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from fourfold.home import Home

DEFAULT_SERVER = "postgresql://root@127.0.0.1:5432/test"


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


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a database of PostgreSQL for one file of tests, dropped at the end."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (the extra postgres)")
    server = os.environ.get("FOURFOLD_TEST_DATABASE", DEFAULT_SERVER)
    name = f"fourfold_test_{secrets.token_hex(4)}"
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL is reached at FOURFOLD_TEST_DATABASE or 127.0.0.1:5432")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
