"""One national code list held in memory, and how loosely written text finds its code.

A text that fits no code gives None. The caller keeps the text as it came and the row with it: an
unknown code is a thing to look into, never a row to drop.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from fourfold.home import WrongUseError

Spellings = Callable[[str], Iterable[str]]
"""Given text as received, the codes it may be a spelling of, likeliest first."""


def plain(text: str) -> str:
    """Return `text` in lower case, without accents, punctuation or doubled spaces."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold()).replace("&", " and ")
    letters = (c for c in taken_apart if not unicodedata.combining(c) and c not in "'’")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


@dataclass(frozen=True)
class Code:
    """One row of a code list. `attributes` are its other columns, an empty cell as an empty text.

    `status` says how sure the row is (confirmed, partial, unconfirmed, from general knowledge, our
    choice). It covers code and name; columns that are our own reading of a code are named in `source`
    or `note`. The first and last day of use are None where no such day is known.
    """

    code: str
    name: str
    attributes: Mapping[str, str] = field(hash=False)
    status: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def can_be_looked_up(self) -> bool:
        """False for a row without a confirmed code of its own: it is listed, but no text turns into it."""
        return not self.attributes.get("use")

    def was_in_use(self, on: date) -> bool:
        """Say whether `on` lies within the known days of use; an unknown end counts as open."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True)
class CodeList:
    """A code list: its rows in their order, and the spelling rule of its subject if it has one."""

    name: str
    edition: str
    rows: tuple[Code, ...]
    columns: tuple[str, ...] = ()
    spellings: Spellings | None = field(default=None, compare=False)

    @cached_property
    def _by_code(self) -> dict[str, Code]:
        return {row.code: row for row in self.rows if row.can_be_looked_up}

    @cached_property
    def _by_plain_code(self) -> dict[str, str]:
        return _unambiguous((plain(code), code) for code in self._by_code)

    @cached_property
    def _by_exact_name(self) -> dict[str, str]:
        return _unambiguous((row.name.casefold(), row.code) for row in self._by_code.values())

    @cached_property
    def _by_plain_name(self) -> dict[str, str]:
        # A name goes before another row's alias: the alias is our addition, the name is the list's.
        names = _unambiguous((plain(row.name), row.code) for row in self._by_code.values())
        pairs = [(plain(alias), row.code) for row in self._by_code.values() for alias in _aliases(row)]
        with_code = [
            (plain(f"{row.code} {words}"), row.code)
            for row in self._by_code.values()
            for words in (row.name, *_aliases(row))
        ]
        return _unambiguous(pairs) | _unambiguous(with_code) | names

    def get(self, code: str) -> Code | None:
        """Return the row of exactly this code, or None."""
        return self._by_code.get(code)

    def codes(self) -> tuple[str, ...]:
        """Return the codes that can be looked up, in list order."""
        return tuple(self._by_code)

    def names(self) -> tuple[str, ...]:
        """Return the names of the codes that can be looked up, in list order."""
        return tuple(row.name for row in self._by_code.values())

    def normalise(self, raw: str | None) -> str | None:
        """Return the code that `raw` is a spelling of, or None for unknown; the caller keeps `raw`."""
        if raw is None or not (text := raw.strip()):
            return None
        if text in self._by_code:
            return text
        named = self._by_exact_name.get(text.casefold())
        if named is not None:
            return named
        key = plain(text)
        if not key:
            return None
        found = self._by_plain_code.get(key) or self._by_plain_name.get(key)
        if found is None and self.spellings is not None:
            found = next((code for code in self.spellings(text) if code in self._by_code), None)
        return found

    def attribute(self, code: str, column: str) -> str | None:
        """Return the cell of `column` for `code`, or None where the code is unknown or the cell empty.

        Raises WrongUseError for a column that the list does not have.
        """
        if column not in self.columns:
            near = difflib.get_close_matches(column, self.columns, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"It has: {', '.join(self.columns)}."
            raise WrongUseError(f"The list {self.name} has no column {column}.", hint)
        row = self._by_code.get(code)
        return (row.attributes.get(column) or None) if row else None


def _aliases(row: Code) -> list[str]:
    return [alias for alias in row.attributes.get("aliases", "").split("|") if alias.strip()]


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return key to code, without the keys that two codes share: a guess would be worse than None."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for key, code in pairs:
        if found.setdefault(key, code) != code:
            shared.add(key)
    return {key: code for key, code in found.items() if key and key not in shared}
