"""A standard of five days for telling victims of an arrest or a charge, without the Code's one working day."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import compile_words
from fourfold.products.board_paper.checks.paper_text import PaperText

NEXT_STEP = (
    "Give both limits of the Victims' Code: one working day for victims with Enhanced Rights, five "
    "working days "
    "for others, and say 'working days'."
)

_FIVE = compile_words(
    r"\b(?:five|5)(?:\s*\((?:5|five)\))?[\s-]+(?:consecutive[\s-]|calendar[\s-]|clear[\s-]|"
    r"full[\s-])?(?P<working>working[\s-])?(?:calendar[\s-])?days?\b"
)
_EVENT = compile_words(
    r"\b(?:arrest\w*|charg(?:e|es|ed|ing)\b|caution\w*|bail\w*|released?|interview\w*|suspects?|"
    r"prosecut\w*|key (?:events?|stages?|decisions?)|"
    r"decision to charge|summons\w*|postal requisition)"
)
_TELL = compile_words(
    r"\b(?:inform\w*|tell\w*|told|notif\w+|updat\w+|contact\w*|advis\w+|let(?:ting)? (?:them |the "
    r"victims? )?know|aware|hears?|heard|learns?|"
    r"call(?:s|ed)?|news|communicat\w+|receiv\w+|get|gets|given)\b"
)
_VICTIM = compile_words(r"\bvictims?\b|\bcomplainants?\b|\binjured part(?:y|ies)\b")
_ONE_DAY = compile_words(
    r"\b(?:one|1)(?:\s*\((?:1|one)\))?[\s-]+working[\s-]+day\b|\bnext working "
    r"day\b|\b24 hours\b|\bone and five working days\b"
)


def check_five_day_standard(paper: PaperText) -> Iterator[Finding]:
    """Find a five-day limit for news of arrest or charge that lacks the one working day, or the kind of day."""
    for sentence in paper.sentences:
        found = _FIVE.search(sentence.text)
        if not found or not (_EVENT.search(sentence.text) and _TELL.search(sentence.text)):
            continue
        near = paper.near_words(sentence.passage)
        if not _VICTIM.search(near):
            continue
        lacks = []
        if not _ONE_DAY.search(near):
            lacks.append("the one working day for victims with Enhanced Rights is left out")
        if not found["working"] and not compile_words(r"\b(?:five|5)[\s-]+working[\s-]+days").search(near):
            lacks.append("it does not say whether days are working days")
        if lacks:
            words = f"Five days is not the Victims' Code's whole standard: {' and '.join(lacks)}."
            yield paper.finding("five_day_standard", sentence, words, NEXT_STEP)
