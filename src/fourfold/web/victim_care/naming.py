"""How people are found by name or number, in any script."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 60
TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof"))
"""Words that tell nobody apart: they are not looked for."""
WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that set no spaces between the parts of a name: each part may be what somebody types."""


def folded(text: str) -> str:
    """Return text as it is compared: no accents, no case, nothing but letters, digits and single spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        sign
        if sign.isalnum() or unicodedata.category(sign) == "Mc"
        else ""
        if unicodedata.combining(sign)
        else " "
        for sign in plain
    )
    return unicodedata.normalize("NFC", " ".join(kept.replace("'", "").split()))


def phone_digits(phone: str) -> str:
    """Return a phone number's digits from the first after the country or trunk prefix on."""
    return re.sub(r"^(0044|44|0)", "", re.sub(r"\D", "", phone))


def search_words(name: str, phone: str) -> set[str]:
    """Return every word that a person is found by: parts of the name, and the phone's digits."""
    words = set()
    for word in folded(name.replace("'", "").replace("’", "")).split():
        if word in TITLES:
            continue
        starts = range(len(word)) if WITHOUT_SPACES.search(word) else range(1)
        words |= {word[start:][:LONGEST_WORD] for start in starts}
    digits = phone_digits(phone)
    return words | ({digits[:LONGEST_WORD]} if len(digits) >= 5 else set())


def asked_words(text: str) -> list[str]:
    """Return the words of a search; a text of digits alone is taken for a phone number."""
    if re.fullmatch(r"[\d\s+()-]{5,}", text.strip()):
        return [phone_digits(text)[:LONGEST_WORD]]
    words = folded(text.replace("'", "").replace("’", "")).split()
    return [word[:LONGEST_WORD] for word in words if word not in TITLES]


def sort_key(last_name: str, first_names: str) -> str:
    """Return what lists are ordered by: the last name first, folded; a person without a name comes last."""
    key = folded(f"{last_name} {first_names}")[:120]
    return key or "\uffff"
