"""The words of the method text: templates filled with what was done, and officers' slips."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
import yaml

ABBREVIATIONS = (
    ("Offender", "Off"),
    ("vehicle", "veh"),
    ("Suspect", "Susp"),
    ("unknown", "unk"),
    ("whilst", "w/st"),
)
SLIPS = (
    ("the ", "teh "),
    ("stolen", "stollen"),
    ("premises", "premisis"),
    ("vehicle", "vehcile"),
    ("jewellery", "jewelery"),
    ("their", "thier"),
    ("window", "windwo"),
    ("received", "recieved"),
    ("with", "wiht"),
    ("approach", "aproach"),
)
SLIP_SHARE = 0.04
SHORTENED_SHARE = 0.20
CAPITALS_SHARE = 0.06


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, list[str]]]:
    """Return the templates by kind of crime, and the choices for each slot, of crime_narratives.yaml."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return loaded


def add_narratives(crimes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Add mo_text from kind, mo_entry, mo_method, mo_target and premises_name."""
    text = crimes.select("kind", "mo_entry", "mo_method", "mo_target", "premises_name").with_columns(
        mo_text=pl.Series(chosen(crimes["kind"], rng).tolist(), dtype=pl.String)
    )
    filled = pl.col("mo_text")
    for slot, column in (
        ("entry", "mo_entry"),
        ("method", "mo_method"),
        ("target", "mo_target"),
        ("premises", "premises_name"),
    ):
        other = "shop" if slot == "premises" else "property"
        filled = filled.str.replace(f"{{{slot}}}", pl.col(column).fill_null(other), literal=True)
    text = text.with_columns(mo_text=filled)
    for slot, choices in words()["slots"].items():
        drawn = pl.Series(choices).gather(rng.integers(0, len(choices), text.height))
        text = text.with_columns(
            mo_text=pl.col("mo_text").str.replace(f"{{{slot}}}", pl.lit(drawn), literal=True)
        )
    first = pl.col("mo_text").str.head(1).str.to_uppercase() + pl.col("mo_text").str.slice(1)
    return crimes.with_columns(mo_text=slips(text.select(mo_text=first), rng)["mo_text"])


def chosen(kinds: pl.Series, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return one template for each crime of a kind."""
    kind = kinds.to_numpy().astype(str)
    found = np.full(len(kind), None, dtype=object)
    for name in np.unique(kind):
        mine, choices = np.flatnonzero(kind == name), words()["templates"][str(name)]
        found[mine] = np.array(choices, dtype=object)[rng.integers(0, len(choices), len(mine))]
    return found


def slips(texts: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Shorten some words, misspell some, and leave the capitals lock on now and then."""
    n, text = texts.height, pl.col("mo_text")
    for pairs, share in ((ABBREVIATIONS, SHORTENED_SHARE), (SLIPS, SLIP_SHARE)):
        which = rng.integers(0, len(pairs), n)
        hit = rng.random(n) < share * (2 if pairs is SLIPS else 1)
        for place, (usual, other) in enumerate(pairs):
            mine = pl.Series(hit & (which == place)) if pairs is SLIPS else pl.Series(hit)
            texts = texts.with_columns(
                mo_text=pl.when(mine).then(text.str.replace(usual, other, literal=True)).otherwise(text)
            )
    loud = pl.Series(rng.random(n) < CAPITALS_SHARE)
    return texts.with_columns(mo_text=pl.when(loud).then(text.str.to_uppercase()).otherwise(text))
