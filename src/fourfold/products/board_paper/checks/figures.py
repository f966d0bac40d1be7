"""Figures that are unknown, that lack their uncertainty, or whose absence is told as nought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fourfold.measures.figure import Figure, State
from fourfold.products.board_paper.checks.averages import is_average
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import COUNTED, compile_words
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence

_REFERENCE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NOUGHT = compile_words(r"^\W*(?:£?0(?:\.0+)?\s?%?|nil|none|no|zero|nought)\W*$")
_NO_CRIMES = compile_words(
    rf"\b(?:no|zero|nil|not (?:a single|one)|none of "
    rf"the)\s+(?:\w+\s+){{0,3}}?{COUNTED}\b(?!\s+(?:figures?|data|numbers?))"
)
_ABSENT = compile_words(
    r"\b(?:not (?:available|recorded|stated|known|supplied|held|provided|received|loaded)|unavailable|"
    r"missing|no (?:data|return|figures?|records?)|unknown|"
    r"incomplete|left blank|blanks?|not been (?:supplied|received|recorded|loaded))\b"
)
_AS_NOUGHT = compile_words(
    r"\b(?:(?:count|treat|tak|show|enter|record|read|regard|report|put|set)\w*\s+(?:\w+\s+){0,3}?(?:as|"
    r"to|in as|at)\s+(?:zero|0\b(?!\.)|nought|nil|no\b|none)|(?:so|therefore|hence|meaning|thus|"
    r"which means)\s+"
    rf"(?:that\s+)?(?:there\s+(?:were|was|are)\s+)?(?:no|zero|0|nil)\s+(?:\w+\s+){{0,2}}?{COUNTED})"
)


_DENIED = compile_words(
    r"\b(?:not|never|neither|nor|cannot|must not)\s+(?:\w+\s+){0,2}?(?:count|"
    r"treat|tak|show|enter|record|read|regard|report|put|set|mean)\w*"
)


def check_unknown_figure(paper: PaperText) -> Iterator[Finding]:
    """Find references that named no figure, and links to figures the paper does not list."""
    step = "Look the name up in the list of figures and write it as it stands there."
    for passage in paper.passages:
        for found in _REFERENCE.finditer(passage.text):
            words = f"'{found.group(1)}' is no figure that Fourfold knows."
            yield paper.finding("unknown_figure", passage, words, step, figure=found.group(1))
        for link in passage.links:
            if link.figure is None:
                words = f"The paper prints the figure '{link.name}' and does not list it."
                yield paper.finding("unknown_figure", passage, words, step, figure=link.name)


def check_figure_without_interval(paper: PaperText) -> Iterator[Finding]:
    """Find changes, shares, rates, averages and estimates that carry no interval."""
    seen: set[str] = set()
    for passage in paper.passages:
        for link in passage.links:
            figure = link.figure
            if figure is None or figure.name in seen or not _wants_interval(figure):
                continue
            seen.add(figure.name)
            words = f"'{figure.title}' has no interval: a reader cannot tell chance from change."
            step = "Give the measure an interval, or say in its caveats why it has none."
            yield paper.finding(
                "figure_without_interval", passage, words, step, severity="warning", figure=figure.name
            )


def _wants_interval(figure: Figure) -> bool:
    if figure.value is None or (figure.lower is not None and figure.upper is not None):
        return False
    if any("interval" in caveat.lower() or "uncertain" in caveat.lower() for caveat in figure.caveats):
        return False
    rate = figure.unit in ("percent", "percent_change") or figure.unit.startswith("per ")
    return (
        rate
        or is_average(figure)
        or bool(compile_words(r"\bestimat\w+").search(f"{figure.title} {figure.name}"))
    )


def check_missing_as_zero(paper: PaperText) -> Iterator[Finding]:
    """Find numbers that are not there said as nought, by a figure's words or by the text."""
    step = "Say that it is not available and why; missing is neither no nor nought."
    printed_as_nought: set[int] = set()
    for passage in paper.passages:
        for link in passage.links:
            figure, printed = link.figure, passage.text[link.start : link.end]
            if figure is not None and figure.state is not State.KNOWN and _NOUGHT.search(printed):
                printed_as_nought.add(passage.order)
                words = f"'{figure.title}' is {str(figure.state).replace('_', ' ')} and is printed as '{printed}'."
                yield paper.finding("missing_as_zero", passage, words, step, figure=link.name)
    for sentence in paper.sentences:
        absent = next((f for f in sentence.figures if f.state in (State.MISSING, State.NOT_STATED)), None)
        told_as_none = absent is not None and _NO_CRIMES.search(sentence.text)
        if sentence.passage.order in printed_as_nought or not (told_as_none or _said_as_nought(sentence)):
            continue
        words = "What is not known is told as none."
        yield paper.finding("missing_as_zero", sentence, words, step, figure=absent.name if absent else None)


def _said_as_nought(sentence: Sentence) -> bool:
    text = sentence.text
    return bool(_ABSENT.search(text) and _AS_NOUGHT.search(text)) and not _DENIED.search(text)
