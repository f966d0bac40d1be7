"""Tracing one figure by its name as somebody types it."""

from __future__ import annotations

import difflib
from dataclasses import replace

import narwhals as nw

from fourfold import policy
from fourfold.home import DataProblemError, Home
from fourfold.measures.figure import FigureName
from fourfold.measures.registry import Asked, understand
from fourfold.pipeline.opening import Opened, holds_records, open_figures
from fourfold.pipeline.trace import Trace, trace


def trace_figure(home: Home, text: str, most: int) -> Trace:
    """Trace a figure of the current manifest; a name without a force means the home's own.

    Raises WrongUseError for a name that asks for nothing there is, DataProblemError where nothing is loaded.
    """
    name = FigureName.parse(text)
    understand(name)
    if "force" not in name.slices and "force" in home.settings:
        name = name.with_slice(force=home.settings["force"])
    opened = open_figures(home, name.period.end)
    if not holds_records(opened.manifest):
        raise DataProblemError(
            "Nothing is loaded.", "Hand in files with `fourfold intake PATH`, or try `fourfold demo`."
        )
    threshold = policy.value_on("disclosure.threshold_public", opened.rules.on, opened.rules.policy)
    found = trace(opened, name, int(threshold.value) if threshold.is_set else None, most)
    return replace(found, hints=hints(opened, understand(name))) if found.count == 0 else found


def hints(opened: Opened, asked: Asked) -> tuple[str, ...]:
    """Say which values of the slice no record of any period has: a slip of the pen looks like a nought."""
    counts = opened.figures.counts
    if not counts.is_loaded(asked.measure):
        return ()
    view = counts.values_view(asked.measure)
    found = []
    for dimension, value in asked.name.slices.items():
        values = view.select(nw.col(dimension).cast(nw.String)).unique().collect()[dimension].to_list()
        known = sorted(one for one in values if one is not None)
        if value not in known:
            near = closest(value, known)
            meant = f" Is '{near}' meant?" if near else ""
            found.append(f"No record of any period has {dimension} '{value}'.{meant}")
    return tuple(found)


def closest(word: str, known: list[str]) -> str:
    """Return the known word nearest to one, whatever its capitals; '' if none is near."""
    by_small = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(word.casefold(), by_small, n=1, cutoff=0.6)
    return by_small[near[0]] if near else ""
