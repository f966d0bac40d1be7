"""Narratives of fraud reports, put together from the pieces of `fraud_words` and mistyped now and then."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from fourfold.synthetic.fraud_words import SLIPS, SLOTS, STORIES

MISSING_SHARE = 0.04
MISTYPED_SHARE = 0.25
TERSE_SHARE = 0.12
WITHOUT_CAPITALS, ALL_CAPITALS = 0.07, 0.03


def narratives(
    story: pl.Series, organisation: pl.Series, loss: pl.Series, rng: np.random.Generator
) -> pl.Series:
    """Return a narrative for each report, missing for a few.

    story: names of STORIES or codes; organisation: whether one reports; loss: pounds, missing where not
    stated. All of the same length.
    """
    key = pl.DataFrame({"story": story, "organisation": organisation}).select(
        pl.when(pl.col("story").is_in(list(STORIES)))
        .then("story")
        .when("organisation")
        .then(pl.lit("general_organisation"))
        .otherwise(pl.lit("general"))
    )
    told = pl.DataFrame({"key": key.to_series(), "amount": amounts(loss)}).with_row_index("row")
    told = told.with_columns(
        pl.Series(slot, np.array(words, dtype=object)[rng.integers(len(words), size=told.height)].tolist())
        for slot, words in SLOTS.items()
    )
    parts = [tell(str(name), rows, rng) for (name,), rows in told.group_by("key", maintain_order=True)]
    text = pl.concat(parts).sort("row")["text"]
    return mistype(text, rng)


def amounts(loss: pl.Series) -> pl.Series:
    """Say a loss as people do: in pounds, or in words where nothing is stated."""
    pounds = pl.col("loss").round(0).cast(pl.Int64)
    words = (
        pl.when(pl.col("loss").is_null())
        .then(pl.lit("some money"))
        .when(pl.col("loss") == 0)
        .then(pl.lit("nothing so far"))
        .when(pounds % 3 == 0)
        .then(pl.format("{} pounds", pounds))
        .otherwise(pl.format("£{}", pounds))
    )
    return pl.DataFrame({"loss": loss}).select(words).to_series()


def tell(key: str, rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Return row and text of the reports of one story: one piece from each part."""
    pieces = []
    for place, choices in enumerate(STORIES[key]):
        chosen = pl.Series(f"choice_{place}", rng.integers(len(choices), size=rows.height))
        rows = rows.with_columns(chosen)
        piece = filled(choices[0])
        for number, words in enumerate(choices[1:], start=1):
            piece = pl.when(pl.col(chosen.name) == number).then(filled(words)).otherwise(piece)
        if 0 < place < len(STORIES[key]) - 1:
            kept = pl.Series(rng.random(rows.height) > TERSE_SHARE)
            piece = pl.when(kept).then(piece)
        pieces.append(piece)
    return rows.select("row", text=pl.concat_str(pieces, separator=" ", ignore_nulls=True))


def filled(words: str) -> pl.Expr:
    """Return the words with {slots} taken from the columns of that name; sentences keep their capitals."""
    bits = [bit for bit in re.split(r"(\{\w+\})", words) if bit]
    made = pl.concat_str([pl.col(bit[1:-1]) if bit.startswith("{") else pl.lit(bit) for bit in bits])
    return made.str.head(1).str.to_uppercase() + made.str.slice(1)


def mistype(text: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Mistype some narratives, put some without capitals or all in capitals, and leave a few out."""
    slipped = pl.col("text")
    for right, wrong in SLIPS:
        slipped = slipped.str.replace_all(right, wrong, literal=True)
    drawn = pl.Series("drawn", rng.random(len(text)))
    frame = pl.DataFrame({"text": text, "drawn": drawn, "style": rng.random(len(text))})
    frame = frame.with_columns(text=pl.when(pl.col("drawn") < MISTYPED_SHARE).then(slipped).otherwise("text"))
    return frame.select(
        pl.when(pl.col("style") > 1 - MISSING_SHARE)
        .then(None)
        .when(pl.col("style") < WITHOUT_CAPITALS)
        .then(pl.col("text").str.to_lowercase().str.replace_all(".", "", literal=True))
        .when(pl.col("style") < WITHOUT_CAPITALS + ALL_CAPITALS)
        .then(pl.col("text").str.to_uppercase())
        .otherwise("text")
    ).to_series()
