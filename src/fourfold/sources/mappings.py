"""Mapping files of a home (TOML): a source's headings as a sender writes them, and its words for an empty cell."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fourfold.home import WrongUseError
from fourfold.sources.contract import Contract, tidy

Mapped = Mapping[str, Mapping[str, str]]


def read_mappings(folder: Path, contracts: Sequence[Contract]) -> dict[str, dict[str, str]]:
    """Return by source the headings that stand for ours; raises WrongUseError for one that names nothing we know.

    A mapping file says `source = "crimes"` and, under `[columns]`, `"Crime number" = "Their heading"`.
    """
    found: dict[str, dict[str, str]] = {}
    for path, contract, told in mapping_files(folder, contracts):
        ours = {tidy(item.headings[0]): item.headings[0] for item in contract.fields}
        for heading, theirs in table_in(told, "columns", path).items():
            if tidy(heading) not in ours:
                near = difflib.get_close_matches(tidy(heading), list(ours), n=1)
                hint = f"Is '{ours[near[0]]}' meant?" if near else "`fourfold intake --sources` lists them."
                raise WrongUseError(f"{path.name}: {contract.title} has no heading '{heading}'.", hint)
            found.setdefault(contract.source, {})[tidy(heading)] = theirs
    return found


def read_missing_words(folder: Path, contracts: Sequence[Contract]) -> dict[str, dict[str, str]]:
    """Return by source the words that its system writes for an empty cell, each with the reason.

    They stand under `[missing]` as `"NULL" = "the export writes NULL where the field is empty"` and are
    compared letter by letter, for a person may be called Null. Raises WrongUseError for one without a reason.
    """
    found: dict[str, dict[str, str]] = {}
    for path, contract, told in mapping_files(folder, contracts):
        for word, reason in table_in(told, "missing", path).items():
            if not reason.strip():
                raise WrongUseError(
                    f"{path.name}: '{word}' is to be read as missing without a reason.",
                    f'Say why: "{word}" = "the export writes it where the field is empty".',
                )
            found.setdefault(contract.source, {})[word.strip()] = reason
    return found


def mapping_files(
    folder: Path, contracts: Sequence[Contract]
) -> Iterator[tuple[Path, Contract, dict[str, Any]]]:
    known = {contract.source: contract for contract in contracts}
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WrongUseError(
                f"The mapping file {path.name} cannot be read: {error}.", "Mend it as TOML."
            ) from error
        if told.get("source") not in known:
            raise WrongUseError(
                f"The mapping file {path.name} is for a source '{told.get('source')}' that does not exist.",
                f"Sources: {', '.join(known)}.",
            )
        yield path, known[told["source"]], told


def table_in(told: dict[str, Any], name: str, path: Path) -> dict[str, str]:
    table = told.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise WrongUseError(
            f"{path.name}: [{name}] should hold texts.", 'For example: "Crime number" = "Their heading".'
        )
    return table
