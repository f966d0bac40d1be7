"""The background task that makes a file."""

from __future__ import annotations

from django_tasks import task

from fourfold.web.exports.making import make


@task()
def make_export(key: str) -> int:
    """Make the file of the export with this key; returns its rows."""
    return make(key)
