"""Every code list by its name, each with the spelling rule of its subject, and the version of them all."""

from __future__ import annotations

import difflib
import hashlib
from pathlib import Path

from fourfold.home import WrongUseError
from fourfold.vocabulary.code_list import CodeList
from fourfold.vocabulary.nfib import nfib_codes
from fourfold.vocabulary.offences import offence_classes
from fourfold.vocabulary.outcomes import outcome_types
from fourfold.vocabulary.reading import INDEX, SHIPPED, editions, own_file, read_list

_WITH_SPELLINGS = {
    "nfib_codes": nfib_codes,
    "ho_outcomes": outcome_types,
    "offence_groups": offence_classes,
}


def load(name: str, override_folder: Path | None = None) -> CodeList:
    """Return the code list `name`, with a force's own rows from `override_folder` over it.

    Raises WrongUseError for a list that does not exist, and for a force's file that is at fault.
    """
    reader = _WITH_SPELLINGS.get(name)
    return reader(override_folder) if reader else read_list(name, override_folder)


def names() -> tuple[str, ...]:
    """Return the name of every code list."""
    return tuple(editions())


def version(override_folder: Path | None = None) -> str:
    """Return twelve letters that change when any list, or any row of the force's own, changes."""
    digest = hashlib.sha256()
    for name in (INDEX, *sorted(names())):
        for path in (SHIPPED / f"{name}.csv", own_file(name, override_folder) if name != INDEX else None):
            # Line ends differ between machines; the facts do not.
            content = path.read_bytes().replace(b"\r\n", b"\n") if path else b""
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def check(override_folder: Path) -> list[str]:
    """Return the names of the lists a force has rows of its own for.

    Raises WrongUseError for a file that is at fault, or that has no list's name.
    """
    if not override_folder.is_dir():
        return []
    found: list[str] = []
    for path in sorted(override_folder.glob("*.csv")):
        if path.stem not in editions():
            near = difflib.get_close_matches(path.stem, editions(), n=1)
            hint = f"Did you mean {near[0]}.csv?" if near else f"There are: {', '.join(editions())}."
            raise WrongUseError(f"{path.name} in {override_folder} is not the name of a code list.", hint)
        load(path.stem, override_folder)
        found.append(path.stem)
    return found
