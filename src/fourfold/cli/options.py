"""Options that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", help="The folder of all state (else FOURFOLD_HOME, else the platform's data folder)."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
ForceOption = Annotated[
    str | None, typer.Option("--force", help="The force, as data.police.uk names it: northumbria.")
]


def force_of(force: str | None) -> str | None:
    """Return the short name of a force as somebody typed it, None where nobody did."""
    from fourfold.sources.codes import force_slug

    return force_slug(force) if force else None
