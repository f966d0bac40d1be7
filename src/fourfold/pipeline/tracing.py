"""Tracing one figure by its name as somebody types it."""

from __future__ import annotations

from fourfold import policy
from fourfold.home import DataProblemError, Home
from fourfold.measures.figure import FigureName
from fourfold.measures.registry import understand
from fourfold.pipeline.opening import open_figures
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
    if opened.manifest.is_empty:
        raise DataProblemError(
            "Nothing is loaded.", "Hand in files with `fourfold intake PATH`, or try `fourfold demo`."
        )
    threshold = policy.value_on("disclosure.threshold_public", opened.rules.on, opened.rules.policy)
    return trace(opened, name, int(threshold.value) if threshold.is_set else None, most)
