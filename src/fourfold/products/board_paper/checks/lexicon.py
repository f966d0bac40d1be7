"""The words that the checks look for: police, court and statistical usage, held here as data.

Each entry is a fragment of a regular expression for lower-case and mixed-case text. Sources: the Home
Office counting rules (offence names), the Victims' Code 2020 (key events, Enhanced Rights), the College
of Policing glossary (ranks), the UK Statistics Authority's guidance on describing change.
"""

from __future__ import annotations

import re

RISE = (
    r"(?:rises?|rose|risen|rising|increas(?:e[sd]?|ing)|gr[eo]w(?:s|n|th|ing)?|climb(?:s|ed|ing)?|"
    r"surg(?:e[sd]?|ing)|jump(?:s|ed|ing)?|soar(?:s|ed|ing)?|up|higher|escalat\w+|upward|doubl(?:ed|ing)|"
    r"worsen\w*|going up|gone up|went up)"
)
FALL = (
    r"(?:falls?|fell|fallen|falling|decreas(?:e[sd]?|ing)|declin(?:e[sd]?|ing)|drop(?:s|ped|ping)?|"
    r"reduc(?:e[sd]?|ing|tions?)|shrank|shrunk|shrink(?:s|ing)?|down(?:ward)?|lower|dip(?:s|ped)?|"
    r"halv(?:ed|ing)|went down|gone down|lessen\w*|dwindl\w+|slump(?:ed|s)?)"
)
CHANGE = rf"(?:{RISE}|{FALL}|chang(?:e[sd]?|ing))"

COUNTED = (
    r"(?:reports?|reporting|crimes?|offences?|offending|frauds?|scams?|victims?|victimisation|"
    r"incidents?|cases?|"
    r"burglar(?:y|ies)|robber(?:y|ies)|thefts?|assaults?|records?|returns?|referrals?|arrests?|people|"
    r"persons|"
    r"individuals|organisations|businesses|participants|starters|candidates|offenders|suspects|complaints?|"
    r"calls|contacts|vehicles|cars|questionnaires|samples?|audits?|outcomes|charges|households|residents|"
    r"respondents|submissions|deadlines|visits|orders|disposals|searches|officers|staff|posts)"
)
"""Things that are counted: a number before one of them is a count."""

NEGATION = re.compile(
    r"\b(?:not|never|no|none|nor|cannot|can['’]t|don['’]t|doesn['’]t|isn['’]t|aren['’]t|wasn['’]t|"
    r"weren['’]t|"
    r"didn['’]t|hasn['’]t|haven['’]t|without|neither|rather than|instead of|avoids?|unable|nothing|"
    r"refus\w+|"
    r"lacks?|wrong(?:ly)?|mistaken(?:ly)?|should never|nobody|nowhere)\b",
    re.IGNORECASE,
)

TOTAL_LABEL = re.compile(
    r"^\s*(?:grand\s+|over)?(?:totals?|all|sum|combined|together|both|overall|"
    r"altogether)\b(?!\s+(?:average|mean))|\btotals?\s*$",
    re.IGNORECASE,
)

_TO_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_TENS = """twenty thirty forty fifty sixty seventy eighty ninety"""
NUMBER_WORDS = {word: value for value, word in enumerate(_TO_NINETEEN.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
"""Numbers in words, with their values; larger ones are put together from these."""

FRACTIONS = {
    "half": 50.0,
    "a third": 33.3,
    "one third": 33.3,
    "two thirds": 66.7,
    "a quarter": 25.0,
    "one quarter": 25.0,
    "three quarters": 75.0,
    "three fifths": 60.0,
    "four fifths": 80.0,
    "nine tenths": 90.0,
}
"""Fractions in words, as percentages."""


def compile_words(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that does not mind case."""
    return re.compile(pattern, re.IGNORECASE)


def is_denied(words: str) -> bool:
    """Say whether a run of words holds a denial ("not", "cannot", "rather than")."""
    return NEGATION.search(words) is not None
