"""Charts of the fraud desk as SVG that a page may hold: reports by month, and the largest rises with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from fourfold.measures.period import Period, month_words
from fourfold.policy.breaks import breaks_between, lockdowns_between
from fourfold.products.render.chart_line import line_with_breaks
from fourfold.products.render.charts import bars_with_intervals, to_svg
from fourfold.products.render.html import inline_svg
from fourfold.web.fraud.saying import Trend

MONTHS_SHOWN = 36
LEAST_MONTHS = 3
SUBJECT = "fraud"
"""What the series is about, in the words of policy/subjects.yaml."""


def rises_chart(rises: Sequence[Trend]) -> Markup | None:
    """Return the changes of the codes that rise most as bars with their intervals; None where there are none."""
    rows = [
        {
            "label": row.words,
            "value": row.change.value,
            "lower": row.change.lower,
            "upper": row.change.upper,
            "words": row.change.words,
        }
        for row in rises
    ]
    if not rows:
        return None
    title = "Change in percent, with its 95% interval"
    spec = bars_with_intervals(rows, "label", "value", "lower", "upper", value_title=title, words="words")
    return drawn(
        spec, "rises", "Change of the codes with the largest rises", "Every number stands in the table above."
    )


def months_chart(
    months: Sequence[tuple[date, float]], force: str | None = None, own_policy: Path | None = None
) -> Markup | None:
    """Return reports by month as a line, with months that were not sent left open; None where there are too few.

    Series breaks of fraud that touch the force and national lockdowns are marked, as the paper marks them.
    """
    if len(months) < LEAST_MONTHS:
        return None
    shown = list(months)[-MONTHS_SHOWN:]
    first, last = shown[0][0], Period.month(shown[-1][0]).end
    crossed = breaks_between(first, last, SUBJECT, force, own_policy)
    breaks = [(one.latest, one.title) for one in crossed if first <= one.latest <= last]
    lockdowns = [
        (one.starts_on, one.ends_on, one.title) for one in lockdowns_between(first, last, own_policy)
    ]
    spec = line_with_breaks(
        [{"month": month.isoformat(), "value": number} for month, number in shown],
        value_title="Reports a month",
        breaks=breaks,
        lockdowns=lockdowns,
        height=220,
    )
    low, high = min(shown, key=lambda one: one[1]), max(shown, key=lambda one: one[1])
    alt = (
        f"A line by month. Lowest {low[1]:,.0f} in {month_words(low[0])}, highest {high[1]:,.0f} in "
        f"{month_words(high[0])}, {shown[-1][1]:,.0f} in {month_words(shown[-1][0])}."
    )
    if breaks:
        alt += f" Marked: {', '.join(title for _, title in breaks)}."
    if lockdowns:
        alt += f" Shaded: {', '.join(title.lower() for _, _, title in lockdowns)}."
    return drawn(spec, "months", "Fraud and cyber reports by month", alt)


@lru_cache(maxsize=64)
def drawn(spec: str, anchor: str, caption: str, alt: str) -> Markup:
    """Return the chart, named and described."""
    chart = {"anchor": anchor, "label": "Chart", "caption": caption, "alt": alt}
    return Markup(inline_svg(to_svg(spec), chart))
