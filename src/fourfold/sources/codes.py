"""Codes beside their raw text: fraud, offence, outcome and event codes, forces, reporting services."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from fourfold import vocabulary
from fourfold.sources.contract import ReadingContext
from fourfold.sources.received import RefusalError
from fourfold.vocabulary import Code

Normalise = Callable[[str | None, Path | None], str | None]


def add_code(
    frame: pl.DataFrame, raw: str, code: str, normalise: Normalise, context: ReadingContext
) -> pl.DataFrame:
    """Add the code that each raw text is a spelling of; unknown text has a missing code and stays."""
    folder = Path(context.vocabulary) if context.vocabulary else None
    spellings = frame[raw].unique().drop_nulls().to_list()
    known = {text: normalise(text, folder) for text in spellings}
    return frame.with_columns(
        pl.col(raw).replace_strict(known, default=None, return_dtype=pl.String).alias(code)
    )


def coded_as(listed: str) -> Normalise:
    """Return what finds the code of a text in a code list."""

    def normalise(raw: str | None, folder: Path | None = None) -> str | None:
        return vocabulary.load(listed, folder).normalise(raw)

    return normalise


def event_type(raw: str | None, folder: Path | None = None) -> str | None:
    """Return the event type that a text is a spelling of, or None."""
    return vocabulary.load("case_events", folder).normalise(raw)


def add_force(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add the force: as told in the row, else the one the file was handed in for.

    Raises RefusalError where no row names one and none was given. Where some rows do, those that do not
    are set aside by the record's own rule: they would be missing from every force's figures.
    """
    if frame.height and frame["force_told"].null_count() == frame.height and context.force is None:
        raise RefusalError(
            "its rows do not say which force they are from.",
            'Add --force, or set force in fourfold.toml (for example force = "west-midlands").',
        )
    frame = name_force(frame)
    return frame.with_columns(force=pl.coalesce("force", pl.lit(context.force, dtype=pl.String)))


def name_force(frame: pl.DataFrame) -> pl.DataFrame:
    """Put the force's short name in place of the name as told; missing where none was told."""
    slugs = {name: force_slug(name) for name in frame["force_told"].unique().drop_nulls()}
    named = pl.col("force_told").replace_strict(slugs, default=None, return_dtype=pl.String)
    return frame.with_columns(force=named).drop("force_told")


@lru_cache(maxsize=512)
def force_slug(name: str) -> str:
    """Return a force's short name; a force that no list knows keeps its own, in small letters."""
    known = vocabulary.load("forces").normalise(name)
    if known:
        return known
    bare = re.sub(r"\b(police|constabulary|service)\b", "", name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or name


def services_by_day(context: ReadingContext) -> list[tuple[str, date, date]]:
    """Return the national reporting services with the first and last day each took reports."""
    folder = Path(context.vocabulary) if context.vocabulary else None
    reporting: list[Code] = [
        row
        for row in vocabulary.load("source_systems", folder).rows
        if row.attributes.get("role") == "reporting" and row.valid_from is not None
    ]
    return [(row.code, row.valid_from or date.min, row.valid_to or date.max) for row in reporting]
