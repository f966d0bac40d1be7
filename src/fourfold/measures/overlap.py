"""Which records figures share: what each of them tells of the records, and the groups of records told apart.

Two figures that count nearly the same records give away how many only one of them counts. To see it, the
records are divided into the smallest groups that the figures tell apart: every figure is then a sum of
some groups, and what a reader can work out is arithmetic (differencing.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from fourfold.measures.counting import MONTH, Counts
from fourfold.measures.coverage import as_date
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.measure import Measure, Statistic
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY, understand

Membership = NDArray[np.bool_]


class Kind(StrEnum):
    """Which of the rows of a slice are counted."""

    ROWS = "rows"
    PART = "part"
    DISTINCT = "distinct"
    STATED = "stated"
    NONE = "none"
    MISSING = "missing"


AMOUNT_KINDS = (Kind.STATED, Kind.NONE, Kind.MISSING)


@dataclass(frozen=True)
class Claim:
    """One number of records that a figure tells: rows of a slice of a measure in a period, of one kind."""

    measure: str
    slice: tuple[tuple[str, str], ...]
    period: Period
    kind: Kind = Kind.ROWS

    @property
    def family(self) -> tuple[str, str, str]:
        """Claims of one family count the same kind of thing, so they can be set off against each other."""
        measure = REGISTRY[self.measure]
        return measure.view, measure.on, measure.column if self.kind is Kind.DISTINCT else ""


def claims_of(figure: Figure) -> tuple[Claim, ...]:
    """Return the numbers of records that a figure tells its reader, in its value, its n or its parts."""
    asked = understand(FigureName.parse(figure.name))
    name, measure = asked.name, asked.measure
    suffix = asked.suffix.name if asked.suffix else ""
    if measure.statistic is Statistic.ESTIMATE:
        return ()  # it tells how many were read of a sample, and nobody is told who was drawn
    kinds: tuple[Kind, ...] = (Kind.ROWS,)
    if measure.statistic is Statistic.AMOUNT:
        own = (Kind.ROWS, Kind(suffix)) if suffix in set(AMOUNT_KINDS) else (Kind.STATED,)
        kinds = (*own, *((Kind.MISSING,) if figure.missing is not None else ()))
    elif measure.statistic is Statistic.SHARE:
        kinds = (Kind.PART, Kind.ROWS)
    elif measure.statistic is Statistic.DISTINCT:
        kinds = (Kind.DISTINCT, Kind.ROWS)
    slices = [name.slice]
    if suffix == "share":
        slices.append(tuple(pair for pair in name.slice if pair[0] == "force"))
    periods = [name.period] if name.baseline is None else [name.period, name.baseline]
    return tuple(
        Claim(measure.name, one, period, kind) for one in slices for period in periods for kind in kinds
    )


@dataclass(frozen=True)
class Groups:
    """The groups of records that some claims tell apart.

    `holds[claim, group]` says that the group's records are among those the claim counts; `sizes` are the
    numbers of records, shape (groups,).
    """

    claims: tuple[Claim, ...]
    holds: Membership
    sizes: NDArray[np.float64]

    @property
    def counts(self) -> NDArray[np.float64]:
        """The number of records of each claim, shape (claims,)."""
        return self.holds.astype(np.float64) @ self.sizes


def groups_of(counts: Counts, claims: Iterable[Claim]) -> list[Groups]:
    """Divide the records of each family of claims into the groups that its claims tell apart."""
    families: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in dict.fromkeys(claims):
        families.setdefault(claim.family, []).append(claim)
    return [divide(counts, tuple(some)) for some in families.values()]


def divide(counts: Counts, claims: tuple[Claim, ...]) -> Groups:
    """Divide the records of one family into the smallest groups that its claims tell apart."""
    table = with_unknown_amounts(cells_of(counts, claims))
    held = np.array([holds(table, claim) for claim in claims]).reshape(len(claims), -1)
    sizes = np.asarray(table["number"], dtype=np.float64)
    if "value" in table:  # different values are counted: one of them may lie in many cells
        at = places_of(table["value"].tolist())
        merged = np.zeros((len(claims), at.max(initial=-1) + 1), dtype=bool)
        for row, counted in zip(merged, held, strict=True):
            row[at[counted]] = True
        held, sizes = merged, np.ones(merged.shape[1])
    patterns = [pattern.tobytes() for pattern in np.packbits(held.T, axis=1)]
    group = places_of(patterns)
    whole = np.bincount(group, weights=sizes, minlength=0).astype(np.float64)
    first = np.unique(group, return_index=True)[1]
    apart = np.take(held, first, axis=1)
    told = apart.any(axis=0)
    return Groups(claims, apart[:, told], whole[told])


def places_of(values: Sequence[Any]) -> NDArray[np.int64]:
    """Return for each value its place among all different ones in their order, shape (values,)."""
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([places[value] for value in values], dtype=np.int64)


Table = dict[str, NDArray[Any]]
"""The cells of a family, a column for all that its claims go by; marks are whether they hold."""


def with_unknown_amounts(table: Table) -> Table:
    """Add empty cells, so that no reader is taken to know that nobody stated nought or left the amount blank."""
    for mark in [column for column in table if column.startswith("amount ")]:
        others = {
            column: np.concatenate([values] * (1 + len(AMOUNT_KINDS))) for column, values in table.items()
        }
        size = len(table[mark])
        others[mark] = np.concatenate([table[mark], *(np.full(size, str(kind)) for kind in AMOUNT_KINDS)])
        others["number"] = np.concatenate([table["number"], np.zeros(size * len(AMOUNT_KINDS), dtype=object)])
        table = others
    return table


def cells_of(counts: Counts, claims: tuple[Claim, ...]) -> Table:
    """Count the records of a family by all that its claims go by: month, dimensions, and what counts."""
    measures = {claim.measure: REGISTRY[claim.measure] for claim in claims}
    dimensions = sorted({key for claim in claims for key, _ in claim.slice})
    frame = counts.view(next(iter(measures.values())))
    first, last = min(claim.period.first for claim in claims), max(claim.period.last for claim in claims)
    frame = frame.filter(nw.col(MONTH).is_between(first, last))
    by = {MONTH: nw.col(MONTH)}
    by |= {f"by {key}": nw.col(key).cast(nw.String).fill_null("") for key in dimensions}
    marks: dict[str, nw.Expr] = {}
    for measure in measures.values():
        marks |= marks_of(counts, measure)
        if measure.statistic is Statistic.AMOUNT:
            by[f"amount {measure.name}"] = amount_kind(measure)
    if claims[0].kind is Kind.DISTINCT:
        column = next(iter(measures.values())).column
        frame = frame.filter(~nw.col(column).is_null())
        by["value"] = nw.col(column).cast(nw.String)
    if marks:
        by[MARKS] = packed(list(marks.values()))
    table = frame.select(**by).group_by(list(by)).agg(nw.len().alias("number")).collect()
    found = {column: np.array(table[column].to_list(), dtype=object) for column in table.columns}
    found[MONTH] = np.array([as_date(month) for month in found[MONTH]], dtype="datetime64[D]")
    for column in set(found) - {MONTH, MARKS, "number"}:
        found[column] = found[column].astype(str)
    return found | unpacked(found.pop(MARKS, None), list(marks))


MARKS = "marks"
"""All marks of a row in one number, a bit each: grouping by one column is quicker than by twenty."""


def packed(marks: list[nw.Expr]) -> nw.Expr:
    """Return some marks as one number, the first mark its lowest bit; there is room for 62."""
    bits = [mark.fill_null(False).cast(nw.Int64) * 2**place for place, mark in enumerate(marks)]
    return nw.sum_horizontal(*bits)


def unpacked(numbers: NDArray[Any] | None, names: list[str]) -> Table:
    """Return the marks of packed numbers by name, each as whether it holds, shape (numbers,)."""
    if numbers is None:
        return {}
    bits = numbers.astype(np.int64)
    return {name: (bits >> place) & 1 == 1 for place, name in enumerate(names)}


def marks_of(counts: Counts, measure: Measure) -> dict[str, nw.Expr]:
    """Return what marks a row of a view: counted by a measure, part of its share."""
    marks = {}
    if measure.where is not None:
        marks[f"where {measure.name}"] = measure.where(counts.rules)
    if measure.part is not None:
        marks[f"part {measure.name}"] = measure.part(counts.rules)
    return marks


def amount_kind(measure: Measure) -> nw.Expr:
    """Return whether a row states an amount, states none or leaves it blank."""
    amount = nw.col(measure.column).cast(nw.Float64)
    stated = nw.when(amount > 0).then(nw.lit(str(Kind.STATED))).otherwise(nw.lit(str(Kind.NONE)))
    return nw.when(amount.is_null()).then(nw.lit(str(Kind.MISSING))).otherwise(stated)


def holds(table: Table, claim: Claim) -> NDArray[Any]:
    """Say for each cell whether a claim counts its records."""
    first, last = (np.datetime64(day) for day in (claim.period.first, claim.period.last))
    held: NDArray[Any] = (table[MONTH] >= first) & (table[MONTH] <= last)
    for key, value in claim.slice:
        cells = table[f"by {key}"]
        is_one_of_many = key in REGISTRY[claim.measure].overlapping
        held = held & (np.char.find(cells, f"|{value}|") >= 0 if is_one_of_many else cells == value)
    if f"where {claim.measure}" in table:
        held = held & table[f"where {claim.measure}"]
    if claim.kind is Kind.PART:
        held = held & table[f"part {claim.measure}"]
    if claim.kind in AMOUNT_KINDS:
        held = held & (table[f"amount {claim.measure}"] == str(claim.kind))
    return held
