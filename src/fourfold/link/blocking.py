"""Which pairs are looked at at all: those that share one of a few keys."""

from __future__ import annotations

import polars as pl

from fourfold.link.contacts import IS_CROWDED
from fourfold.link.model import KindModel

PERSON_KEYS = (
    "by_birth_and_last",
    "by_birth_and_first",
    "by_birth_and_initials",
    "by_birth_and_postcode",
    "by_phone",
    "by_email",
    "by_house",
    "by_postcode_and_first",
    "by_postcode_and_last",
    "by_names_and_day",
    "by_names_and_month",
    "by_rare_names",
)
FIRM_KEYS = ("by_phone", "by_email", "by_house", "by_name", "by_postcode_and_first")
KEYS: dict[str, tuple[str, ...]] = {"person": PERSON_KEYS, "organisation": FIRM_KEYS}
RARE_TOGETHER = 2e-6
"""Names that fewer than two in a million have, by the model's frequencies of each, are a key by themselves."""


def with_keys(records: pl.DataFrame, kind: str, model: KindModel) -> pl.DataFrame:
    """Return records with the columns of KEYS; a key with a missing part finds nobody.

    Each key begins with the force: records of two forces are never compared, each force sees its own. No key is
    so common that a block grows with the square of the records: a date of birth goes with a sound of a name.
    """
    first, last, born = pl.col("first_sound"), pl.col("last_sound"), pl.col("born_on")
    names = both_names()
    one, other = first.str.head(1), last.str.head(1)
    initials = pl.concat_str(pl.min_horizontal(one, other), pl.max_horizontal(one, other), separator="/")
    together = share_of("names", model) * share_of("last", model)
    street = pl.col("street")
    if IS_CROWDED in records.columns:
        street = pl.when(~pl.col(IS_CROWDED)).then(street)
    parts: dict[str, tuple[pl.Expr, ...]] = {
        "by_birth_and_last": (born, last),
        "by_birth_and_first": (born, first),
        "by_birth_and_initials": (born, initials),
        "by_birth_and_postcode": (born, pl.col("postcode")),
        "by_phone": (pl.col("phone"),),
        "by_email": (pl.col("email"),),
        "by_house": (pl.col("postcode"), street),
        "by_name": (pl.col("names"),),
        "by_postcode_and_first": (pl.col("postcode"), first),
        "by_postcode_and_last": (pl.col("postcode"), last),
        "by_names_and_day": (names, born.dt.day(), born.dt.month()),
        "by_names_and_month": (names, born.dt.year(), pl.min_horizontal(born.dt.day(), born.dt.month())),
        "by_rare_names": (pl.when(together <= RARE_TOGETHER).then(pl.col("names")), pl.col("last")),
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


def may_meet(old: pl.DataFrame, new: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return the old records of a kind that can share a key with a new one: all that do, and some that do not.

    Looked at in whole columns, a million records are few enough to be compared with a weekly list in a moment.
    """
    one = [pl.col(name).is_in(new[name].drop_nulls().unique().implode()) for name in MEETING[kind]]
    if kind == "person":
        one.append(both_names().is_in(new.select(both_names()).to_series().drop_nulls().unique().implode()))
    return old.filter(pl.any_horizontal(one))


MEETING = {
    "person": ("born_on", "phone", "email", "postcode"),
    "organisation": ("phone", "email", "postcode", "names"),
}
"""Every key of a kind has one of these whole in it (for people, or both names)."""


def both_names() -> pl.Expr:
    """Return the sounds of first and last name, in either order."""
    first, last = pl.col("first_sound"), pl.col("last_sound")
    return pl.concat_str(pl.min_horizontal(first, last), pl.max_horizontal(first, last), separator="/")


def share_of(column: str, model: KindModel) -> pl.Expr:
    """Return how often the model has met each value of a column; records of the day have no say in it."""
    known = model.frequencies.get(column, {})
    return pl.col(column).replace_strict(known, default=model.rare.get(column, 1.0), return_dtype=pl.Float64)
