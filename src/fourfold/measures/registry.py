"""Every measure by its name, and how a name with a suffix is taken apart."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from fourfold.home import WrongUseError
from fourfold.measures import (
    acquisitive,
    audit_figures,
    business,
    duties,
    fraud,
    open_data,
    programmes,
    protect,
    quality,
)
from fourfold.measures.figure import FigureName
from fourfold.measures.measure import SUFFIXES, Measure, Suffix

REGISTRY: dict[str, Measure] = {
    measure.name: measure
    for subject in (
        fraud,
        acquisitive,
        business,
        programmes,
        protect,
        open_data,
        quality,
        duties,
        audit_figures,
    )
    for measure in subject.MEASURES
}
"""One entry a measure, in the order of the subjects."""

EVERYWHERE = ("force",)
"""Dimensions that every measure has."""


@dataclass(frozen=True)
class Asked:
    """A figure's name, understood: its measure and the way it is looked at."""

    name: FigureName
    measure: Measure
    suffix: Suffix | None

    @property
    def title(self) -> str:
        return self.suffix.title.format(title=self.measure.title) if self.suffix else self.measure.title


def understand(name: FigureName) -> Asked:
    """Return the measure and suffix a name asks for.

    Raises WrongUseError that suggests the nearest measure, dimension or way to ask.
    """
    measure, suffix = find(name.measure)
    allowed = (*measure.dimensions, *EVERYWHERE)
    for dimension in name.slices:
        if dimension not in allowed:
            raise WrongUseError(
                f"{measure.name} cannot be sliced by '{dimension}'.{nearest(dimension, allowed)}",
                f"It can by: {', '.join(allowed)}.",
            )
    if suffix and suffix.needs_baseline != (name.baseline is not None):
        ask = (
            f"{name.measure}@{name.period}~BASELINE"
            if suffix.needs_baseline
            else f"{name.measure}@{name.period}"
        )
        raise WrongUseError(f"'{name}' is not asked for in the right way.", f"Write {ask}.")
    if suffix is None and (name.baseline is not None or not measure_stands_alone(measure)):
        raise WrongUseError(f"'{name}' is not asked for in the right way.", how_to_ask(measure, name))
    refuse_unlike(name, suffix, measure)
    return Asked(name, measure, suffix)


def refuse_unlike(name: FigureName, suffix: Suffix | None, measure: Measure) -> None:
    """Raise WrongUseError for a comparison or a share of things that do not go together."""
    kind = suffix.name if suffix else ""
    if name.baseline is not None and name.baseline.months != name.period.months:
        raise WrongUseError(
            f"'{name}' compares {name.period.months} months with {name.baseline.months}.",
            "Compare periods of the same length.",
        )
    if kind == "share" and set(name.slices) <= set(EVERYWHERE):
        parts = f"Say of what it is the share, by {' or '.join(measure.dimensions)}."
        nothing = f"{measure.name} has nothing to be divided by."
        raise WrongUseError(f"'{name}' is the share of all in all.", parts if measure.dimensions else nothing)
    wider = sorted(set(name.slices) - {*EVERYWHERE, "district"})
    if kind == "rate" and wider:
        raise WrongUseError(
            f"A rate cannot be sliced by {', '.join(wider)}.", "Slice it by district, or not."
        )


def find(name: str) -> tuple[Measure, Suffix | None]:
    if name in REGISTRY:
        return REGISTRY[name], None
    base, _, last = name.rpartition(".")
    if base in REGISTRY and last in SUFFIXES:
        measure, suffix = REGISTRY[base], SUFFIXES[last]
        if measure.statistic in suffix.of:
            return measure, suffix
        raise WrongUseError(f"{base} has no {last}.", how_to_ask(measure, None))
    known = [
        *REGISTRY,
        *(f"{measure}.{suffix}" for measure in REGISTRY for suffix in suffixes_of(REGISTRY[measure])),
    ]
    raise WrongUseError(
        f"There is no measure '{name}'.{nearest(name, known)}", "`fourfold paper figures` lists them."
    )


def suffixes_of(measure: Measure) -> list[str]:
    return [suffix.name for suffix in SUFFIXES.values() if measure.statistic in suffix.of]


def measure_stands_alone(measure: Measure) -> bool:
    """Say whether a measure means something without a suffix; an amount does not."""
    return measure.statistic != "amount"


def how_to_ask(measure: Measure, name: FigureName | None) -> str:
    period = name.period if name else "2021"
    ways = [f"{measure.name}@{period}"] if measure_stands_alone(measure) else []
    for suffix in suffixes_of(measure):
        tail = "~2020" if SUFFIXES[suffix].needs_baseline else ""
        ways.append(f"{measure.name}.{suffix}@{period}{tail}")
    return f"Ways to ask: {', '.join(ways)}."


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Is '{near[0]}' meant?" if near else ""
