"""One policy value on one date: the value itself, when it holds, and where it comes from."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PolicyValue:
    """A dated, cited value. `value` is a number, text, truth, list or mapping; None only where unset.

    A value is unset where it is local to a force and nothing is published: `is_set` is then False and
    `words` says so ("no limit set"). `valid_to` is the last day it holds, None where it still does.
    `overridden` is True where the force's own file gave it.
    """

    name: str
    value: Any = field(hash=False)
    valid_from: date
    valid_to: date | None
    source: str
    status: str
    note: str
    unit: str
    file: str
    overridden: bool
    title: str = ""
    unset: str = ""

    @property
    def is_set(self) -> bool:
        return self.value is not None

    @property
    def words(self) -> str:
        """The value in words: "no limit set", "70 years", "yes"; a list as its parts."""
        if self.value is None:
            return self.unset
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        if isinstance(self.value, list):
            return ", ".join(str(part) for part in self.value)
        return f"{self.value} {self.unit}".strip() if isinstance(self.value, int | float) else str(self.value)

    def holds_on(self, on: date) -> bool:
        """Say whether `on` lies between the first and the last day, both of them included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def own_copy(self) -> PolicyValue:
        """Return the value with a list or mapping of its own, so that nobody edits the shared one."""
        return PolicyValue(**{**self.__dict__, "value": copy.deepcopy(self.value)})
