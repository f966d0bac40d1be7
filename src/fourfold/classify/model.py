"""A marker's model: words and fields with their weights in each fold, kept as a table that can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from fourfold.records.marker import MarkerModel

BY_CUES, BY_REVIEWS = "cues", "reviews"
WORD, FIELD, CONSTANT, CALIBRATION, ABOUT = "word", "field", "constant", "calibration", "about"
EVERY_FOLD = -1


@dataclass(frozen=True)
class Model:
    """What scores the records of one marker.

    words: `fold, term, idf, weight`. fields: `fold, name, weight`, where a name is `column=value` or `cue: name`.
    constants: one a fold. slope, intercept: the calibration of the log odds, 1 and 0 before any review.
    about: numbers of records it was trained on. Without reviews the words of cues are cut out of texts before
    they are scored (`labels` is cues), as they were before it was trained.
    """

    marker: str
    name: str
    definition: str
    trained_at: str
    labels: str
    words: pl.DataFrame
    fields: pl.DataFrame
    constants: tuple[float, ...]
    slope: float = 1.0
    intercept: float = 0.0
    about: dict[str, float] = field(default_factory=dict)

    @property
    def folds(self) -> int:
        return len(self.constants)

    @property
    def is_calibrated(self) -> bool:
        return self.labels == BY_REVIEWS

    def as_rows(self) -> pl.DataFrame:
        """Return the model as rows of the table `marker_model`."""
        single = [(CONSTANT, "intercept", fold, value) for fold, value in enumerate(self.constants)]
        single += [(CALIBRATION, "slope", EVERY_FOLD, self.slope)]
        single += [(CALIBRATION, "intercept", EVERY_FOLD, self.intercept)]
        single += [(ABOUT, name, EVERY_FOLD, float(value)) for name, value in self.about.items()]
        parts = [
            self.words.select(part=pl.lit(WORD), name="term", fold="fold", weight="weight", idf="idf"),
            self.fields.select(part=pl.lit(FIELD), name="name", fold="fold", weight="weight"),
            pl.DataFrame(single, schema=["part", "name", "fold", "weight"], orient="row"),
        ]
        rows = pl.concat([part.cast({"fold": pl.Int64}) for part in parts], how="diagonal")
        head = {"marker": self.marker, "model": self.name, "definition": self.definition}
        head |= {"trained_at": self.trained_at, "labels": self.labels}
        rows = rows.with_columns(pl.lit(value).alias(name) for name, value in head.items())
        return MarkerModel.validate(rows.select(MarkerModel.column_names()))


def pinned(rows: pl.DataFrame, marker: str) -> Model | None:
    """Return the newest model of a marker among rows of `marker_model`; None where it has none."""
    mine = rows.filter(pl.col("marker") == marker)
    if mine.is_empty():
        return None
    newest = mine.sort("trained_at")["model"][-1]
    return from_rows(mine.filter(pl.col("model") == newest))


def from_rows(rows: pl.DataFrame) -> Model:
    """Return the model that rows of `marker_model` hold, all of one model."""

    def part(name: str) -> pl.DataFrame:
        return rows.filter(pl.col("part") == name)

    head: dict[str, Any] = rows.row(0, named=True)
    calibration = dict(part(CALIBRATION).select("name", "weight").iter_rows())
    return Model(
        marker=head["marker"],
        name=head["model"],
        definition=head["definition"],
        trained_at=head["trained_at"],
        labels=head["labels"],
        words=part(WORD).select("fold", "idf", "weight", term="name"),
        fields=part(FIELD).select("fold", "name", "weight"),
        constants=tuple(part(CONSTANT).sort("fold")["weight"]),
        slope=calibration["slope"],
        intercept=calibration["intercept"],
        about=dict(part(ABOUT).select("name", "weight").iter_rows()),
    )
