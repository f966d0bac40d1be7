"""Case events recorded at the desks: that a victim was told, that a referral was made, that it was not."""

from __future__ import annotations

import polars as pl

from fourfold.records import DeskDecision
from fourfold.sources import decision_values

CASE_EVENT = decision_values.CASE_EVENT
"""Kind of the decision. Its subject is the crime; its value holds the parts below, a moment as ISO text with its offset."""
VALUE = pl.Struct(
    {
        "event_type": pl.String,
        "about_event_id": pl.String,
        "victim_ref": pl.String,
        "suspect_ref": pl.String,
        "happened_at": pl.String,
        "result": pl.String,
    }
)
WITHDRAWN = decision_values.CASE_EVENT_WITHDRAWN
"""Kind of the decision by which one recorded by mistake is taken back: its value holds `decision_id`. Both are kept."""
WITHDRAWAL = pl.Struct({"decision_id": pl.String})
DESK = "desk/"
"""What stands before a decision's id in the id of its event."""


def desk_events(decisions: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return the case events that desk decisions record, with the columns that clocks read.

    decisions: the record desk_decision. crimes: `crime_ref, force`; a decision about a crime that is not
    among them is left out, and so is one that was taken back. An event was written down when the decision was made.
    """
    about = decisions.filter(pl.col("subject") == "crime")
    withdrawn = about.filter(pl.col("kind") == WITHDRAWN).select(
        "subject_ref",
        decision_id=pl.col("value").str.json_decode(WITHDRAWAL).struct.field("decision_id"),
    )
    mine = about.filter(pl.col("kind") == CASE_EVENT).join(
        withdrawn, on=["decision_id", "subject_ref"], how="anti"
    )
    told = mine.with_columns(pl.col("value").str.json_decode(VALUE).alias("told")).unnest("told")
    # The very reading that let it in: what the door takes for a moment must not be missing here.
    moment = pl.col("happened_at").map_elements(
        decision_values.moment_of, return_dtype=pl.Datetime("us", "UTC")
    )
    return told.join(crimes, left_on="subject_ref", right_on="crime_ref").select(
        "force",
        "event_type",
        "about_event_id",
        "victim_ref",
        "suspect_ref",
        "result",
        event_id=pl.lit(DESK) + pl.col("decision_id"),
        crime_ref="subject_ref",
        happened_at=moment,
        known_at=pl.lit(None, dtype=pl.Datetime("us", "UTC")),
        recorded_at="made_at",
    )


def no_decisions() -> pl.LazyFrame:
    return DeskDecision.create_empty().lazy()
