"""What readers decided about records: their standing answers, where two differ, and how far they agree."""

from __future__ import annotations

from typing import Any

import polars as pl

REVIEW = "marker_review"
"""Kind of the desk's decision. Its subject is `fraud_report` or `crime`; its value holds the parts of VALUE."""
YES, NO, CANNOT_TELL, UNDONE = "yes", "no", "cannot_tell", "undone"
ANSWERS = (YES, NO, CANNOT_TELL, UNDONE)
VALUE = pl.Struct(
    {
        "marker": pl.String,
        "is": pl.String,
        "round": pl.String,
        "stratum": pl.Int64,
        "probability": pl.Float64,
        "reader": pl.String,
        "settles": pl.Boolean,
    }
)
READINGS = {
    "record": pl.String,
    "record_ref": pl.String,
    "marker": pl.String,
    "is": pl.String,
    "round": pl.String,
    "stratum": pl.Int64,
    "probability": pl.Float64,
    "reader": pl.String,
    "settles": pl.Boolean,
    "made_at": pl.Datetime("us", "UTC"),
}


def review_value(
    marker: str,
    answer: str,
    reader: str,
    drawn: tuple[str, int, float] | None = None,
    settles: bool = False,
) -> dict[str, Any]:
    """Return the value of a decision of kind `marker_review`.

    answer: one of ANSWERS; `undone` takes the reader's earlier answer back. drawn: round, stratum and chance
    with which the record was drawn; None where somebody chose it, which then counts in no estimate.
    settles: it ends a difference between two readers. Raises ValueError for another answer.
    """
    if answer not in ANSWERS:
        raise ValueError(f"An answer is {', '.join(ANSWERS)}: got {answer}.")
    lot, stratum, probability = drawn or (None, None, None)
    return {
        "marker": marker,
        "is": answer,
        "round": lot,
        "stratum": stratum,
        "probability": probability,
        "reader": reader,
        "settles": settles,
    }


def readings(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return each reader's standing answer about each record and marker (READINGS); undone ones are left out.

    decisions: the record desk_decision, of any kinds.
    """
    mine = decisions.filter(pl.col("kind") == REVIEW)
    told = mine.select(
        "decision_id",
        "made_at",
        record="subject",
        record_ref="subject_ref",
        told=pl.col("value").str.json_decode(VALUE),
    ).unnest("told")
    last = told.sort("made_at", "decision_id").unique(
        ["record", "record_ref", "marker", "reader"], keep="last", maintain_order=True
    )
    kept = last.filter(pl.col("is").is_in([YES, NO, CANNOT_TELL]))
    return kept.with_columns(pl.col("settles").fill_null(False)).select(list(READINGS)).cast(READINGS)  # type: ignore[arg-type]


def verdicts(found: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record and marker: `state`, `is_marked` and how it was drawn.

    state: confirmed, rejected, disputed (readers differ and none settled it) or cannot_tell; `is_marked` is
    missing for the last two. `round`, `stratum` and `probability` are of the first answer that was drawn by lot.
    """
    key = ["record", "record_ref", "marker"]
    settled = pl.col("is").filter(pl.col("settles")).last()
    said = pl.when(pl.col("is").n_unique() == 1).then(pl.col("is").first())
    drawn = pl.col("probability").is_not_null()
    made = (
        found.sort("made_at", "reader")
        .group_by(key, maintain_order=True)
        .agg(
            answer=pl.coalesce(settled, said),
            readers=pl.col("reader").n_unique(),
            **{name: pl.col(name).filter(drawn).first() for name in ("round", "stratum", "probability")},
        )
    )
    state = pl.col("answer").replace_strict(
        {YES: "confirmed", NO: "rejected", CANNOT_TELL: "cannot_tell"},
        default="disputed",
        return_dtype=pl.String,
    )
    is_marked = pl.when(pl.col("answer").is_in([YES, NO])).then(pl.col("answer") == YES)
    return made.with_columns(state=state, is_marked=is_marked).drop("answer")


def pairs(found: pl.DataFrame, marker: str) -> pl.DataFrame:
    """Return `record_ref, first, second`: answers of the two who read the same record first; settling is no reading."""
    mine = found.filter((pl.col("marker") == marker) & ~pl.col("settles")).sort("made_at", "reader")
    both = mine.group_by("record", "record_ref", maintain_order=True).agg(
        pl.col("is").slice(0, 2).alias("answers"), n=pl.len()
    )
    told = both.filter(pl.col("n") >= 2)
    return told.select(
        "record_ref", first=pl.col("answers").list.get(0), second=pl.col("answers").list.get(1)
    )


def disputed(found: pl.DataFrame, marker: str) -> pl.DataFrame:
    """Return the verdicts of a marker that wait for somebody to settle them."""
    return verdicts(found.filter(pl.col("marker") == marker)).filter(pl.col("state") == "disputed")
