"""Numbers in running text, told apart by what they are: counts, percentages, money, and all the rest.

A number that belongs to a date, a law, a code, an age, a duration or a list is not a statistic. Each
pattern takes its matches out of the text before the next one looks, most particular first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.lexicon import COUNTED, FRACTIONS, NUMBER_WORDS
from fourfold.products.board_paper.checks.time_words import find_times


class Kind(StrEnum):
    """What a number in text is; only the first seven are statistics that somebody measured."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "percentage points"
    MONEY = "money"
    RATE = "rate"
    NUMBER = "number"
    FRACTION = "fraction"
    BOUND = "interval bound"
    LEVEL = "interval level"
    TIME = "time"
    LABEL = "label"
    """A code, section, paragraph, version, telephone, list or footnote number."""
    AGE = "age"
    DURATION = "duration"
    ORDINAL = "ordinal"


STATISTICS = (Kind.COUNT, Kind.PERCENT, Kind.POINTS, Kind.MONEY, Kind.RATE, Kind.NUMBER)
"""The kinds that should be figure references and not typed digits."""


@dataclass(frozen=True)
class Quantity:
    """One number in a text; `figure` is the figure it prints, `link` its name, `typed` whether in digits by hand."""

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


_NUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELLED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_TO = r"(?:\s*(?:to|and|or|-|–)\s*)"
_LABEL_WORD = (
    r"(?:ss?\.?|sections?|schedules?|sch\.?|articles?|regulations?|rules?|parts?|paragraphs?|paras?\.?|clauses?|"
    r"chapters?|appendix|appendices|annex(?:es)?|tables?|figures?|charts?|maps?|pages?|pp?\.|items?|notes?|"
    r"footnotes?|rights?|steps?|stages?|phases?|tiers?|levels?|versions?|v\.?|waves?|weeks?|quarters?|questions?|"
    r"options?|grades?|priority|priorities|forms?|circulars?|wards?|sectors?|lines?|columns?|rows?|principles?|"
    r"categor(?:y|ies)|outcomes?|outcome types?|types?|codes?|classes|class|NFIB|numbers?|nos?\.|refs?\.?|reference|"
    r"standards?|objectives?|strands?|aims?|recommendations?|actions?|rounds?|groups?|units?|zones?|"
    r"Connect|Windows|ISO|Covid)"
)

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.LEVEL,
            r"\b(?:80|90|95|98|99|99\.[579])\s?%(?=\s+(?:(?:confidence|credible|prediction|uncertainty)\s+)?"
            r"(?:intervals?|limits?|range|CIs?\b|confiden\w+|sure|certain))",
        ),
        (
            Kind.TIME,
            r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|noon|hrs)\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{4}\s?hours\b",
        ),
        (
            Kind.LABEL,
            r"\b24/7\b|\b4\s?Ps?\b|\b9-5\b|\b(?:101|999|112|7726)\b(?![,%]|\.\d|\s+" + COUNTED + r")",
        ),
        (
            Kind.LABEL,
            r"^\s*\(?\d{1,3}(?:\.\d{1,2})*[.)](?=\s)|^\s*\d{1,2}\.\d{1,2}(?=\s+[A-Z])|\(\d\)(?=\s+[a-z])",
        ),
        (Kind.LABEL, r"\b(?:v|ver\.?|version)\s?\d+(?:\.\d+)+|\b\d+\.\d+\.\d+\b"),
        (Kind.LABEL, rf"\bNFIB[\s-]?\d+[A-Z]?\b|\bcodes?\s+\d+[A-Z]?(?:(?:,\s*|{_TO})\d+[A-Z]?)*\b"),
        (
            Kind.LABEL,
            r"\b[A-Z]+[-/]?\d+[A-Z0-9/.-]*\b|\b\d+[A-Z]{1,2}\d*(?!\w)(?<![\d ][km])(?<!\dbn)|[\"“‘']\d+[\"”’']",
        ),
        (Kind.LABEL, r"\b[A-Z]+-\d+\b"),
        (
            Kind.AGE,
            r"\b(?:aged?|ages)\s+(?:of\s+|between\s+|from\s+|over\s+|under\s+|up to\s+)*\d+(?:\s*(?:\+|plus))?"
            rf"(?:{_TO}(?:over|under|older|above|\d+))?"
            r"(?:\s*years?(?:\s+(?:or|and)\s+(?:over|older|above|under))?)?(?:\s+or\s+(?:over|older|under))?",
        ),
        (
            Kind.AGE,
            rf"\b\d{{1,3}}{_TO}\d{{1,3}}[\s-]*(?:years?[\s-]*olds?|(?:age[\s-]*)?(?:bracket|band|age group|group)s?)",
        ),
        (Kind.AGE, rf"^\s*\d{{1,2}}{_TO}\d{{1,2}}(?=\s*[:(,–-]|\s*$)|\b\d\d{_TO}\d\d(?=\s*\([+\-−])"),
        (
            Kind.AGE,
            r"\b\d{1,3}[\s-]*years?[\s-]*olds?\b|\b\d{1,3}\s*(?:years?\s+)?(?:or|and)\s+(?:over|older|under|above)\b",
        ),
        (
            Kind.AGE,
            r"\b(?:under|over)[\s-]\d{1,2}['’]?s\b|\b(?:under|over)[\s-](?:18|21|25)\b|"
            r"\b(?:below|above|under|over) the age of \d+(?: years)?|\b\d\d\s?\+(?!\s?\d)",
        ),
        (
            Kind.DURATION,
            rf"\b(?:{_NUM})(?:{_TO}(?:{_NUM}))?[\s-]*(?:consecutive\s+|working\s+|calendar\s+|clear\s+|full\s+)*"
            r"(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|seconds?|nights?|weekends?|fortnights?)\b",
        ),
        (
            Kind.LABEL,
            rf"(?<!['’])\b{_LABEL_WORD}\s+\d+(?:\.\d+)*(?:[A-Z]\b)?(?:\(\w+\))*"
            rf"(?:(?:,\s*|{_TO})\d+(?:\.\d+)*(?:[A-Z]\b)?(?:\(\w+\))*)*(?![\d,]*\d|\s?%|\.\d|\s*(?:per\s?cent|million|thousand)|"
            rf"\s+{COUNTED}\b)",
        ),
        (Kind.LABEL, r"\(\d{1,2}\)(?=\()|\bper\s+(?:1,000|10,000|100,000|1000|100|million)\b|\btop\s+\d+\b"),
        (Kind.ORDINAL, r"\b\d+(?:st|nd|rd|th)\b"),
    )
)

_INTERVAL = re.compile(
    r"(?:intervals?|limits|CI)\b[,:]?\s*(?:is\s+|of\s+|from\s+|between\s+|was\s+)?"
    rf"[+\-−£]?(?:{_NUM})\s?%?\s*(?:to|and|-|–|,)\s*[+\-−£]?(?:{_NUM})\s?%?",
    re.IGNORECASE,
)
_BARE_INTERVAL = re.compile(
    rf"(?<=[\d%])\s?(?:[,;]\s|\((?=[^()]*%\s?\)))\s?"
    rf"([+\-−£]?(?:{_NUM})\s?%?\s*to\s*[+\-−£]?(?:{_NUM})\s?%?)(?=\s?\))"
)
_PHONE = re.compile(r"(?<!\d)\+?\(?0\d{2,4}\)?[\s-]\d{3,4}(?:[\s-]\d{3,4})?\b|\b0\d{9,10}\b")
_POINTS = re.compile(rf"[+\-−]?(?:{_NUM})\s*(?:percentage|%)[\s-]points?", re.IGNORECASE)
_PERCENT = re.compile(rf"[+\-−]?(?:{_NUM})(?:\s?%|\s*per\s?cent\b)", re.IGNORECASE)
_SPELLED_PERCENT = re.compile(
    rf"\b(?:(?P<tens>{_SPELLED}|a hundred|one hundred|hundred)(?:[\s-](?P<ones>{_SPELLED}))?)\s+per\s?cent\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?:{'|'.join(FRACTIONS).replace(' ', '[ -]')})(?=\s+(?:of|have|are|were|succe))", re.IGNORECASE
)
_ONE_IN = re.compile(
    rf"\b(?P<a>one|two|three|\d+)\s+(?:in|out of)(?:\s+every)?\s+(?P<b>{_SPELLED}|\d+)\b", re.IGNORECASE
)
_MONEY = re.compile(
    rf"[+\-−]?[£$€]\s?(?P<n>{_NUM})(?:\s?(?P<m>bn|billion|m|million|k|thousand)\b)?", re.IGNORECASE
)
_PLAIN = re.compile(
    rf"(?<![\w.,/])[+\-−]?(?P<n>{_NUM})(?:\s?(?P<m>bn|billion|m|million|k|thousand)\b)?(?![\w/])",
    re.IGNORECASE,
)
_SPELLED_COUNT = re.compile(
    rf"\b(?:(?P<tens>{_SPELLED})(?:[\s-](?P<ones>{_SPELLED}))?)(?P<hundred>\s+hundred)?"
    rf"(?=\s+(?:of\s+(?:the\s+)?(?:{_SPELLED}|\d+)|(?:\w+\s+){{0,2}}?{COUNTED}\b))",
    re.IGNORECASE,
)
_SCALE = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}


def find_quantities(text: str, links: tuple[LinkSpan, ...] = ()) -> tuple[Quantity, ...]:
    """Return every number of `text` with its kind, in order; a figure's printed words are one number."""
    found = [_linked(link) for link in links]
    rest = text
    for link in links:
        rest = _cut(rest, link.start, link.end)
    for phone in _PHONE.finditer(rest):
        found.append(Quantity(Kind.LABEL, 0.0, phone.start(), phone.end()))
        rest = _cut(rest, phone.start(), phone.end())
    for mention in find_times(rest):
        found.append(Quantity(Kind.TIME, 0.0, mention.start, mention.end))
        rest = _cut(rest, mention.start, mention.end)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            found.append(Quantity(kind, 0.0, match.start(), match.end()))
            rest = _cut(rest, match.start(), match.end())
    for read in (_bounds, _shares, _sums, _spelled):
        more = read(rest)
        found += more
        for quantity in more:
            rest = _cut(rest, quantity.start, quantity.end)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _cut(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _linked(link: LinkSpan) -> Quantity:
    figure = link.figure
    if figure is None or figure.value is None:
        return Quantity(Kind.LABEL, 0.0, link.start, link.end, figure, link.name)
    if figure.unit in ("percent", "percent_change"):
        kind = Kind.PERCENT
    elif figure.unit == "GBP":
        kind = Kind.MONEY
    elif figure.unit.startswith("per "):
        kind = Kind.RATE
    else:
        kind = Kind.COUNT if float(figure.value).is_integer() else Kind.NUMBER
    return Quantity(kind, figure.value, link.start, link.end, figure, link.name)


def _bounds(text: str) -> list[Quantity]:
    """The two ends of an interval, after its word ("interval 3% to 9%") or in brackets behind its value."""
    named = [match.span() for match in _INTERVAL.finditer(text)]
    bare = [match.span(1) for match in _BARE_INTERVAL.finditer(text)]
    return [Quantity(Kind.BOUND, 0.0, start, end) for start, end in named + bare]


def _shares(text: str) -> list[Quantity]:
    found = [_valued(Kind.POINTS, match) for match in _POINTS.finditer(text)]
    text = _without(text, found)
    found += [_valued(Kind.PERCENT, match) for match in _PERCENT.finditer(text)]
    for match in _SPELLED_PERCENT.finditer(text):
        value = 100.0 if "hundred" in match["tens"].lower() else _word_value(match["tens"], match["ones"])
        found.append(Quantity(Kind.PERCENT, value, match.start(), match.end(), spelled=True))
    for match in _FRACTION.finditer(text):
        value = FRACTIONS[match.group(0).lower().replace("-", " ")]
        found.append(Quantity(Kind.FRACTION, value, match.start(), match.end(), spelled=True))
    text = _without(text, found)
    for match in _ONE_IN.finditer(text):
        top, bottom = _word_value(match["a"]), _word_value(match["b"])
        if bottom and top < bottom <= 20:
            found.append(
                Quantity(Kind.FRACTION, 100 * top / bottom, match.start(), match.end(), spelled=True)
            )
    return found


def _sums(text: str) -> list[Quantity]:
    found = []
    for match in _MONEY.finditer(text):
        found.append(Quantity(Kind.MONEY, _scaled(match), match.start(), match.end()))
    for match in _PLAIN.finditer(_without(text, found)):
        value = _scaled(match)
        kind = Kind.COUNT if value.is_integer() and (match["m"] or "." not in match["n"]) else Kind.NUMBER
        found.append(Quantity(kind, value, match.start(), match.end()))
    return found


def _spelled(text: str) -> list[Quantity]:
    found = []
    for match in _SPELLED_COUNT.finditer(text):
        value = _word_value(match["tens"], match["ones"]) * (100 if match["hundred"] else 1)
        if value >= 2:
            found.append(Quantity(Kind.COUNT, value, match.start(), match.end(), spelled=True))
    return found


def _valued(kind: Kind, match: re.Match[str]) -> Quantity:
    digits = re.search(_NUM, match.group(0))
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
