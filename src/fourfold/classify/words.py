"""Words of a text: single words and pairs, weighed by TF-IDF; the same numbers as scikit-learn's, by joins in Polars."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import polars as pl

BATCH = 25_000
"""Texts taken apart at once: pairs of a hundred thousand narratives would fill the memory."""
NUMBER = "0"
"""What stands for any number: an amount says nothing, that there is one does."""


def terms(texts: pl.DataFrame, never: Collection[str]) -> pl.DataFrame:
    """Return `row, term, n`: every word and pair of neighbouring words of each text, and how often it stands there.

    texts: `row` (whole number), `text` (missing allowed). never: words that are dropped before pairs are made.
    """
    words = (
        texts.select("row", word=tokens("text"))
        .explode("word", empty_as_null=True)
        .drop_nulls("word")
        .filter(~pl.col("word").is_in(list(never)))
    )
    following = pl.when(pl.col("row") == pl.col("row").shift(-1)).then(pl.col("word").shift(-1))
    pairs = words.select("row", term=pl.concat_str("word", following, separator=" ")).drop_nulls("term")
    both = pl.concat([words.rename({"word": "term"}), pairs])
    # In an order that never changes: sums of floats depend on it, and the same text must always score the same.
    return both.group_by("row", "term").agg(n=pl.len()).sort("row", "term")


def tokens(column: str) -> pl.Expr:
    """Return the words of a text in small letters, every number the same; letters with accents stay."""
    text = pl.col(column).str.to_lowercase().str.replace_all(r"\d[\d,.]*", NUMBER)
    return text.str.extract_all(r"\p{L}{2,}|0")


def weighed(found: pl.DataFrame, idf: pl.DataFrame) -> pl.DataFrame:
    """Return `row, term, value`: TF-IDF with logged counts, each row of length one over the terms of `idf`.

    found: `row, term, n`. idf: `term, idf`. Source: Salton and Buckley 1988.
    """
    value = (1.0 + pl.col("n").cast(pl.Float64).log()) * pl.col("idf")
    known = found.join(idf.select("term", "idf"), on="term", maintain_order="left")
    known = known.select("row", "term", value=value)
    length = (pl.col("value") ** 2).sum().over("row").sqrt()
    return known.with_columns(value=pl.col("value") / length)


def inverse_frequencies(found: pl.DataFrame, texts: int, least: int, most: int) -> pl.DataFrame:
    """Return `term, idf` of the terms that stand in at least `least` of `texts` texts, the `most` commonest at most.

    The idf is ln((1 + texts) / (1 + texts with the term)) + 1, as scikit-learn smooths it.
    """
    counted = found.group_by("term").agg(within=pl.len()).filter(pl.col("within") >= least)
    kept = counted.sort("within", "term", descending=[True, False]).head(most).sort("term")
    return kept.select("term", idf=((1 + texts) / (1 + pl.col("within").cast(pl.Float64))).log() + 1.0)


def fold_of(text: str | None, ref: str, folds: int) -> int:
    """Return the fold of a record: by its words, so that copies of a text are together; by its reference without any."""
    told = " ".join((text or "").lower().split()) or ref
    return number_of(told) % folds


def number_of(told: str) -> int:
    """Return a whole number below 2**64 that a text always leads to, and that texts alike do not share."""
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest(), "big")
