"""Writes the six files of each quarter, with their faults, and the truth of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from fourfold.synthetic import crime_faults
from fourfold.synthetic.crime_files import form, headed, is_connect, written
from fourfold.synthetic.crime_headings import HEADINGS
from fourfold.synthetic.crime_truth import TruthFiles
from fourfold.synthetic.crime_volumes import Quarter, quarters
from fourfold.synthetic.streams import stream
from fourfold.synthetic.write import write_table

RESENT_EACH = 12
"""Rows of a file that the next one sends again, at scale 1."""


@dataclass(frozen=True)
class QuarterMade:
    """One quarter's records by kind, under the record's columns, and its truth by name."""

    records: dict[str, pl.DataFrame]
    truth: dict[str, pl.DataFrame]


@dataclass
class ExtractFiles:
    """Writes the six files of each quarter, with their faults, and the truth."""

    folder: Path
    truth: TruthFiles
    scale: float
    seed: int
    corrections: list[pl.DataFrame] = field(default_factory=list)
    tail: dict[str, pl.DataFrame] = field(default_factory=dict)
    tail_connect: bool = False

    def write_quarter(self, made: QuarterMade, quarter: Quarter) -> None:
        """Write one quarter; the last one also puts earlier crimes right."""
        rng = stream(self.seed, "faults", quarter.index)
        last = quarter == quarters()[-1]
        records = dict(made.records)
        if not last:
            records["crimes"], later = crime_faults.corrected_later(records["crimes"], rng)
            self.corrections.append(later)
        tail: dict[str, pl.DataFrame] = {}
        for kind, frame in records.items():
            told = written(frame, kind, quarter)
            bad, rules = crime_faults.bad_rows(told, kind, self.scale, quarter.index, rng)
            parts = [self.again(kind, quarter), told, bad]
            if last and kind == "crimes":
                parts.append(self.put_right(quarter))
            write_table(
                headed(pl.concat(parts), kind, quarter), self.folder, f"{kind}-{quarter.name}", form(quarter)
            )
            self.truth.add("crime_bad_rows", rules.with_columns(file=pl.lit(f"{kind}-{quarter.name}.csv")))
            tail[kind] = told.tail(max(2, round(RESENT_EACH * min(self.scale, 4.0))))
        self.tail, self.tail_connect = tail, is_connect(quarter)
        for name, frame in made.truth.items():
            self.truth.add(name, frame)

    def again(self, kind: str, quarter: Quarter) -> pl.DataFrame:
        """Return the last rows of the quarter before, sent twice; none across the change of system."""
        empty = pl.DataFrame(schema=dict.fromkeys(HEADINGS[kind], pl.String))
        if not self.tail or kind not in ("crimes", "case-events") or self.tail_connect != is_connect(quarter):
            return empty
        ref = "crime_ref" if kind == "crimes" else "event_id"
        sent = self.tail[kind]
        if kind == "crimes":
            # A crime put right must not also come again as it was wrongly told, or the file contradicts itself.
            right = pl.concat(self.corrections)["crime_ref"].implode()
            sent = sent.filter(~pl.col("crime_ref").is_in(right))
        self.truth.add("crime_resent", sent.select(ref=ref, file=pl.lit(f"{kind}-{quarter.name}.csv")))
        return sent

    def put_right(self, quarter: Quarter) -> pl.DataFrame:
        """Return the crimes that earlier files told wrongly, as they are."""
        right = pl.concat(self.corrections)
        self.truth.add("crime_corrections", right.select("crime_ref", "status", "cancelled_on"))
        return written(right, "crimes", quarter)
