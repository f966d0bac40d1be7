"""What each kind of number looks like in running text, most particular first."""

from __future__ import annotations

import re
from enum import StrEnum

from fourfold.products.board_paper.checks.lexicon import COUNTED, FRACTIONS, NUMBER_WORDS


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


NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELLED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_TO = r"(?:\s*(?:to|and|or|-|–)\s*)"
_LABEL_WORD = (
    r"(?:ss?\.?|sections?|schedules?|sch\.?|articles?|regulations?|rules?|parts?|paragraphs?|paras?\.?|"
    r"clauses?|"
    r"chapters?|appendix|appendices|annex(?:es)?|tables?|figures?|charts?|maps?|pages?|pp?\.|items?|notes?|"
    r"footnotes?|rights?|steps?|stages?|phases?|tiers?|levels?|versions?|v\.?|waves?|weeks?|quarters?|"
    r"questions?|"
    r"options?|grades?|priority|priorities|forms?|circulars?|wards?|sectors?|lines?|columns?|rows?|"
    r"principles?|"
    r"categor(?:y|ies)|outcomes?|outcome types?|types?|codes?|classes|class|NFIB|numbers?|nos?\.|"
    r"refs?\.?|reference|"
    r"standards?|objectives?|strands?|aims?|recommendations?|actions?|rounds?|groups?|units?|zones?|"
    r"Connect|Windows|ISO|Covid)"
)

NOT_STATISTICS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.LEVEL,
            r"\b(?:80|90|95|98|99|99\.[579])\s?%(?=\s+(?:(?:confidence|credible|prediction|"
            r"uncertainty)\s+)?"
            r"(?:intervals?|limits?|range|CIs?\b|confiden\w+|sure|certain))",
        ),
        (
            Kind.TIME,
            r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|noon|hrs)\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{4}\s?hours\b",
        ),
        (
            Kind.LABEL,
            r"\b24/7\b|\b4\s?Ps?\b|\b9-5\b|\b(?:101|999|112|7726)\b(?!,\d|%|\.\d|\s+" + COUNTED + r")",
        ),
        (
            Kind.LABEL,
            r"^\s*\(?\d{1,3}(?:\.\d{1,2})*[.)](?=\s)|^\s*\d{1,2}\.\d{1,2}(?=\s+(?-i:[A-Z]))|\(\d\)(?=\s+[a-z])",
        ),
        (Kind.LABEL, r"\b(?:v|ver\.?|version)\s?\d+(?:\.\d+)+|\b\d+\.\d+\.\d+\b"),
        (Kind.LABEL, rf"\bNFIB[\s-]?\d+[A-Z]?\b|\bcodes?\s+\d+[A-Z]?(?:(?:,\s*|{_TO})\d+[A-Z]?)*\b"),
        (
            Kind.LABEL,
            r"\b[A-Z]+[-/]?\d+[A-Z0-9/.-]*\b|\b\d+(?-i:[A-Z]{1,2}|[a-j])\d*(?!\w)|"
            r"[\"“‘']\d+[\"”’']",
        ),
        (Kind.LABEL, r"\b[A-Z]+-\d+\b"),
        (
            Kind.AGE,
            r"\b(?:aged?|ages)\s+(?:of\s+|between\s+|from\s+|over\s+|under\s+|up to\s+)*\d+(?:\s*(?:\+|"
            r"plus))?"
            rf"(?:{_TO}(?:over|under|older|above|\d+))?"
            r"(?:\s*years?(?:\s+(?:or|and)\s+(?:over|older|above|under))?)?(?:\s+or\s+(?:over|older|"
            r"under))?",
        ),
        (
            Kind.AGE,
            rf"\b\d{{1,3}}{_TO}\d{{1,3}}[\s-]*(?:years?[\s-]*olds?|(?:age[\s-]*)?(?:bracket|band|age "
            rf"group|group)s?)",
        ),
        (Kind.AGE, rf"^\s*\d{{1,2}}{_TO}\d{{1,2}}(?=\s*[:(,–-]|\s*$)|\b\d\d{_TO}\d\d(?=\s*\([+\-−])"),
        (
            Kind.AGE,
            r"\b\d{1,3}[\s-]*years?[\s-]*olds?\b|\b\d{1,3}\s*(?:years?\s+)?(?:or|and)\s+(?:over|older|"
            r"under|above)\b",
        ),
        (
            Kind.AGE,
            r"\b(?:under|over)[\s-]\d{1,2}['’]?s\b|\b(?:under|over)[\s-](?:18|21|25)\b|"
            r"\b(?:below|above|under|over) the age of \d+(?: years)?|\b\d\d\s?\+(?!\s?\d)",
        ),
        (
            Kind.DURATION,
            rf"\b(?:{NUMBER})(?:{_TO}(?:{NUMBER}))?[\s-]*(?:consecutive\s+|working\s+|calendar\s+|"
            rf"clear\s+|full\s+)*"
            r"(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|seconds?|nights?|weekends?|"
            r"fortnights?)\b",
        ),
        (
            Kind.LABEL,
            rf"(?<!['’])\b{_LABEL_WORD}\s+\d+(?:\.\d+)*(?:[A-Z]\b)?(?:\(\w+\))*"
            rf"(?:(?:,\s*|{_TO})\d+(?:\.\d+)*(?:[A-Z]\b)?(?:\(\w+\))*)*(?![\d,]*\d|\s?%|\.\d|"
            rf"\s*(?:per\s?cent|million|thousand)|"
            rf"\s+{COUNTED}\b)",
        ),
        (Kind.LABEL, r"\(\d{1,2}\)(?=\()|\bper\s+(?:1,000|10,000|100,000|1000|100|million)\b|\btop\s+\d+\b"),
        (Kind.ORDINAL, r"\b\d+(?:st|nd|rd|th)\b"),
    )
)

INTERVAL = re.compile(
    r"(?:intervals?|limits|CI)\b[,:]?\s*(?:is\s+|of\s+|from\s+|between\s+|was\s+)?"
    rf"[+\-−£]?(?:{NUMBER})\s?%?\s*(?:to|and|-|–|,)\s*[+\-−£]?(?:{NUMBER})\s?%?",
    re.IGNORECASE,
)
BARE_INTERVAL = re.compile(
    rf"(?<=[\d%])\s?(?:[,;]\s|\((?=[^()]*%\s?\)))\s?"
    rf"([+\-−£]?(?:{NUMBER})\s?%?\s*to\s*[+\-−£]?(?:{NUMBER})\s?%?)(?=\s?\))"
)
PHONE = re.compile(r"(?<!\d)\+?\(?0\d{2,4}\)?[\s-]\d{3,4}(?:[\s-]\d{3,4})?\b|\b0\d{9,10}\b")
POINTS = re.compile(rf"[+\-−]?(?:{NUMBER})\s*(?:percentage|%)[\s-]points?", re.IGNORECASE)
PERCENT = re.compile(rf"[+\-−]?(?:{NUMBER})(?:\s?%|\s*per\s?cent\b)", re.IGNORECASE)
SPELLED_PERCENT = re.compile(
    rf"\b(?:(?P<tens>{_SPELLED}|a hundred|one hundred|"
    rf"hundred)(?:[\s-](?P<ones>{_SPELLED}))?)\s+per\s?cent\b",
    re.IGNORECASE,
)
FRACTION = re.compile(
    rf"\b(?:{'|'.join(FRACTIONS).replace(' ', '[ -]')})(?=\s+(?:of|have|are|were|succe)|\s*[.,;)]|\s*$)",
    re.IGNORECASE,
)
ONE_IN = re.compile(
    rf"\b(?P<a>one|two|three|\d+)\s+(?:in|out of)(?:\s+every)?\s+(?P<b>{_SPELLED}|\d+)\b", re.IGNORECASE
)
MONEY = re.compile(
    rf"[+\-−]?[£$€]\s?(?P<n>{NUMBER})(?:\s?(?P<m>bn|billion|m|million|k|thousand)\b)?", re.IGNORECASE
)
PLAIN = re.compile(
    rf"(?<![\w.,/])[+\-−]?(?P<n>{NUMBER})(?:\s?(?P<m>bn|billion|m|million|k|thousand)\b)?(?![\w/])",
    re.IGNORECASE,
)
SPELLED_COUNT = re.compile(
    rf"\b(?:(?P<tens>{_SPELLED})(?:[\s-](?P<ones>{_SPELLED}))?)(?P<hundred>\s+hundred)?"
    rf"(?=\s+(?:of\s+(?:the\s+)?(?:{_SPELLED}|\d+)|(?:\w+\s+){{0,2}}?{COUNTED}\b))",
    re.IGNORECASE,
)
