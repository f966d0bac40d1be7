"""Which pairs are looked at at all: those that share one of a few keys."""

from __future__ import annotations

import polars as pl

PERSON_KEYS = (
    "by_birth_and_last",
    "by_birth_and_first",
    "by_birth_and_both",
    "by_phone",
    "by_email",
    "by_house",
    "by_postcode_and_first",
    "by_names_and_day",
    "by_names_and_month",
)
FIRM_KEYS = ("by_phone", "by_email", "by_house", "by_name", "by_postcode_and_first")
KEYS: dict[str, tuple[str, ...]] = {"person": PERSON_KEYS, "organisation": FIRM_KEYS}


def with_keys(records: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return records with the columns of KEYS; a key with a missing part finds nobody.

    Each key begins with the force: records of two forces are never compared, each force sees its own. No key is
    so common that a block grows with the square of the records: a date of birth goes with a sound of a name.
    """
    first, last, born = pl.col("first_sound"), pl.col("last_sound"), pl.col("born_on")
    names = pl.concat_str(pl.min_horizontal(first, last), pl.max_horizontal(first, last), separator="/")
    parts = {
        "by_birth_and_last": (born, last),
        "by_birth_and_first": (born, first),
        "by_birth_and_both": (born, names),
        "by_phone": (pl.col("phone"),),
        "by_email": (pl.col("email"),),
        "by_house": (pl.col("postcode"), pl.col("street")),
        "by_name": (pl.col("names"),),
        "by_postcode_and_first": (pl.col("postcode"), first),
        "by_names_and_day": (names, born.dt.day(), born.dt.month()),
        "by_names_and_month": (names, born.dt.year(), pl.min_horizontal(born.dt.day(), born.dt.month())),
    }
    # A key as a number joins several times quicker than as text; it lives no longer than this run.
    return records.with_columns(
        pl.when(pl.all_horizontal(part.is_not_null() for part in parts[key]))
        .then(
            pl.struct(
                pl.col("force"), *(part.alias(f"part_{at}") for at, part in enumerate(parts[key]))
            ).hash(seed=at_key)
        )
        .alias(key)
        for at_key, key in enumerate(KEYS[kind])
    )
