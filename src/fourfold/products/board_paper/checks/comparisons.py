"""Changes told across a series break or into a lockdown, with neither named where the reader is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fourfold.home import WrongUseError
from fourfold.measures.figure import Figure
from fourfold.measures.period import Period, month_words
from fourfold.products.board_paper.checks.context import Lockdown, SeriesBreak
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import COUNTED, FALL, RISE, compile_words
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, Sentence
from fourfold.products.board_paper.checks.time_words import periods

LEAST_SHARE = 0.05
"""The least share of a period's days under restrictions that bends it: 2019/20 has nine days of 366, which do not."""

LOCKDOWN_WORDS = compile_words(
    r"\b(?:lockdowns?|lock-downs?|pandemic|covid(?:-19)?|coronavirus|"
    r"restrictions)\b"
)

_MOVES = compile_words(rf"\b(?:{RISE}|{FALL})\b")
_SUBJECT = compile_words(rf"\b{COUNTED}\b|\bviolence\b|\bloss(?:es)?\b|\bdemand\b")
_ENOUGH_PERIODS = 2

Span = tuple[date, date]


def check_change_across_series_break(paper: PaperText) -> Iterator[Finding]:
    """Find changes between two periods with a series break between them that is not named near by."""
    for passage, at, pairs in _comparisons(paper):
        near = paper.near_words(passage).lower()
        for baseline, period, subject, figure in pairs:
            crossed = next((b for b in paper.context.breaks if _crosses(b, baseline, period, subject)), None)
            if crossed is not None and not _is_named(crossed, near):
                words = f"The change runs across a break in the series: {crossed.words}."
                step = "Say so in the paragraph or a footnote, or compare periods on one side of the break."
                yield paper.finding(
                    "change_across_series_break", at, words, step, severity="warning", figure=figure
                )
                break


def check_change_across_lockdown(paper: PaperText) -> Iterator[Finding]:
    """Find changes of which one period lay under lockdown, where nothing near by says so."""
    for passage, at, pairs in _comparisons(paper):
        if LOCKDOWN_WORDS.search(paper.near_words(passage)):
            continue
        for baseline, period, _, figure in pairs:
            bent = next(
                (x for x in paper.context.lockdowns if _bends(x, baseline) or _bends(x, period)), None
            )
            if bent is not None:
                words = (
                    f"One of the two periods compared lay under {bent.words}: the change cannot be "
                    f"read as usual."
                )
                step = "Say so in the paragraph or a footnote, and set the figure against 2019/20 as well."
                yield paper.finding(
                    "change_across_lockdown", at, words, step, severity="warning", figure=figure
                )
                break


_Pair = tuple[Span, Span, str, str | None]


def _comparisons(paper: PaperText) -> Iterator[tuple[Passage, Sentence | Passage, list[_Pair]]]:
    """Each place that compares two periods, with the pairs it compares: by its figures, else by its words."""
    for sentence in paper.sentences:
        pairs = [pair for figure in sentence.figures for pair in _of_figure(figure, sentence.text)]
        pairs = pairs or list(_of_words(sentence))
        if pairs:
            yield sentence.passage, sentence, pairs
    for table in paper.tables:
        for row in table.cells:
            for cell in row:
                links = [link.figure for link in cell.links if link.figure]
                pairs = [pair for figure in links for pair in _of_figure(figure, row[0].text)]
                if pairs:
                    yield cell, cell, pairs


def _of_figure(figure: Figure, words: str) -> Iterator[_Pair]:
    if not figure.baseline or figure.value is None:
        return
    try:
        now, before = Period.parse(figure.period), Period.parse(figure.baseline)
    except WrongUseError:
        return
    subject = f"{figure.name} {figure.title}".replace("_", " ")
    yield (
        (before.first, before.end),
        (now.first, now.end),
        f"{subject} {words if not subject else ''}",
        figure.name,
    )


def _of_words(sentence: Sentence) -> Iterator[_Pair]:
    if not (_MOVES.search(sentence.text) and _SUBJECT.search(sentence.text)):
        return
    spans = sorted(set(periods(sentence.times)))
    if len(spans) >= _ENOUGH_PERIODS:
        yield spans[0], spans[-1], sentence.text, None


def _crosses(series_break: SeriesBreak, baseline: Span, period: Span, subject: str) -> bool:
    earlier, later = sorted((baseline, period))
    words = subject.lower()
    meant = not series_break.subjects or any(_has_word(words, s.lower()) for s in series_break.subjects)
    return meant and earlier[0] < series_break.on <= later[1]


def _has_word(words: str, subject: str) -> bool:
    """A subject stands in words, in the singular or plural ("burglary", "burglaries")."""
    stem = subject[:-1] if subject.endswith("y") else subject
    return re.search(rf"\b{re.escape(stem)}", words) is not None


def _is_named(series_break: SeriesBreak, near: str) -> bool:
    """By one of its names, or by its month ("April 2023")."""
    names = (*series_break.named_by, month_words(series_break.on))
    return any(_has_word(near, name.lower()) for name in names)


def _bends(lockdown: Lockdown, period: Span) -> bool:
    days = (period[1] - period[0]).days + 1
    shared = (min(period[1], lockdown.end) - max(period[0], lockdown.start)).days + 1
    return shared / days >= LEAST_SHARE
