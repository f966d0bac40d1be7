"""How much one hand-over may hold: the limits of policy, dated and with their reasons there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fourfold.policy import value_on

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Beyond a limit a file is refused whole, never read in part. Sizes in bytes."""

    file_bytes: int
    unpacked_bytes: int
    ratio: int
    ratio_from_bytes: int
    members: int
    depth: int
    cell_characters: int
    columns: int
    table_cells: int


def limits_on(on: date, overrides: Path | None = None) -> Limits:
    """Return the limits that hold on a day; a force's own policy values go before the shipped ones."""

    def said(name: str) -> int:
        return int(value_on(f"intake_limits.{name}", on, overrides).value)

    return Limits(
        file_bytes=said("max_file_megabytes") * MEGABYTE,
        unpacked_bytes=said("max_unpacked_megabytes") * MEGABYTE,
        ratio=said("max_unpacked_ratio"),
        ratio_from_bytes=said("ratio_counts_from_megabytes") * MEGABYTE,
        members=said("max_archive_members"),
        depth=said("max_archive_depth"),
        cell_characters=said("max_cell_characters"),
        columns=said("max_columns"),
        table_cells=said("max_table_cells"),
    )


def limits_today() -> Limits:
    """Return the shipped limits that hold today."""
    return limits_on(date.today())
