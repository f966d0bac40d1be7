"""NFIB fraud and computer misuse codes, in all the ways that files write them.

"NFIB 90 -", "nfib1d", "1D", "NFIB-52 B" and "90.0" (a spreadsheet's number) are codes; "90 reports" is
not. Courier fraud has no code: it is looked for by marker, inside NFIB3C and NFIB90.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fourfold.vocabulary.code_list import CodeList
from fourfold.vocabulary.reading import read_list

# With the word NFIB in front, text may follow the code after a space. Without it, only after a dash,
# colon or bracket, so that a count in a sentence is not read as a code.
_SEPARATED = r"\s*(?:$|[-–—:;,./(\[](?!\s*\d))"
_PREFIXED = re.compile(
    rf"nfib[\s_:.#-]*0*(?P<number>[1-9]\d?)(?:\.0+)?(?:[\s-]?(?P<letter>[a-z])(?={_SEPARATED})"
    rf"|(?P<joined>[a-z])(?=\s)|(?={_SEPARATED})|(?=\s+[^\W\d]{{2,}}))",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"0*(?P<number>[1-9]\d?)(?:\.0+)?(?:[\s-]?(?P<letter>[a-z])(?={_SEPARATED})|(?={_SEPARATED}))",
    re.IGNORECASE,
)


def nfib_spellings(raw: str) -> Iterator[str]:
    """Yield the code that `raw` may be a spelling of, whether or not the list has it."""
    text = raw.strip()
    match = _PREFIXED.match(text) or _BARE.match(text)
    if match:
        groups = match.groupdict()
        letter = groups.get("letter") or groups.get("joined") or ""
        yield f"NFIB{groups['number']}{letter.upper()}"


def nfib_codes(override_folder: Path | None = None) -> CodeList:
    """Return the NFIB code list with its spelling rule."""
    return read_list("nfib_codes", override_folder, nfib_spellings)


def normalise_nfib(raw: str | None, override_folder: Path | None = None) -> str | None:
    """Return the NFIB code that `raw` is a spelling of, or None; the caller keeps `raw`."""
    return nfib_codes(override_folder).normalise(raw)


def is_cyber(code: str, override_folder: Path | None = None) -> bool | None:
    """Say whether the code is computer misuse; None for an unknown code, which is not the same as no."""
    answer = nfib_codes(override_folder).attribute(code, "is_cyber")
    return None if answer is None else answer == "Y"
