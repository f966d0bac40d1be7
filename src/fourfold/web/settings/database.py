"""The register: SQLite in the home, or PostgreSQL by one setting."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fourfold.home import WrongUseError
from fourfold.web.settings.told import HOME, setting

SAFE_WAL = (3, 51, 3)
"""The first SQLite library whose write-ahead log cannot corrupt a database that several processes write."""


def sqlite_database(path: Path) -> dict[str, Any]:
    """Return Django's words for the register in a file.

    Transactions begin by taking the write lock, so that two writers wait for each other (30 s) in place
    of failing half-way.
    """
    journal = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;",
        },
    }


def postgresql_database(address: str) -> dict[str, Any]:
    """Return Django's words for `postgresql://person:password@host:port/name?sslmode=require`."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise WrongUseError(
            "The setting database is not an address of PostgreSQL.",
            "Write it as postgresql://person:password@host:5432/name, or leave it out for SQLite.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


DATABASES = {
    "default": postgresql_database(setting("database"))
    if setting("database")
    else sqlite_database(HOME.path / "register.sqlite3")
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
