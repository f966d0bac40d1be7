"""What may be printed: small counts of people's records are hidden, and so is what would give them away.

Three steps. `published` looks at one figure alone. `suppressed` looks at one table with its total.
`made_safe` looks at the whole paper: at every number of records that any figure in it tells, in tables,
text, charts and appendix, and hides more until no small number can be worked out from the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import numpy as np

from fourfold.measures.differencing import hide_until_safe
from fourfold.measures.evaluate import Figures
from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.overlap import Claim, claims_of, groups_of
from fourfold.measures.registry import find
from fourfold.statistics.disclosure import suppress_list

COUNTED_PARTS = ("now", "before", "part", "count")
OF_ONE_RECORD = ("largest",)
"""Parts that are the amount of a single record; no public product prints one."""
WHY = "the number is so small that people might be recognised"
BLANKS_APART = "How many records do not say is a figure of its own."

Made = TypeVar("Made")


class Paper(Protocol):
    """What is needed of a paper to make it safe: what it prints, and what printing leaves behind."""

    @property
    def figures(self) -> Figures: ...
    @property
    def threshold(self) -> int | None: ...
    @property
    def figures_used(self) -> dict[str, Figure]: ...
    @property
    def footnotes(self) -> list[Any]: ...
    @property
    def unknown(self) -> list[Any]: ...


def published(figure: Figure, threshold: int | None, already_public: bool) -> Figure:
    """Return a figure as it may be printed: suppressed where a count it rests on lies under the threshold.

    Nought is printed. Open data and internal papers (no threshold) are printed as they are. A figure that
    has no number is looked at too, for its counts are printed beside the words that say why.
    """
    if threshold is None or already_public:
        return figure
    if any(0 < count < threshold for count in counts_told(figure)):
        return hidden(figure)
    parts = tuple(part for part in figure.parts if part[0] not in OF_ONE_RECORD)
    if len(parts) < len(figure.parts):
        # The total would give the largest away: it is its share of the total that is printed.
        figure = replace(figure, parts=())
    if figure.missing is not None:
        # Printed beside every average, a small number of blanks would have to take them all with it.
        figure = replace(figure, missing=None, caveats=(*figure.caveats, BLANKS_APART))
    return figure


def counts_told(figure: Figure) -> list[float]:
    """Return the numbers of people's records that a figure tells its reader by itself."""
    counts = [value for name, value in figure.parts if name in COUNTED_PARTS]
    if figure.unit == "count" and figure.value is not None:
        counts.append(figure.value)
    elif not counts and figure.n is not None:
        counts.append(figure.n)
    whole = figure.part("whole")
    if whole is not None:
        counts.append(whole - (figure.part("part") or 0))
    return counts


def hidden(figure: Figure) -> Figure:
    """Return a figure with its number, and all that would give it away, taken out."""
    return replace(
        figure,
        state=State.SUPPRESSED,
        value=None,
        lower=None,
        upper=None,
        n=None,
        missing=None,
        parts=(),
        why=WHY,
    )


def suppressed(counts: list[Figure], threshold: int | None) -> tuple[list[bool], bool]:
    """Say which rows of a column of counts must be hidden, and whether their printed total must be.

    Where one small count could be worked out from the total, a second row is hidden with it; the total
    itself goes where nothing else is left to hide.
    """
    values = [figure.value for figure in counts]
    if threshold is None or any(value is None for value in values) or not values:
        return [figure.value is None for figure in counts], False
    found = suppress_list(np.asarray(values, dtype=float), threshold)
    hide = found.primary | found.secondary
    return [bool(one) for one in hide[:-1]], bool(hide[-1])


def hidden_rows(counts: list[Figure], threshold: int | None) -> list[bool]:
    """Say which rows of a column of counts must be hidden, given that their total is printed too."""
    return suppressed(counts, threshold)[0]


def made_safe(paper: Paper, make: Callable[[], Made]) -> Made:
    """Make a paper, and make it again with more hidden until nothing in it gives a small count away.

    `make` makes all that is printed and notes each figure in `paper.figures_used`. What is hidden is
    hidden from the first line on, also where the reason for it stands further down.
    """
    standing: set[str] = set()
    while True:
        made = make()
        wanted = standing | not_to_print(paper.figures, paper.figures_used, paper.threshold)
        if wanted == standing:
            return made
        standing = wanted
        paper.figures_used.clear()
        paper.figures_used.update((name, hidden(paper.figures.get(name))) for name in sorted(standing))
        paper.footnotes.clear()
        paper.unknown.clear()


def not_to_print(figures: Figures, printed: dict[str, Figure], threshold: int | None) -> set[str]:
    """Return the figures to hide beside those that are too small by themselves."""
    if threshold is None:
        return set()
    told = {name: claims_of(figure) for name, figure in printed.items() if tells_counts(figure)}
    shown = {name: claims for name, claims in told.items() if not is_public(name)}
    public = {claim for name, claims in told.items() if name not in shown for claim in claims}
    hides = [name for name, figure in printed.items() if figure.state is State.SUPPRESSED]
    kept_back = {claim for name in hides for claim in claims_of(figures.get(name))}
    printed_claims = {claim for claims in shown.values() for claim in claims}
    unsafe = claims_to_hide(figures, printed_claims, kept_back, public, threshold)
    found = {name for name, claims in shown.items() if unsafe.intersection(claims)}
    for name in hides:  # hidden for another's sake: from the first line on
        if published(figures.get(name), threshold, already_public=False).state is not State.SUPPRESSED:
            found.add(name)
    return found


def claims_to_hide(
    figures: Figures, printed: set[Claim], kept_back: set[Claim], public: set[Claim], threshold: int
) -> set[Claim]:
    """Return the numbers of records, among those printed, that would give a small one away.

    `kept_back` are hidden already; `public` are printed whatever else is, and a reader reckons with them.
    """
    families = {claim.family for claim in printed | kept_back}
    public = {claim for claim in public if claim.family in families}
    unsafe: set[Claim] = set()
    for groups in groups_of(figures.counts, sorted(printed | kept_back | public, key=str)):
        fixed = np.array([claim in public and claim not in printed for claim in groups.claims])
        before = fixed | np.array([claim in printed for claim in groups.claims])
        after = hide_until_safe(groups, before, threshold, fixed)
        hide = before & ~after
        unsafe |= {claim for claim, unfit in zip(groups.claims, hide, strict=True) if unfit}
    return unsafe


def tells_counts(figure: Figure) -> bool:
    """Say whether a figure as printed tells any number of records; a figure not loaded tells none."""
    return figure.value is not None or (figure.state is State.NOT_STATED and figure.n is not None)


def is_public(name: str) -> bool:
    return find(FigureName.parse(name).measure)[0].already_public
