"""Dates, months and years as they are written in running text."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

TimeKind = Literal["day", "month", "year_to", "financial_year", "year", "title"]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = r"(January|February|March|April|May|June|July|August|September|October|November|December|" + (
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_YEAR = r"((?:19|20)\d\d)"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)"

_YEAR_TO = re.compile(
    rf"\b(?:years?|(?:twelve|12) months|YE|FYE)\s+(?:to|ending|ended|up to)?\s*(?:the end "
    rf"of\s+)?{_DAY}?{_MONTH}\s+{_YEAR}\b"
)
_YEAR_RUN = re.compile(rf"\b{_MONTH}\s+{_YEAR}?\s*(?:to|until|–|-|and)\s*{_MONTH}\s+{_YEAR}\b")
_FULL_DAY = re.compile(
    rf"\b{_DAY}{_MONTH}(?:,?\s+{_YEAR})?\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)\b|"
    rf"\b\d{{4}}-\d\d-\d\d\b"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\s+{_YEAR}\b")
_FINANCIAL = re.compile(r"\b(?:FY\s?)?((?:19|20)\d\d)\s?(?:/|–|-)\s?((?:19|20)?\d\d)\b")
_FY_ALONE = re.compile(r"\bFY\s?((?:19|20)?\d\d)\b")
# A year inside the name of a law, a plan or a source is no period.
_TITLED = re.compile(
    r"\b(?:Acts?|Code|Codes|Plan|Regulations?|Rules?|Order|Circular|Census|Statistics|ONS|Strategy|"
    r"Framework|"
    r"Guidance|Standards?|Policy|Programme|Review|Edition|Charter|Convention|NPCC|ACPO|HMICFRS|Paper|"
    r"Report|et al\.?)"
    rf"(?:\s+of|\s+for)?[,]?\s*\(?{_YEAR}\b\)?|\b[A-Z][A-Za-z'’]+\s+\({_YEAR}\)|\b{_YEAR}\s+(?:Act|"
    rf"Code|Census|Regulations?|Guidance|Rules|"
    r"Strategy|Plan|edition|definition|version)\b"
)
_BARE = re.compile(r"(?<![\w£.,/$€])(?<!\D-)((?:19|20)\d\d)(?![\w%/]|[,.]\d|\s*%|-(?!(?:19|20)\d\d\b)\d)")


_COUNTED_AFTER = re.compile(
    r"\s+(?:reports|victims|offences|crimes|people|records|frauds|residents|"
    r"leaflets)\b"
)


@dataclass(frozen=True)
class TimeMention:
    """A time named in text: where it stands, its kind, and its first and last day where they are known."""

    start: int
    end: int
    kind: TimeKind
    first: date | None = None
    last: date | None = None


def find_times(text: str) -> tuple[TimeMention, ...]:
    """Return every date, month and year named in `text`, in order, none overlapping another."""
    found: list[TimeMention] = []
    rest = text
    for pattern, read in _READERS:
        for match in pattern.finditer(rest):
            mention = read(match)
            if mention is not None:
                found.append(mention)
                rest = rest[: match.start()] + "\0" * (match.end() - match.start()) + rest[match.end() :]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _year_to(match: re.Match[str]) -> TimeMention:
    month, year = _MONTHS[match.group(1).lower()], int(match.group(2))
    first = date(year, 1, 1) if month == 12 else date(year - 1, month + 1, 1)
    return TimeMention(match.start(), match.end(), "year_to", first, _month_end(year, month))


def _run(match: re.Match[str]) -> TimeMention | None:
    begin, begin_year, end, end_year = match.groups()
    if "and" in match.group(0).lower().split() and begin_year:
        return None  # "June 2020 and June 2021" are two months
    first = date(int(begin_year or end_year), _MONTHS[begin.lower()], 1)
    last = _month_end(int(end_year), _MONTHS[end.lower()])
    return TimeMention(match.start(), match.end(), "month", first, last) if first <= last else None


def _day(match: re.Match[str]) -> TimeMention:
    return TimeMention(match.start(), match.end(), "day")


def _month(match: re.Match[str]) -> TimeMention:
    month, year = _MONTHS[match.group(1).lower()], int(match.group(2))
    return TimeMention(match.start(), match.end(), "month", date(year, month, 1), _month_end(year, month))


def _financial(match: re.Match[str]) -> TimeMention | None:
    year, after = int(match.group(1)), match.group(2)
    follows = int(after) % 100 == (year + 1) % 100
    # "2020-2021" with a dash may be two calendar years; with a stroke, or cut short, it is a financial year.
    if not follows or (len(after) == 4 and "/" not in match.group(0)):
        return None
    return TimeMention(match.start(), match.end(), "financial_year", date(year, 4, 1), date(year + 1, 3, 31))


def _fy(match: re.Match[str]) -> TimeMention:
    year = int(match.group(1)) % 100 + 2000
    return TimeMention(match.start(), match.end(), "financial_year", date(year, 4, 1), date(year + 1, 3, 31))


def _titled(match: re.Match[str]) -> TimeMention:
    return TimeMention(match.start(), match.end(), "title")


def _year(match: re.Match[str]) -> TimeMention | None:
    year = int(match.group(1))
    if re.match(
        r"\s+(?:reports|victims|offences|crimes|people|records|frauds|residents|leaflets)\b",
        match.string[match.end() :],
    ):
        lead = match.string[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
        if lead not in ("in", "during", "for", "the", "of", "from", "and", "to"):
            return None  # "2000 reports" is a count
    return TimeMention(match.start(), match.end(), "year", date(year, 1, 1), date(year, 12, 31))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], TimeMention | None]], ...] = (
    (_YEAR_TO, _year_to),
    (_YEAR_RUN, _run),
    (_FULL_DAY, _day),
    (_MONTH_YEAR, _month),
    (_FINANCIAL, _financial),
    (_FY_ALONE, _fy),
    (_TITLED, _titled),
    (_BARE, _year),
)


def periods(mentions: tuple[TimeMention, ...]) -> Iterator[tuple[date, date]]:
    """Give the first and last day of each mention that is a period."""
    for mention in mentions:
        if mention.first and mention.last:
            yield mention.first, mention.last
