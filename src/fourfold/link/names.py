"""Names as they are compared: honorifics off, parts apart, short forms beside full ones, and a key of their sound."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fourfold import vocabulary
from fourfold.link.transliterate import latin

PARTS = re.compile(r"[^\w]+|_")
VOWELS = "aeiouy"
SOUND_LENGTH = 7
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"mps", "ms"),
        (r"sch|sh", "s"),
        (r"ch", "x"),
        (r"ph", "f"),
        (r"gh(?=[aeiouy])", "g"),
        (r"gh", ""),
        (r"ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g(?=[ei])", "j"),
        (r"(?<=[aeiou])w(?![aeiou])", ""),
        (r"[vw]", "f"),
        (r"z", "s"),
        (r"(?<=.)h", ""),
    )
)
"""Letters that one name is met with in several spellings (our own choice; a step further than Soundex)."""


@dataclass(frozen=True)
class GivenName:
    """First names as compared: all letters together, the first of them, what it is short for, and its sound."""

    whole: str
    first: str
    forms: tuple[str, ...]
    sound: str


@dataclass(frozen=True)
class FamilyName:
    """A last name as compared: all letters together, its parts, and its sound."""

    whole: str
    parts: tuple[str, ...]
    sound: str


@dataclass(frozen=True)
class NameLists:
    """What the vocabulary knows of names: words that are no part of one, and forms that are the same one."""

    honorifics: frozenset[str]
    forms: dict[str, tuple[str, ...]]


@lru_cache(maxsize=8)
def name_lists(own: Path | None = None) -> NameLists:
    """Return the lists of honorifics and first names, with a force's own rows from the folder `own`."""
    titles = vocabulary.load("honorifics", own)
    known: dict[str, set[str]] = defaultdict(set)
    for row in vocabulary.load("first_names", own).rows:
        full = "".join(parts_of(row.code))
        for other in (
            row.code,
            *row.attributes["short_forms"].split("|"),
            *row.attributes["spellings"].split("|"),
        ):
            if other.strip():
                known["".join(parts_of(other))].add(full)
    return NameLists(
        frozenset("".join(parts_of(code)) for code in titles.codes()),
        {name: tuple(sorted(full)) for name, full in known.items()},
    )


def parts_of(text: str) -> list[str]:
    """Return the parts of a name in plain Latin letters; O'Brien and Al-Amin are taken as O Brien and Al Amin."""
    return [part for part in PARTS.split(latin(text.replace("'", "").replace("’", ""))) if part]


def given_name(text: str, lists: NameLists) -> GivenName | None:
    """Return first names as they are compared; None where nothing of a name is in the text."""
    parts = [part for part in parts_of(text) if part not in lists.honorifics]
    if not parts:
        return None
    first = parts[0]
    forms = tuple(sorted({first, *lists.forms.get(first, ())}))
    return GivenName("".join(parts), first, forms, sound(first))


def family_name(text: str, lists: NameLists) -> FamilyName | None:
    """Return a last name as it is compared; None where nothing of a name is in the text."""
    parts = parts_of(text)
    # Dean and Pope are surnames too: an honorific is taken off only where something is left.
    kept = [part for part in parts if part not in lists.honorifics] or parts
    if not kept:
        return None
    whole = "".join(kept)
    return FamilyName(whole, tuple(sorted(part for part in kept if len(part) > 1)), sound(whole))


@lru_cache(maxsize=200_000)
def sound(name: str) -> str:
    """Return a key that spellings of one name mostly share: its consonants, and whether a vowel begins it."""
    if not name.isascii():
        return name
    said = name
    for pattern, replacement in SOUNDS:
        said = pattern.sub(replacement, said)
    start = said[:1]
    rest = "".join(letter for letter in said[1:] if letter not in VOWELS)
    key = ("a" if start in "aeiou" else start) + rest
    once = "".join(letter for place, letter in enumerate(key) if place == 0 or letter != key[place - 1])
    return once[:SOUND_LENGTH]
