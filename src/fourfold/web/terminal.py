"""The trail of what is done at the terminal with personal data: by the user of the operating system."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fourfold.home import Home


@dataclass
class SystemUser:
    """Whoever sits at the terminal, as the operating system knows them."""

    pk: str
    name: str


def system_user() -> SystemUser:
    """Return who runs this process; without a name in the system the number stands."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return SystemUser(f"terminal:{name}"[:40], f"{name} at the terminal")


@contextmanager
def trailed(
    home: Home,
    act: str,
    subject_kind: str,
    subject_refs: Sequence[str],
    why: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """Do what stands inside with its entry in the trail: an act that fails leaves none, and none goes untold.

    Raises CouldNotRunError, before anything is done, where the register cannot be reached.
    """
    from fourfold.web.server import prepare_register

    prepare_register(home)
    from django.db import connection, transaction

    from fourfold.web.trail.recording import record

    try:
        with transaction.atomic():
            record(
                act,
                by=system_user(),
                subject_kind=subject_kind,
                subject_refs=subject_refs,
                why=why,
                detail=detail,
            )
            yield
    finally:
        connection.close()
