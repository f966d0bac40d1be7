"""Years that may be calendar or financial years, with no word of which."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import CHANGE, COUNTED, compile_words
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence, TableView
from fourfold.products.board_paper.checks.time_words import TimeMention

NEXT_STEP = (
    "Say calendar year, financial year, or year to a named month, at each comparison or once "
    "for the whole paper."
)

_STATED = compile_words(
    r"\b(?:calendar|financial|fiscal|rolling)[\s-]+years?\b|\byears?\s+(?:to|ending|ended|up to)\b|"
    r"\b(?:twelve|12)[\s-]+months?\s+(?:to|ending|ended|from)\b|"
    r"\bJanuary(?:\s+\d{4})?\s+(?:to|until|and|–|-)\s+December\b|\bApril(?:\s+\d{4})?\s+(?:to|until|–|"
    r"-)\s+(?:31\s+)?March\b|\bFYE?\b|\bCY\b|\bYE\b|"
    r"\b(?:1\s+)?(?:January|April)\s+to\s+(?:31\s+)?(?:December|March)\b|\bacademic years?\b|"
    r"\b(?:calendar|financial)\s+20\d\d\b"
)
_FOR_ALL = compile_words(
    r"\b(?:all|every|each|any)?\s*(?:years?|periods?|annual figures?|comparisons)\b[^;]{0,60}\b(?:are|"
    r"is|means?|refers?|run|runs|stand)\b[^;]{0,30}\b(?:calendar|financial)\b|"
    r"\b(?:unless|except where|throughout|in this (?:paper|report)|this (?:paper|"
    r"report))\b[^;]{0,80}\b(?:calendar|financial)\s+years?\b|"
    r"\b(?:calendar|financial)\s+years?\b[^;]{0,60}\b(?:throughout|unless (?:otherwise )?(?:stated|"
    r"said)|in this (?:paper|report)|are used)\b"
)
_COMPARES = compile_words(
    rf"\b(?:between|from|compared|comparison|against|than|versus|vs|over|since|on)\b|\b{CHANGE}\b|"
    rf"\brespectively\b"
)
_SUBJECT = compile_words(
    rf"\b{COUNTED}\b|\bloss(?:es)?\b|\baverages?\b|\brates?\b|\bnumbers?\b|\bcounts?\b|\bfigures\b|"
    rf"\btrends?\b|\bdemand\b|\bvolumes?\b|\bcompliance\b|\bviolence\b"
)
_IN = compile_words(
    r"\b(?:in|during|for|over|throughout|of|across)\s+(?:the\s+(?:year|whole of)\s+|all of\s+)?$|\byears?\s+$"
)
_SAW = compile_words(r"^\s+(?:saw|brought|had|ended|closed|produced)\b")
_ENOUGH_YEARS = 2


def check_period_type_unstated(paper: PaperText) -> Iterator[Finding]:
    """Find comparisons and counts of bare years where neither the place nor the paper says which kind of year."""
    if any(_FOR_ALL.search(passage.text) for passage in paper.passages):
        return
    for passage in paper.prose:
        for sentence in passage.sentences:
            years = _years(sentence)
            if years and not _STATED.search(paper.near_words(passage)):
                said = " and ".join(dict.fromkeys(passage.text[t.start : t.end] for t in years))
                words = f"'{said}' may be calendar or financial years: the paper does not say which."
                yield paper.finding("period_type_unstated", sentence, words, NEXT_STEP)
                break
    for table in paper.tables:
        yield from _check_table(paper, table)


def _years(sentence: Sentence) -> list[TimeMention]:
    """The bare years that a sentence compares, or that it gives a number for."""
    bare = [t for t in sentence.times if t.kind == "year"]
    text = sentence.text
    different = {sentence.passage.text[t.start : t.end] for t in bare}
    if len(different) >= _ENOUGH_YEARS:
        counts = len(sentence.of_kind(Kind.COUNT, Kind.MONEY, Kind.RATE)) >= _ENOUGH_YEARS
        return bare if (counts or _COMPARES.search(text)) and _SUBJECT.search(text) else []
    numbers = sentence.of_kind(Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.RATE)
    counted = [
        q
        for q in numbers
        if not q.spelled and (q.kind is not Kind.COUNT or _counts_things(sentence, q.end, q.start))
    ]
    whole = sentence.passage.text
    placed = [
        t
        for t in bare
        if _IN.search(whole[sentence.start : t.start]) or _SAW.search(whole[t.end : sentence.end])
    ]
    return placed if counted else []


def _counts_things(sentence: Sentence, end: int, start: int) -> bool:
    after = compile_words(rf"^\s*(?:\w+[\s-]+){{0,3}}?{COUNTED}\b").search(
        sentence.passage.text[end : sentence.end]
    )
    before = compile_words(rf"\b{COUNTED}\b[^;]{{0,40}}$").search(
        sentence.passage.text[sentence.start : start]
    )
    return bool(after or before)


def _check_table(paper: PaperText, table: TableView) -> Iterator[Finding]:
    """Two bare years at the head of a table."""
    heads = [
        head.strip() for head in table.table.header if compile_words(r"^\W*(?:19|20)\d\d\W*$").search(head)
    ]
    if len(set(heads)) < _ENOUGH_YEARS:
        return
    around = [p for p in paper.units.get(table.unit, ())]
    near = " \n ".join([table.words, *(paper.near_words(p) for p in around[:1])])
    flagged = any(_years(s) for p in around for s in p.sentences)
    if not _STATED.search(near) and not flagged:
        words = (
            f"The columns {' and '.join(heads)} may be calendar or financial years: the paper does "
            f"not say which."
        )
        yield paper.finding("period_type_unstated", table, words, NEXT_STEP, quote=" | ".join(heads))
