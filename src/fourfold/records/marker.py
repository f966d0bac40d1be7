"""Derived tables of markers: which record may carry which, how likely, why, and the words that weighed."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import SENSITIVE, choice, text


class Marker(dy.Schema):
    """One record in the scope of one marker, as judged by its cues, its model and its readers.

    Made by the marker stage, which adds what is new. A row says nothing about the record's own code, which
    stays as told. How it misleads: before any review `probability` says how alike a record is to those with a
    cue, not how likely it carries the marker (`calibrated` is False); a record without text is judged by its
    fields alone (`has_text`).
    """

    table: ClassVar[str] = "marker"

    record = choice("fraud_report", "crime", nullable=False)
    record_ref = text(nullable=False)
    force = text(nullable=False)
    on = dy.Date(nullable=False)
    """The day that puts the record into a period."""
    marker = text(nullable=False)
    definition = text(nullable=False)
    """Version of the definition: its first day, what it follows, and a digest."""
    model = text()
    """The model that scored it; missing where none is trained yet."""
    told_by = text(nullable=False)
    """Batch and row of the telling that was scored: a record told anew is scored anew."""
    has_text = dy.Bool(nullable=False)
    cues = text()
    """Names of the cues that found it; missing where none did."""
    probability = dy.Float64(nullable=True, min=0, max=1)
    calibrated = dy.Bool(nullable=False)
    evidence = text(metadata=SENSITIVE)
    """In words, what moved the probability and how far (log odds); missing where it stayed next to nothing."""
    state = choice("not_scored", "cue_only", "scored", "confirmed", "rejected", "disputed", nullable=False)
    """`disputed`: two readers answered differently and nobody settled it yet."""


class MarkerModel(dy.Schema):
    """One weight of one model: a word or field of one fold, or a constant.

    Every model that was ever adopted stays; the newest of a marker is the pinned one. `part` is word (on
    TF-IDF with `idf`), field (column=value, or cue: name), constant (fold's intercept), calibration (slope,
    intercept) or about (when it was trained and on how many).
    """

    table: ClassVar[str] = "marker_model"

    marker = text(nullable=False)
    model = text(nullable=False)
    definition = text(nullable=False)
    trained_at = text(nullable=False)
    labels = choice("cues", "reviews", nullable=False)
    part = choice("word", "field", "constant", "calibration", "about", nullable=False)
    name = text(nullable=False, metadata=SENSITIVE)
    fold = dy.Int64(nullable=False)
    """-1 for what holds in every fold."""
    weight = dy.Float64(nullable=False)
    idf = dy.Float64(nullable=True)
