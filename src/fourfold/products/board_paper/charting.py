"""Charts of the paper, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fourfold.measures.figure import FigureName
from fourfold.measures.period import Period, month_words
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.tables import Comparison, Row, capital
from fourfold.products.document import Chart, FigureLink, Table, Text


def months_chart(
    paper: PaperContext, key: str, caption: str, name: FigureName, span: Period, subject: str
) -> Chart:
    """Return monthly counts as a line, with the months that are not loaded left open."""
    from fourfold.products.render.charts import line_with_breaks

    months = [(month, paper.figure(name.at(Period.month(month)))) for month in span.list_months()]
    rows = [{"month": month.isoformat(), "value": figure.value} for month, figure in months]
    known = [(month, figure) for month, figure in months if figure.value is not None]
    spec = line_with_breaks(
        rows,
        value_title="Number a month",
        breaks=[
            (one.on, one.words)
            for one in paper.breaks
            if subject in one.subjects and span.first <= one.on <= span.end
        ],
        lockdowns=[
            (one.first, one.last, one.words)
            for one in paper.lockdowns
            if one.first <= span.end and one.last >= span.first
        ],
    )
    table = Table(
        caption,
        ("Month", "Number"),
        tuple(
            ((Text(month_words(month)),), (FigureLink(figure.name, figure.words),))
            for month, figure in months
        ),
        "lr",
    )
    return Chart(key, caption, alt_of_months(caption, known), spec, table)


def alt_of_months(caption: str, known: Sequence[tuple[date, object]]) -> str:
    from fourfold.measures.figure import Figure

    figures = [
        (month, figure) for month, figure in known if isinstance(figure, Figure) and figure.value is not None
    ]
    if not figures:
        return f"{caption}. No month has a figure that may be printed."
    low = min(figures, key=lambda pair: pair[1].value or 0)
    high = max(figures, key=lambda pair: pair[1].value or 0)
    return (
        f"{caption}: a line by month. Lowest {low[1].words} in {month_words(low[0])}, "
        f"highest {high[1].words} in {month_words(high[0])}, {figures[-1][1].words} in {month_words(figures[-1][0])}."
    )


def change_chart(
    paper: PaperContext, key: str, caption: str, rows: Sequence[Row], periods: Comparison, table: Table
) -> Chart:
    """Return the changes of several kinds as bars with their intervals; `table` says the same."""
    from fourfold.products.render.charts import bars_with_intervals

    data = []
    for row in rows:
        change = paper.figure(row.name.of(f"{row.name.measure}.change").at(periods.now, periods.against))
        data.append(
            {
                "kind": row.words,
                "value": change.value,
                "lower": change.lower,
                "upper": change.upper,
                "words": change.words,
            }
        )
    spec = bars_with_intervals(
        data, "kind", "value", "lower", "upper", value_title="Change (%), with 95% interval", words="words"
    )
    said = "; ".join(f"{row['kind']} {row['words']}" for row in data)
    return Chart(key, caption, f"{caption}. {said}.", spec, table)


def pairs_chart(
    paper: PaperContext, key: str, caption: str, rows: Sequence[Row], periods: Comparison, table: Table
) -> Chart:
    """Return counts of two periods side by side; `table` says the same."""
    from fourfold.products.render.charts import paired_bars

    data = [
        {
            "kind": row.words,
            "before": paper.figure(row.name.at(periods.against)).value,
            "now": paper.figure(row.name.at(periods.now)).value,
        }
        for row in rows
    ]
    earlier, later = capital(periods.against_words or periods.against.words), capital(periods.now.words)
    spec = paired_bars(data, "kind", "before", "now", earlier, later, value_title="Number")
    said = "; ".join(
        f"{row.words} {paper.figure(row.name.at(periods.against)).words} then {paper.figure(row.name.at(periods.now)).words}"
        for row in rows
    )
    return Chart(key, caption, f"{caption}. {said}.", spec, table)
