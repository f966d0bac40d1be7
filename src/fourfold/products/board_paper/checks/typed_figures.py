"""Numbers typed by hand into staff text, where a figure's name would keep them true.

Dates, laws, codes, ages, durations, telephone and list numbers are no statistics and are let be; so is
a number spelled out. A generated sentence prints its numbers as figures and is never looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fourfold.products.board_paper.checks.evidence import is_target
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence
from fourfold.products.board_paper.checks.quantities import STATISTICS, Quantity

_AROUND = 18
_REFERENCE = re.compile(r"\{\{[^{}]*\}\}")
_MARKS = re.compile(r"[*_`\\]|\[\^[^\]]*\]")


def check_typed_figure(paper: PaperText) -> Iterator[Finding]:
    """Find statistics typed in digits in staff text of a paper that has figures to name."""
    wanted = paper.context.typed_figures
    if wanted is False or (wanted is None and not paper.document.figures):
        return
    staff = {key: _flat(text) for key, text in paper.document.made_from.staff_text}
    for sentence in paper.sentences:
        typed = [q for q in sentence.quantities if _is_typed(sentence, q) and _is_staff(sentence, q, staff)]
        if typed:
            said = ", ".join(sentence.passage.text[q.start : q.end].strip() for q in typed)
            words = f"{said}: typed by hand, so it is neither traced nor kept up to date."
            step = "Name the figure in double braces, for example {{fraud.reports@now}}."
            yield paper.finding("typed_figure", sentence, words, step, severity="warning")


def _is_typed(sentence: Sentence, quantity: Quantity) -> bool:
    return (
        quantity.link is None
        and not quantity.spelled
        and quantity.kind in STATISTICS
        and not is_target(sentence, quantity)
    )


def _is_staff(sentence: Sentence, quantity: Quantity, staff: dict[str, str]) -> bool:
    """The words about the number stand in the staff text of the section, or in a whole Markdown paper."""
    text, links = sentence.passage.text, sentence.passage.links
    start = max([link.end for link in links if link.end <= quantity.start] + [quantity.start - _AROUND, 0])
    end = min(
        [link.start for link in links if link.start >= quantity.end] + [quantity.end + _AROUND, len(text)]
    )
    snippet = _flat(text[start:end]).strip()
    return any(
        snippet in words for key, words in staff.items() if key in (sentence.passage.section, "paper", "")
    )


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", _MARKS.sub("", _REFERENCE.sub("", text)))
