"""Home Office offence classes, in the ways that crime systems write them.

"28e", "028E", "28/E", "HO 48" and "48.0" (a spreadsheet's number) are classes. A class with a numbered
sub-class ("8/6") is not resolved: no public table ties those numbers to the lettered classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fourfold.vocabulary.code_list import CodeList
from fourfold.vocabulary.reading import read_list

_LOOSE = re.compile(
    r"(?:(?:home office|ho)?[\s_-]*(?:offence|crime)?[\s_-]*(?:code|class)?[\s_:.#-]*)?"
    r"0*(?P<number>[1-9]\d{0,2})(?:(?P<part>\.[1-9]\d?)|\.0+)?[\s/-]?(?P<letter>[a-z])?"
    r"(?=\s*(?:$|[-–—:;,(\[](?!\s*\d)))",
    re.IGNORECASE,
)


def offence_spellings(raw: str) -> Iterator[str]:
    """Yield the offence class that `raw` may be a spelling of, whether or not the list has it."""
    match = _LOOSE.match(raw.strip())
    if match:
        yield f"{match['number']}{match['part'] or ''}{(match['letter'] or '').upper()}"


def offence_classes(override_folder: Path | None = None) -> CodeList:
    """Return the offence list with its spelling rule."""
    return read_list("offence_groups", override_folder, offence_spellings)


def normalise_offence(raw: str | None, override_folder: Path | None = None) -> str | None:
    """Return the offence class that `raw` is a spelling of, or None; the caller keeps `raw`."""
    return offence_classes(override_folder).normalise(raw)


def codes_of_subgroup(subgroup: str, override_folder: Path | None = None) -> tuple[str, ...]:
    """Return the classes of one Home Office subgroup, in list order; empty where there is none."""
    rows = offence_classes(override_folder).rows
    return tuple(r.code for r in rows if r.can_be_looked_up and r.attributes["ho_subgroup"] == subgroup)
