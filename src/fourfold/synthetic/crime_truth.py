"""The truth of the crime extract, written quarter by quarter so that it is never held whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl


@dataclass
class TruthFiles:
    """CSV files in one folder that grow with each quarter; `rows` counts what went into each."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Put a quarter's rows at the end of `name`.csv; the first ones bring the headings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        first = name not in self.rows
        with (self.folder / f"{name}.csv").open("wb" if first else "ab") as file:
            frame.write_csv(file, include_header=first)
        self.rows[name] = self.rows.get(name, 0) + frame.height
