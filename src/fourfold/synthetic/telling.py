"""How files tell of a person: with misspellings, nicknames, wrong or missing dates, old addresses, blanks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.names import NICKNAMES, SPELLINGS

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Noise:
    """How often a file errs about a person, as shares of rows."""

    misspelt: float = 0.08
    nickname_or_order: float = 0.05
    birth_wrong: float = 0.03
    birth_missing: float = 0.10
    moved: float = 0.15
    phone_missing: float = 0.30
    email_missing: float = 0.40


TOLD = (
    "true_person_id", "household_id", "title", "first_names", "last_name", "date_of_birth", "sex",
    "ethnicity", "address", "postcode", "lsoa_code", "phone", "email",
)  # fmt: skip


def tell_person(people: pl.DataFrame, rng: np.random.Generator, noise: Noise | None = None) -> pl.DataFrame:
    """Return the same people, row for row, as a file tells of them.

    people: rows of `people_at`. `true_person_id` and `household_id` stay true: they are for the truth
    files and never go into a file that the pipeline reads.
    """
    errs = noise or Noise()
    told = wrong_names(people, rng, errs)
    told = wrong_births(told, rng, errs)
    moved = pl.Series(rng.random(people.height) < errs.moved)
    told = told.with_columns(
        pl.when(moved).then(pl.col(f"moved_{name}")).otherwise(pl.col(name)).alias(name)
        for name in ("address", "postcode", "lsoa_code")
    )
    for name, share in (("phone", errs.phone_missing), ("email", errs.email_missing)):
        told = told.with_columns(blank(name, rng.random(people.height) < share))
    return told.select(TOLD)


def blank(column: str, where: Mask) -> pl.Expr:
    """Return the column with nothing at the rows named."""
    return pl.when(pl.Series(where)).then(None).otherwise(pl.col(column)).alias(column)


def wrong_names(people: pl.DataFrame, rng: np.random.Generator, noise: Noise) -> pl.DataFrame:
    """Misspell some names, give some by a familiar form, and put some the wrong way round."""
    first = people["first_names"].to_numpy().astype(object)
    last = people["last_name"].to_numpy().astype(object)
    nicknames = also_called(NICKNAMES)
    for row in np.flatnonzero(rng.random(len(first)) < noise.nickname_or_order):
        known = nicknames.get(first[row], ())
        if known and rng.random() < 0.75:
            first[row] = known[rng.integers(len(known))]
        else:
            first[row], last[row] = last[row], first[row]
    spellings = also_called(
        tuple((one, two) for group in SPELLINGS for one in group for two in group if one != two)
    )
    for row in np.flatnonzero(rng.random(len(first)) < noise.misspelt):
        names = last if rng.random() < 0.55 else first
        known = spellings.get(names[row], ())
        names[row] = known[rng.integers(len(known))] if known else misspell(names[row], rng)
    return people.with_columns(
        pl.Series("first_names", first.tolist(), dtype=pl.String),
        pl.Series("last_name", last.tolist(), dtype=pl.String),
    )


def also_called(pairs: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    """Return for each name the other forms of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, other in pairs:
        found[name].append(other)
    return {name: tuple(others) for name, others in found.items()}


def misspell(name: str, rng: np.random.Generator) -> str:
    """Return a name with one slip of the pen: a letter left out, doubled, swapped or mistyped."""
    if len(name) < 3:
        return name + name[-1:]
    at = int(rng.integers(1, len(name) - 1))
    slip = int(rng.integers(4))
    if slip == 0:
        return name[:at] + name[at + 1 :]
    if slip == 1:
        return name[:at] + name[at] + name[at:]
    if slip == 2:
        swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        return swapped if swapped != name else name[:at] + name[at + 1 :]
    near = {
        "a": "e",
        "e": "a",
        "i": "y",
        "y": "i",
        "o": "u",
        "u": "o",
        "c": "k",
        "k": "c",
        "s": "z",
        "n": "m",
        "m": "n",
    }
    return name[:at] + near.get(name[at].lower(), "e") + name[at + 1 :]


def wrong_births(people: pl.DataFrame, rng: np.random.Generator, noise: Noise) -> pl.DataFrame:
    """Get some dates of birth wrong (day and month swapped, a year, ten or a day out), leave some out."""
    born = pl.col("date_of_birth")
    month, day = born.dt.month(), born.dt.day()
    kind = pl.Series(rng.integers(0, 4, people.height))
    swapped = pl.date(born.dt.year(), pl.when(day <= 12).then(day).otherwise(month), month)
    swapped = pl.when(day <= 12).then(swapped).otherwise(born.dt.offset_by("-1d"))
    other = (
        pl.when(kind == 0)
        .then(swapped)
        .when(kind == 1)
        .then(born.dt.offset_by("-1y"))
        .when(kind == 2)
        .then(born.dt.offset_by("-10y"))
        .otherwise(born.dt.offset_by("-1d"))
    )
    drawn = rng.random(people.height)
    missing, wrong = drawn < noise.birth_missing, drawn >= 1 - noise.birth_wrong
    return people.with_columns(
        date_of_birth=pl.when(pl.Series(missing))
        .then(None)
        .when(pl.Series(wrong))
        .then(other)
        .otherwise(born)
    )
