"""Names in any script as plain Latin letters, by small tables and by the names that Unicode gives its letters.

Made for comparing, not for reading: two ways of writing one name should come out alike or nearly so. Scripts
that write no vowels (Arabic, Hebrew) come out as consonants; `names.sound` compares those too. Characters that
stand for words (Han) have no spelling to go by and stay as they are.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CYRILLIC = (
    "а a б b в v г g д d е e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч "
    "ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya і i ї yi є ye ґ g ў u "
)
GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o "
)
ARABIC = (
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l "
    "م m ن n ه h و w ي y ى a ة a پ p چ ch ڑ r ژ zh ک k گ g ں n ے e ٹ t ڈ d ھ h ہ h "
)
HEBREW = (
    "א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף p צ ts ץ ts ק "
    "k ר r ש sh ת t "
)
LATIN = "ł l ø o đ d æ ae œ oe þ th ð d ı i ħ h ŋ n "
SILENT_LETTER = "_"


def letters_of(table: str) -> dict[str, str]:
    """Return letter to sound of a table written as pairs; a letter that is not heard has the sound _."""
    words = table.split()
    return {
        letter: "" if sound == SILENT_LETTER else sound
        for letter, sound in zip(words[::2], words[1::2], strict=True)
    }


TABLE = letters_of(CYRILLIC + GREEK + ARABIC + HEBREW + LATIN)
SILENT = ("VIRAMA", "AL-LAKUNA", "HALANTA")


def latin(text: str) -> str:
    """Return text in small Latin letters without accents; letters nobody can spell out stay as they are."""
    if text.isascii():
        return text.lower()
    out: list[str] = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        _add(out, character)
    return "".join(out)


def _add(out: list[str], character: str) -> None:
    if character.isascii():
        out.append(character)
        return
    spelt, kind = _spelt(character)
    if kind == "vowel sign":
        # An Indian consonant is read with an a unless a sign says another vowel, or none.
        if out and out[-1].endswith("a"):
            out[-1] = out[-1][:-1]
        out.append(spelt)
    elif kind == "spelt":
        out.append(spelt)
    else:
        for part in unicodedata.normalize("NFKD", character):
            if not unicodedata.combining(part):
                out.append(TABLE.get(part, part))


@lru_cache(maxsize=4096)
def _spelt(character: str) -> tuple[str, str]:
    """Return how a letter is spelt, and whether it is a whole letter or a vowel sign; empty where neither is known."""
    if character in TABLE:
        return TABLE[character], "spelt"
    name = unicodedata.name(character, "")
    last = name.rpartition(" ")[2].lower()
    if any(word in name for word in SILENT):
        return "", "vowel sign"
    if "VOWEL SIGN" in name:
        return last, "vowel sign"
    if " LETTER " in name and not name.startswith(("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW")):
        return last, "spelt"
    if name.startswith("HANGUL SYLLABLE"):
        return last, "spelt"
    return "", ""
