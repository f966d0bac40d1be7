"""Numbers in running text, told apart by what they are: counts, percentages, money, and all the rest.

A number that belongs to a date, a law, a code, an age, a duration or a list is not a statistic. Each
pattern takes its matches out of the text before the next one looks, most particular first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fourfold.measures.figure import Figure
from fourfold.measures.words import say_number
from fourfold.products.board_paper.checks.lexicon import FRACTIONS, NUMBER_WORDS
from fourfold.products.board_paper.checks.number_patterns import (
    BARE_INTERVAL,
    FRACTION,
    INTERVAL,
    MONEY,
    NOT_STATISTICS,
    NUMBER,
    ONE_IN,
    PERCENT,
    PHONE,
    PLAIN,
    POINTS,
    SPELLED_COUNT,
    SPELLED_PERCENT,
    Kind,
)
from fourfold.products.board_paper.checks.time_words import find_times

STATISTICS = (Kind.COUNT, Kind.PERCENT, Kind.POINTS, Kind.MONEY, Kind.RATE, Kind.NUMBER)
"""The kinds that should be figure references and not typed digits."""


@dataclass(frozen=True)
class Quantity:
    """One number in a text; `figure` is the figure it prints and `link` that figure's name."""

    kind: Kind
    value: float
    start: int
    end: int
    figure: Figure | None = None
    link: str | None = None
    spelled: bool = False


@dataclass(frozen=True)
class LinkSpan:
    """Where a figure's printed words stand in a passage."""

    start: int
    end: int
    name: str
    figure: Figure | None


_SCALE = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}


def find_quantities(text: str, links: tuple[LinkSpan, ...] = ()) -> tuple[Quantity, ...]:
    """Return every number of `text` with its kind, in order; a figure's printed words are one number."""
    found = [_linked(link, text[link.start : link.end]) for link in links]
    rest = text
    for link in links:
        rest = _cut(rest, link.start, link.end)
    if any(character.isdigit() for character in rest):
        rest = _take_out(rest, found)
    for read in (_bounds, _shares, _spelled, _sums):
        more = read(rest)
        found += more
        for quantity in more:
            rest = _cut(rest, quantity.start, quantity.end)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _take_out(rest: str, found: list[Quantity]) -> str:
    """Take the numbers that are no statistics out of a text: telephones, dates, laws, codes, ages, durations."""
    for phone in PHONE.finditer(rest):
        found.append(Quantity(Kind.LABEL, 0.0, phone.start(), phone.end()))
        rest = _cut(rest, phone.start(), phone.end())
    for mention in find_times(rest):
        found.append(Quantity(Kind.TIME, 0.0, mention.start, mention.end))
        rest = _cut(rest, mention.start, mention.end)
    for kind, pattern in NOT_STATISTICS:
        for match in pattern.finditer(rest):
            found.append(Quantity(kind, 0.0, match.start(), match.end()))
            rest = _cut(rest, match.start(), match.end())
    return rest


def _cut(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _linked(link: LinkSpan, printed: str) -> Quantity:
    """The number that a figure's words print: its value, its interval's ends, or one of its parts."""
    figure = link.figure
    if figure is None or figure.value is None:
        return Quantity(Kind.LABEL, 0.0, link.start, link.end, figure, link.name)
    part = next((value for _, value in figure.parts if say_number(value, "") == printed), None)
    if printed != figure.words and part is not None:
        return Quantity(Kind.COUNT, part, link.start, link.end, figure, link.name)
    if printed == "no interval" or (" to " in printed and printed != figure.words):
        return Quantity(Kind.BOUND, 0.0, link.start, link.end, figure, link.name)
    return Quantity(_kind_of(figure), figure.value, link.start, link.end, figure, link.name)


def _kind_of(figure: Figure) -> Kind:
    if figure.unit in ("percent", "percent_change"):
        return Kind.PERCENT
    if figure.unit == "GBP":
        return Kind.MONEY
    if figure.unit.startswith("per "):
        return Kind.RATE
    return Kind.COUNT if float(figure.value or 0.0).is_integer() else Kind.NUMBER


def _bounds(text: str) -> list[Quantity]:
    """The two ends of an interval, after its word ("interval 3% to 9%") or in brackets behind its value."""
    named = [match.span() for match in INTERVAL.finditer(text)]
    bare = [match.span(1) for match in BARE_INTERVAL.finditer(text)]
    return [Quantity(Kind.BOUND, 0.0, start, end) for start, end in named + bare]


def _shares(text: str) -> list[Quantity]:
    found = [_valued(Kind.POINTS, match) for match in POINTS.finditer(text)]
    text = _without(text, found)
    found += [_valued(Kind.PERCENT, match) for match in PERCENT.finditer(text)]
    for match in SPELLED_PERCENT.finditer(text):
        value = 100.0 if "hundred" in match["tens"].lower() else _word_value(match["tens"], match["ones"])
        found.append(Quantity(Kind.PERCENT, value, match.start(), match.end(), spelled=True))
    for match in FRACTION.finditer(text):
        value = FRACTIONS[match.group(0).lower().replace("-", " ")]
        found.append(Quantity(Kind.FRACTION, value, match.start(), match.end(), spelled=True))
    text = _without(text, found)
    for match in ONE_IN.finditer(text):
        top, bottom = _word_value(match["a"]), _word_value(match["b"])
        if bottom and top < bottom <= 20:
            found.append(
                Quantity(Kind.FRACTION, 100 * top / bottom, match.start(), match.end(), spelled=True)
            )
    return found


def _sums(text: str) -> list[Quantity]:
    found = []
    for match in MONEY.finditer(text):
        found.append(Quantity(Kind.MONEY, _scaled(match), match.start(), match.end()))
    for match in PLAIN.finditer(_without(text, found)):
        value = _scaled(match)
        kind = Kind.COUNT if value.is_integer() and (match["m"] or "." not in match["n"]) else Kind.NUMBER
        found.append(Quantity(kind, value, match.start(), match.end()))
    return found


def _spelled(text: str) -> list[Quantity]:
    found = []
    for match in SPELLED_COUNT.finditer(text):
        value = _word_value(match["tens"], match["ones"]) * (100 if match["hundred"] else 1)
        if value >= 2:
            found.append(Quantity(Kind.COUNT, value, match.start(), match.end(), spelled=True))
    return found


def _valued(kind: Kind, match: re.Match[str]) -> Quantity:
    digits = re.search(NUMBER, match.group(0))
    value = float(digits.group(0).replace(",", "")) if digits else 0.0
    return Quantity(kind, -value if match.group(0)[0] in "-−" else value, match.start(), match.end())


def _scaled(match: re.Match[str]) -> float:
    return float(match["n"].replace(",", "")) * _SCALE.get((match["m"] or "").lower(), 1.0)


def _word_value(tens: str, ones: str | None = None) -> float:
    if tens.isdigit():
        return float(tens)
    return float(NUMBER_WORDS.get(tens.lower(), 0) + (NUMBER_WORDS.get(ones.lower(), 0) if ones else 0))


def _without(text: str, found: list[Quantity]) -> str:
    for quantity in found:
        text = _cut(text, quantity.start, quantity.end)
    return text
