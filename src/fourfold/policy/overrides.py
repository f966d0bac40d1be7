"""What a force has changed: each of its own values beside the shipped one, for people to check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fourfold.policy.breaks import all_breaks
from fourfold.policy.store import own_entries, shipped_entries
from fourfold.policy.value import PolicyValue


@dataclass(frozen=True)
class Override:
    """One value of the force's own. `old` is the shipped value on its first day, None where there is none."""

    name: str
    file: str
    old: PolicyValue | None
    new: PolicyValue

    @property
    def old_value(self) -> Any:
        return self.old.value if self.old else None

    @property
    def new_value(self) -> Any:
        return self.new.value

    @property
    def valid_from(self) -> date:
        return self.new.valid_from

    @property
    def words(self) -> str:
        """One line: name, old value, new value, since when, on whose word."""
        old = self.old.words if self.old else "not shipped"
        until = f" to {self.new.valid_to.isoformat()}" if self.new.valid_to else ""
        when = f"from {self.new.valid_from.isoformat()}{until}"
        return f"{self.name}: {old} -> {self.new.words} ({when}; {self.new.source}; {self.file})"


def overrides_in(folder: Path) -> list[Override]:
    """Return every value of the force's own in `folder`, with the shipped value it replaces.

    Raises WrongUseError with every fault of its files at once.
    """
    found: list[Override] = []
    for name, entry in own_entries(folder).items():
        shipped = shipped_entries().get(name)
        for new in entry.values:
            old = next((v for v in shipped.values if v.holds_on(new.valid_from)), None) if shipped else None
            found.append(Override(name, entry.file, old, new))
    return found


def check(folder: Path) -> None:
    """Refuse a folder of policy values that are undated, uncited, misnamed or not readable.

    Raises WrongUseError that names file and key of every fault at once.
    """
    own_entries(folder)
    all_breaks(folder)
