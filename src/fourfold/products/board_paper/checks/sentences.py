"""Running text cut into sentences, with the abbreviations and initials of police papers left whole."""

from __future__ import annotations

import re

ABBREVIATIONS = frozenset(
    word
    for line in (
        "e.g i.e etc cf ca c al approx est vs v no nos para paras s ss sch art reg ref fig p pp vol ed dept",
        "mr mrs ms dr prof st rev hon sgt supt insp det con ch asst cllr ltd plc inc co jan feb mar apr jun",
        "jul aug sep sept oct nov dec",
    )
    for word in line.split()
)
"""Words whose full stop does not end a sentence, lower case, without the last stop."""

# A stop, closing marks, space, then what a sentence can begin with.
_END = re.compile(r"[.!?…][\"'”’)\]]*(\s+)(?=[\"'“‘(\[]*[A-Z0-9£+\-•])")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)\.[\"'”’)\]]*$")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence of `text`, in characters, without the space between."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        end = found.start(1)
        if _ends_here(text[start:end], text[found.end() :]):
            spans.append((start, end))
            start = found.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return tuple(spans)


def _ends_here(before: str, after: str) -> bool:
    last = _LAST_WORD.search(before)
    if not last:
        return True
    word = last.group(1)
    if word.lower() in ABBREVIATIONS:
        # "etc." and the like end a sentence when a plain capitalised word follows; a title never does.
        return word.lower() in ("etc", "al") and after[:1].isupper()
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return not is_initial
