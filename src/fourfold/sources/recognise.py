"""Which source a table is: by its headings, wherever in the first rows they stand, with hints where one is missing."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourfold.sources.contract import Contract, tidy
from fourfold.sources.mappings import Mapped, read_mappings
from fourfold.sources.received import RefusalError
from fourfold.sources.tables import HEADER_SEARCH_ROWS

__all__ = ["Recognised", "places", "read_mappings", "recognise"]


@dataclass(frozen=True)
class Recognised:
    """A table's source, the row its headings stand in, and the place of each record column."""

    contract: Contract
    header_row: int
    columns: dict[str, int]
    unused: tuple[str, ...]


def recognise(rows: Sequence[Sequence[str]], contracts: Sequence[Contract], mapped: Mapped) -> Recognised:
    """Return the source whose needed headings a row has; of several the one that uses the most columns.

    Raises RefusalError that names the nearest source, the headings it lacks and near ones in the file.
    """
    best: Recognised | None = None
    for number, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        for contract in contracts:
            columns = places(row, contract, mapped.get(contract.source, {}))
            if all(item.column in columns for item in contract.needed) and (
                best is None or rank(contract, columns) > rank(best.contract, best.columns)
            ):
                used = set(columns.values())
                unused = tuple(
                    heading for place, heading in enumerate(row) if heading.strip() and place not in used
                )
                best = Recognised(contract, number, columns, unused)
        if best is not None:
            break  # rows below the headings are data, or the headings once more
    if best is None:
        raise not_recognised(rows, contracts, mapped)
    refuse_doubles(rows[best.header_row], best)
    return best


def rank(contract: Contract, columns: dict[str, int]) -> tuple[int, int]:
    return len(contract.needed), len(columns)


def places(row: Sequence[str], contract: Contract, mapping: Mapping[str, str]) -> dict[str, int]:
    """Return the place in the row of each record column; a mapped heading goes before the known ones."""
    at = {}
    for place, heading in reversed(list(enumerate(row))):
        at[tidy(heading)] = place
    found = {}
    for item in contract.fields:
        theirs = mapping.get(tidy(item.headings[0]))
        names = [theirs, *item.headings] if theirs else list(item.headings)
        for name in names:
            if tidy(name) and tidy(name) in at:
                found[item.column] = at[tidy(name)]
                break
    return found


def refuse_doubles(row: Sequence[str], found: Recognised) -> None:
    used = {tidy(row[place]) for place in found.columns.values()}
    seen: set[str] = set()
    for heading in row:
        if tidy(heading) in used and tidy(heading) in seen:
            raise RefusalError(
                f"it has two columns headed '{heading}'.",
                "Rename or remove one of them: we cannot tell which is meant.",
            )
        seen.add(tidy(heading))


def not_recognised(
    rows: Sequence[Sequence[str]], contracts: Sequence[Contract], mapped: Mapped
) -> RefusalError:
    """Say which source the file is nearest to and what it lacks."""
    nearest, row, columns = None, rows[0] if rows else [], {}
    for candidate in rows[:HEADER_SEARCH_ROWS]:
        for contract in contracts:
            at = places(candidate, contract, mapped.get(contract.source, {}))
            if nearest is None or len(at) > len(columns):
                nearest, row, columns = contract, candidate, at
    if nearest is None or len(columns) < 2:
        shown = ", ".join(heading for heading in row[:6] if heading.strip()) or "none"
        return RefusalError(
            f"its headings are those of no source we know (they begin: {shown}).",
            "`fourfold intake --sources` lists what each source's file holds; a mapping file names other headings.",
        )
    hints = []
    left = [heading for place, heading in enumerate(row) if place not in columns.values() and heading.strip()]
    for item in nearest.needed:
        if item.column not in columns:
            near = near_heading(item.headings, left)
            hints.append(f"'{item.headings[0]}'" + (f" (is it '{near}'?)" if near else ""))
    return RefusalError(
        f"it looks like {nearest.title}, but lacks {', '.join(hints)}.",
        f'Add the heading, or name theirs in a mapping file: source = "{nearest.source}", [columns], "ours" = "theirs".',
    )


def near_heading(wanted: Sequence[str], headings: Sequence[str]) -> str | None:
    by_tidy = {tidy(heading): heading for heading in headings}
    for name in wanted:
        near = difflib.get_close_matches(tidy(name), list(by_tidy), n=1, cutoff=0.6)
        if near:
            return by_tidy[near[0]]
    return None
