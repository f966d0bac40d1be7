"""A share of all reports that fell, told as if the reports had fallen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import FALL, RISE, compile_words
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence

NEXT_STEP = (
    "Say that the share changed, and give the counts of both periods beside it: a share can "
    "fall while the number rises."
)

_VOLUME = (
    r"(?:reports?|reporting|crimes?|offences?|frauds?|victims?|victimisation|incidents?|cases?|"
    r"complaints?|calls|referrals?|numbers?|"
    r"volumes?|offending|demand|burglar(?:y|ies)|thefts?|robber(?:y|ies)|arrests?|organisations|"
    r"businesses|individuals|contacts)"
)
_SHARE = compile_words(
    r"\b(?:shares?|proportions?|percentages?|fraction|make-up|mix|balance|contribution|portion|ratio|"
    r"rates?|compliance|coverage|"
    r"completeness|part played|weight)\b"
)
_MOVES = rf"(?:{FALL}|{RISE})"
_CLAIMS = tuple(
    compile_words(pattern)
    for pattern in (
        rf"\b{_MOVES}\s+(?:in|of)\s+(?:the\s+|overall\s+|total\s+)*(?:(?:number|volume|amount|"
        rf"level)\s+of\s+)?(?:\w+[\s-]){{0,3}}?{_VOLUME}\b",
        rf"\b{_VOLUME}\b[^;%]{{0,60}}?\b(?:has\s+|have\s+|had\s+|is\s+|are\s+|was\s+|"
        rf"were\s+)?(?:also\s+)?{_MOVES}\b",
        rf"\b(?:fewer|less|more)\s+(?:\w+\s+){{0,2}}?{_VOLUME}\b",
        rf"\b{_VOLUME}\b[^;%]{{0,40}}\b(?:less|fewer|more)\b",
        r"\b(?:organisations|businesses|companies|firms|individuals|people|victims|"
        r"retailers)\s+(?:are\s+|have\s+been\s+|were\s+|now\s+)?(?:report(?:ed|"
        r"ing)?)\s+(?:\w+\s+){0,2}?"
        r"(?:less|fewer|more)\b",
    )
)
_OF_ALL = compile_words(
    r"\bof\s+(?:all|the\s+total|total|the\s+whole|every|overall|the\s+overall|our|the\s+force['’]s|"
    r"WMP)\b|\bof\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:reports|crimes|offences|frauds|victims|reporting|caseload|workload|volume|demand)\b"
)
_AS_A_SHARE = compile_words(
    r"\bas a (?:share|proportion|percentage|fraction)\b|\bin (?:share|"
    r"proportion|relative terms)\b"
)
_ENOUGH_COUNTS = 2


def check_share_read_as_volume(paper: PaperText) -> Iterator[Finding]:
    """Find a rise or fall in numbers of things that rests on shares alone."""
    for sentence in paper.sentences:
        if not _rests_on_shares(sentence) or _AS_A_SHARE.search(sentence.text):
            continue
        if any(_claims_volume(sentence, pattern) for pattern in _CLAIMS):
            words = "The percentages are shares of all; a smaller share does not say that there were fewer."
            figure = next((q.link for q in sentence.of_kind(Kind.PERCENT) if q.link), None)
            yield paper.finding("share_read_as_volume", sentence, words, NEXT_STEP, figure=figure)


def _rests_on_shares(sentence: Sentence) -> bool:
    """Two shares of a whole, or a change told in percentage points, with no pair of counts to say the volume."""
    if len(sentence.of_kind(Kind.COUNT)) >= _ENOUGH_COUNTS:
        return False
    shares = [q for q in sentence.of_kind(Kind.PERCENT) if not _is_change_figure(q.figure)]
    shares = [q for q in shares if sentence.passage.text[q.start] not in "+-−"]
    text = sentence.text
    if sentence.of_kind(Kind.POINTS) and _OF_ALL.search(text):
        return True
    pair = len(shares) >= 2 and bool(_OF_ALL.search(text) or _from_to(sentence) or _SHARE.search(text))
    single = len(shares) == 1 and bool(
        compile_words(
            r"\b(?:to|at|now)\s+(?:just\s+|only\s+|about\s+|"
            r"around\s+)?\S{1,12}\s*(?:per\s?cent\s+)?of\s+(?:all|the\s+total|total)\b"
        ).search(text)
    )
    return pair or single


def _is_change_figure(figure: object) -> bool:
    return getattr(figure, "unit", "") == "percent_change"


def _from_to(sentence: Sentence) -> bool:
    """The two percentages stand as the ends of a move: from one to the other."""
    percents = sentence.of_kind(Kind.PERCENT)
    first, second = percents[0], percents[1]
    between = sentence.passage.text[first.end : second.start]
    return bool(re.search(r"\bfrom\s+(?:\w+\s+)?$", sentence.before(first)) and re.search(r"\bto\b", between))


def _claims_volume(sentence: Sentence, pattern: re.Pattern[str]) -> bool:
    """A claim about numbers, unless a share is what rises or falls in it ("the share of reports fell")."""
    for match in pattern.finditer(sentence.text):
        clause = sentence.text[max(0, match.start() - 45) : match.start()]
        clause = re.split(r"[,;:–]", clause)[-1]
        if not _SHARE.search(clause) and not _SHARE.search(match.group(0)):
            return True
    return False
