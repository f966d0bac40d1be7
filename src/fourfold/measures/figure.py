"""A figure: one published number with all that is needed to judge it and to make it again."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from fourfold.home import WrongUseError
from fourfold.measures.period import Period
from fourfold.measures.words import say


class State(StrEnum):
    """What stands where a number is looked for; only `known` has one that may be printed."""

    KNOWN = "known"
    MISSING = "missing"
    """The records that would say it are not loaded, wholly or for some months."""
    NOT_STATED = "not_stated"
    """Records are there, but none of them states what is measured."""
    SUPPRESSED = "suppressed"
    """The number is known and too small to be published."""


LEVEL = 0.95
"""The confidence level of every interval."""

QUOTED = r'"(?:[^"]|"")*"'
NAME = re.compile(rf"([a-z_.0-9]+)(?:\[((?:[^\]\"]|{QUOTED})*)\])?@([\d.\-]+)(?:~([\d.\-]+))?")
PAIR = re.compile(rf"\s*([a-z][a-z_0-9]*)\s*=\s*({QUOTED}|[^,\"\[\]]+)\s*(?:,|$)")
PLAIN = re.compile(r'[^\s,"\[\]](?:[^,"\[\]]*[^\s,"\[\]])?')
"""A value that needs no quotation marks round it."""


@dataclass(frozen=True)
class FigureName:
    """The name that turns back into rows: `measure[dimension=value,...]@period~baseline`.

    `slice` holds the dimensions in alphabetical order; `baseline` stands only where two periods are
    compared, for example `fraud.reports.change[nfib_code=NFIB1D]@2021~2020`. A value with a comma, a
    bracket, a quotation mark or a space at its end stands in quotation marks:
    `crime.all[district="Bristol, City of"]@2021`. Raises WrongUseError for a slice without a value and
    for a dimension named twice.
    """

    measure: str
    period: Period
    slice: tuple[tuple[str, str], ...] = ()
    baseline: Period | None = None

    def __post_init__(self) -> None:
        keys = [key for key, _ in self.slice]
        faulty = [key for key, value in self.slice if not value or keys.count(key) > 1]
        if faulty:
            raise WrongUseError(
                f"{self.measure} is sliced by '{faulty[0]}' twice or without a value.",
                "Write dimension=value once, for example district=Solihull.",
            )
        object.__setattr__(self, "slice", tuple(sorted(self.slice)))

    @staticmethod
    def parse(text: str) -> FigureName:
        """Read a figure's name; raises WrongUseError that shows how one is written."""
        found = NAME.fullmatch(text.strip())
        if not found:
            raise WrongUseError(
                f"'{text}' is not a figure's name.",
                "Write measure[dimension=value]@period, for example fraud.reports[nfib_code=NFIB1D]@2021.",
            )
        measure, inside, period, baseline = found.groups()
        return FigureName(
            measure,
            Period.parse(period),
            parse_slice(inside or ""),
            Period.parse(baseline) if baseline else None,
        )

    def __str__(self) -> str:
        inside = ",".join(f"{key}={quoted(value)}" for key, value in self.slice)
        tail = f"~{self.baseline}" if self.baseline else ""
        return f"{self.measure}{f'[{inside}]' if inside else ''}@{self.period}{tail}"

    @property
    def slices(self) -> dict[str, str]:
        return dict(self.slice)

    def with_slice(self, **more: str) -> FigureName:
        return replace(self, slice=tuple({**self.slices, **more}.items()))

    def at(self, period: Period, baseline: Period | None = None) -> FigureName:
        return replace(self, period=period, baseline=baseline)

    def of(self, measure: str) -> FigureName:
        return replace(self, measure=measure)


def parse_slice(inside: str) -> tuple[tuple[str, str], ...]:
    """Read `a=1,b="2, 3"` into pairs; raises WrongUseError for anything else."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(inside.rstrip()):
        found = PAIR.match(inside, at)
        if not found or not found[2].strip():
            raise WrongUseError(
                f"'{inside[at:].strip()}' is not a slice.",
                'Write dimension=value, for example district=Solihull or district="Bristol, City of".',
            )
        pairs.append((found[1], unquoted(found[2].strip())))
        at = found.end()
    return tuple(pairs)


def quoted(value: str) -> str:
    """Return a value of a slice as it is written, in quotation marks where it would not be read back."""
    return value if PLAIN.fullmatch(value) else '"' + value.replace('"', '""') + '"'


def unquoted(text: str) -> str:
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


@dataclass(frozen=True)
class Origin:
    """All that a figure was made from: with the same origin it comes out the same."""

    manifest: str = ""
    policy: str = ""
    vocabulary: str = ""
    code: str = ""


@dataclass(frozen=True)
class Figure:
    """One number with its interval, its counts, its words and its origin.

    `value`, `lower` and `upper` are in `unit` and None unless `state` is known; `level` is the
    interval's. `n` counts the records the value rests on (both periods of a change, the denominator of
    a share), `missing` those that should say it and do not. `parts` holds the numbers the value is made
    of (both counts of a change, numerator and denominator of a share).
    """

    name: str
    title: str
    state: State
    unit: str
    period: str
    period_words: str
    definition: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = LEVEL
    n: int | None = None
    missing: int | None = None
    decimals: int = 0
    baseline: str | None = None
    baseline_words: str | None = None
    source: str = ""
    made_up: bool = False
    why: str = ""
    """Why there is no number, in words a reader of the paper understands."""
    caveats: tuple[str, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
    origin: Origin = field(default_factory=Origin)

    def part(self, name: str) -> float | None:
        return dict(self.parts).get(name)

    @property
    def words(self) -> str:
        """The value as a paper prints it, or why it has none."""
        return say(self)

    def to_json(self) -> dict[str, Any]:
        """Return the figure as plain values; `from_json` makes it again, equal."""
        plain = asdict(self)
        plain["state"] = str(self.state)
        plain["caveats"] = list(self.caveats)
        plain["parts"] = [list(part) for part in self.parts]
        return plain

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Figure:
        return Figure(
            **{
                **plain,
                "state": State(plain["state"]),
                "caveats": tuple(plain["caveats"]),
                "parts": tuple((str(name), float(value)) for name, value in plain["parts"]),
                "origin": Origin(**plain["origin"]),
            }
        )
