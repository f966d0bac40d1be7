"""The chart of compliance: what is recorded, and between which bounds the truth lies, as SVG that a page may hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from fourfold.products.render.charts import bars_with_intervals, to_svg
from fourfold.products.render.html import inline_svg
from fourfold.web.victims_code.compliance import Line

MOST_ROWS = 36


def bounds_chart(lines: Sequence[Line], by: str) -> Markup | None:
    """Return the chart, named and described; None where nothing was judged, or there is too much for one chart."""
    rows = [
        {
            "label": line.label,
            "value": line.recorded if line.recorded is not None else line.strict,
            "lower": line.strict,
            "upper": line.best,
            "words": words_of(line),
        }
        for line in lines
        if line.strict is not None
    ]
    if not rows or len(rows) > MOST_ROWS:
        return None
    title = "Met in time in percent: bar of what is recorded, line from strict bound to best case"
    spec = bars_with_intervals(rows, "label", "value", "lower", "upper", value_title=title, words="words")
    return Markup(_drawn(spec, f"Compliance by {by.lower()}, with the bounds of the truth"))


def words_of(line: Line) -> str:
    """Return what stands beside a bar."""
    bounds = f"{line.strict:.0f} to {line.best:.0f}"
    return f"nothing recorded ({bounds})" if line.recorded is None else f"{line.recorded:.0f}% ({bounds})"


@lru_cache(maxsize=64)
def _drawn(spec: str, caption: str) -> str:
    chart = {
        "anchor": "bounds",
        "label": "Chart",
        "caption": caption,
        "alt": "Every number stands in the table below the chart.",
    }
    return inline_svg(to_svg(spec), chart)
