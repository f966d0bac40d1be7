"""The cells of a row in quarantine: which of them broke a rule, and how sensitive each is."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fourfold.home import Home
from fourfold.pipeline.stages import SOURCES
from fourfold.records import Record
from fourfold.records.base import Sensitivity, sensitivity_of, words_for_rule
from fourfold.sources.contract import Contract
from fourfold.sources.mappings import Mapped, read_mappings
from fourfold.sources.recognise import places
from fourfold.sources.set_aside import MORE

WHOLE_ROW = "row|"
"""Rules about the shape of a row begin so: no cell of it can be trusted to stand under its heading."""


@dataclass(frozen=True)
class Cell:
    """One cell as received. `column` is what it becomes in the record, empty where it is not used."""

    heading: str
    text: str
    column: str
    sensitivity: Sensitivity
    is_broken: bool
    is_key: bool


def mapped_of(home: Home) -> Mapped:
    """Return the headings that the home's mapping files name, by source."""
    return read_mappings(home.mappings, SOURCES)


def cells_of(row: Mapping[str, Any], mapped: Mapped, in_doubt: Collection[str] = ()) -> list[Cell]:
    """Return the cells of a quarantined row in the order received.

    `in_doubt` are columns that count as broken whatever the rule says. A cell under a heading that no field
    of the source knows counts as personal: nobody can say what it holds. A row of a source that no hand-over
    recognises, as a decision of a desk is, has no broken cells: nobody corrects it by hand, so nobody need see it.
    """
    received: dict[str, str] = json.loads(row["text_received"])
    headings = [heading for heading in received if heading != MORE]
    contract, columns = contract_of(str(row["source"]), tuple(headings), mapped)
    broken = broken_columns(contract, str(row["rule"]), str(row["words"])) if contract else frozenset()
    is_known = contract is not None
    is_whole_row = str(row["rule"]).startswith(WHOLE_ROW)
    found = []
    for heading, text in received.items():
        column = columns.get(heading, "")
        found.append(
            Cell(
                heading,
                text,
                column,
                sensitivity_in(contract, column),
                is_known and (is_whole_row or heading == MORE or column in broken or column in in_doubt),
                contract is not None and column in contract.record.key,
            )
        )
    return found


def contract_of(
    source: str, headings: tuple[str, ...], mapped: Mapped
) -> tuple[Contract | None, dict[str, str]]:
    """Return the contract that reads most of the headings, and the column that each heading becomes."""
    best: Contract | None = None
    at: dict[str, int] = {}
    for contract in SOURCES:
        if contract.source == source:
            found = places(headings, contract, mapped.get(source, {}))
            if best is None or len(found) > len(at):
                best, at = contract, found
    return best, {headings[place]: column for column, place in reversed(at.items())}


def sensitivity_in(contract: Contract | None, column: str) -> Sensitivity:
    if contract is None or not column:
        return Sensitivity.PERSONAL
    if column not in contract.record.columns():
        return Sensitivity.OPEN  # what names the force or the reporting service, and counts by age
    return sensitivity_of(contract.record, column)


def broken_columns(contract: Contract, rule: str, words: str) -> frozenset[str]:
    """Return the columns that a row's broken rules are about, as far as its words tell."""
    told = words.split("; ")
    found: set[str] = set()
    for item in contract.fields:
        if any(part.startswith(f"{item.headings[0]} cannot be read") for part in told):
            found.add(item.column)
    for name, roots in rules_of(contract.record).items():
        if name == rule or words_for_rule(contract.record, name) in told:
            found |= roots
    if not found and "|" in rule:
        found.add(rule.partition("|")[0])
    fields = {item.column for item in contract.fields}
    made_of = {column for column in fields for name in found - fields if column.startswith(f"{name}_")}
    return frozenset(found | made_of)


@lru_cache(maxsize=64)
def rules_of(record: type[Record]) -> dict[str, frozenset[str]]:
    """Return the columns that each rule of a record looks at."""
    rules = record._validation_rules(with_cast=False)
    return {name: frozenset(rule.expr.meta.root_names()) for name, rule in rules.items()}
