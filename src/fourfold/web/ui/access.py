"""What a page needs before it answers: the words in which every app registers its URLs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Scoped(Protocol):
    """An answer of the matrix."""

    @property
    def scope(self) -> str: ...


@dataclass(frozen=True)
class Access:
    """What one page needs.

    `act` is an act of the matrix (empty: any person who is signed in); `scopes` the answers that suffice
    (empty: any but no); an open page needs no sign-in; `before_second_factor` pages are those by which a
    second factor is set up, and those by which a person leaves. An operation of the API is open to the
    door before the pages and keeps its act: the person, and whether they may, are asked by token.
    """

    act: str = ""
    scopes: frozenset[str] = frozenset()
    is_open: bool = False
    before_second_factor: bool = False

    def allows(self, answer: Scoped) -> bool:
        """Return whether an answer of the matrix opens this page, its reason aside."""
        return answer.scope != "no" and (not self.scopes or answer.scope in self.scopes)


OPEN = Access(is_open=True, before_second_factor=True)
SIGNED_IN = Access()
LEAVING = Access(before_second_factor=True)


def needs(act: str, *scopes: str) -> Access:
    """Return the access of a page that needs `act`, with one of `scopes` where they are named."""
    return Access(act=act, scopes=frozenset(scopes))


def by_token(act: str, *scopes: str) -> Access:
    """Return the access of an operation of the API that needs `act`: a token is asked, and no session counts."""
    return Access(act=act, scopes=frozenset(scopes), is_open=True, before_second_factor=True)
