"""What may be printed: small counts of people's records are hidden, and so is what would give them away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fourfold.measures.figure import Figure, State
from fourfold.statistics.disclosure import suppress_list

COUNTED_PARTS = ("now", "before", "part", "count")
WHY = "the number is so small that people might be recognised"


def published(figure: Figure, threshold: int | None, already_public: bool) -> Figure:
    """Return a figure as it may be printed: suppressed where a count it rests on lies under the threshold.

    Nought is printed. Open data and internal papers (no threshold) are printed as they are.
    """
    if threshold is None or already_public or figure.value is None:
        return figure
    counts = [value for name, value in figure.parts if name in COUNTED_PARTS]
    if figure.unit == "count":
        counts.append(figure.value)
    elif not counts and figure.n is not None:
        counts.append(figure.n)
    whole = figure.part("whole")
    if whole is not None:
        counts.append(whole - (figure.part("part") or 0))
    return hidden(figure) if any(0 < count < threshold for count in counts) else figure


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


def hidden_rows(counts: list[Figure], threshold: int | None) -> list[bool]:
    """Say which rows of a column of counts must be hidden, given that their total is printed too.

    Where one small count could be worked out from the total, a second row is hidden with it.
    """
    values = [figure.value for figure in counts]
    if threshold is None or any(value is None for value in values) or not values:
        return [figure.value is None for figure in counts]
    found = suppress_list(np.asarray(values, dtype=float), threshold)
    hide = found.primary | found.secondary
    return [bool(one) for one in hide[: len(values)]]
