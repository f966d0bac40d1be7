"""Home Office crime outcome types and the sub-codes that forces use.

A sub-code stays a sub-code: "1a" is 1A, and `main_type` says that it counts under type 1.
Source of the framework: Home Office crime outcomes (replaced detections from April 2013).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fourfold.vocabulary.code_list import CodeList
from fourfold.vocabulary.reading import read_list

_PREFIX = r"(?:(?:home office|ho)[\s_-]*)?(?:outcome(?:[\s_-]*(?:type|code|number|no\.?))?|type|code|oc)"
_CODE = r"0*(?P<number>\d{1,2})(?:\.0+)?\s?(?P<letter>[a-z])?"
_ENDED = r"(?=\s*(?:$|[-–—:;,./(\[](?!\s*\d)))"
_LOOSE = re.compile(rf"(?:{_PREFIX}[\s_:.#-]*)?{_CODE}{_ENDED}", re.IGNORECASE)
_PREFIXED = re.compile(
    rf"{_PREFIX}[\s_:.#-]*0*(?P<number>\d{{1,2}})(?P<letter>[a-z])?(?=\s+[^\W\d]{{2,}})", re.IGNORECASE
)


def outcome_spellings(raw: str) -> Iterator[str]:
    """Yield the outcome code that `raw` may be a spelling of, whether or not the list has it."""
    text = raw.strip()
    match = _LOOSE.match(text) or _PREFIXED.match(text)
    if match:
        yield f"{int(match['number'])}{(match['letter'] or '').upper()}"


def outcome_types(override_folder: Path | None = None) -> CodeList:
    """Return the outcome list with its spelling rule."""
    return read_list("ho_outcomes", override_folder, outcome_spellings)


def normalise_outcome(raw: str | None, override_folder: Path | None = None) -> str | None:
    """Return the outcome code that `raw` is a spelling of, or None; the caller keeps `raw`."""
    return outcome_types(override_folder).normalise(raw)


def main_type(code: str, override_folder: Path | None = None) -> str | None:
    """Return the national type a code counts under ("1A" under "1"), or None for an unknown code."""
    return outcome_types(override_folder).attribute(code, "main_type")


def is_an_outcome(code: str, override_folder: Path | None = None) -> bool | None:
    """Say whether the code is an outcome; 0 ("not yet assigned") is a row in tables, not one."""
    return None if outcome_types(override_folder).get(code) is None else code != "0"
