"""A file as received, and a file that is refused: what the opening of a hand-over yields."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fourfold.home import DataProblemError


@dataclass(frozen=True)
class ReceivedFile:
    """One file as received: the name it goes by (inside an archive too) and its bytes.

    `is_beside` marks a file whose kind usually stands beside the data (a note, a map): if it turns out to
    be no table that we know, it is passed over and not refused.
    """

    name: str
    data: bytes
    is_beside: bool = False
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What opening it has found, so that looking for its headings does not read it twice."""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def size_bytes(self) -> int:
        return len(self.data)

    @property
    def base_name(self) -> str:
        return self.name.replace("!", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class RefusedFile:
    """A file that is not what it claims, with why and what to do.

    `sha256` and `size_bytes` are those of its bytes, where they could be read.
    """

    name: str
    why: str
    next_step: str
    sha256: str | None = None
    size_bytes: int = 0


Received = ReceivedFile | RefusedFile


class RefusalError(DataProblemError):
    """A file is not what it claims and is refused whole."""
