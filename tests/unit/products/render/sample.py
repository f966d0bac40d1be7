"""A made-up paper with every kind of block, and with the text that breaks renderers: names from right to
left, emoji, Chinese, a table over several pages, numbers that are missing, suppressed or not stated."""

from __future__ import annotations

from fourfold.measures.figure import Figure, Origin, State
from fourfold.products.document import (
    Bullets,
    Chart,
    Document,
    FigureLink,
    Footnote,
    Heading,
    MadeFrom,
    NoteMark,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
)
from fourfold.products.render import charts

HEBREW_NAME = "רחל כהן"
ARABIC_NAME = "محمد علي"
EMOJI_AND_CHINESE = "Zoë Łukasz and 王小明 🎉👩\u200d👧"
ORIGIN = Origin("m-000042", "p-7c1d", "v-99ab", "0.1.0+5f2e")

REPORTS = "fraud.reports@2021"
CHANGE = "fraud.reports.change[nfib_code=NFIB1D]@2021~2020"
FEW = "fraud.reports[nfib_code=NFIB5B]@2021"
ABSENT = "fraud.reports@2019-04..2020-03"
LOSS = "fraud.loss.median@2021"


def _figure(name: str, title: str, **more: object) -> Figure:
    given: dict[str, object] = {
        "state": State.KNOWN,
        "unit": "count",
        "period": "2021",
        "period_words": "calendar year 2021",
        "definition": "Reports by victims who live in the force area, by the day they were made.",
        "source": "Made-up reports",
        "made_up": True,
        "origin": ORIGIN,
        **more,
    }
    return Figure(name=name, title=title, **given)  # type: ignore[arg-type]


FIGURES = (
    _figure(REPORTS, "Fraud reports", value=13331.0, lower=13105.0, upper=13559.0, n=13331, missing=0),
    _figure(
        CHANGE,
        "Change in dating scams",
        unit="percent_change",
        value=16.66,
        lower=9.2,
        upper=24.6,
        decimals=1,
        n=1155,
        missing=3,
        baseline="2020",
        baseline_words="calendar year 2020",
        parts=(("now", 622.0), ("before", 533.0)),
        caveats=("Reports follow willingness to report", "The counting rules changed in April 2021."),
        origin=Origin("m-000041", "p-7c1d", "v-99ab", "0.1.0+5f2e"),
    ),
    _figure(
        FEW, "Reports of hacking (extortion)", state=State.SUPPRESSED, n=4177, why="Fewer than 5 were counted"
    ),
    _figure(
        ABSENT,
        "Fraud reports",
        state=State.MISSING,
        period="2019-04..2020-03",
        period_words="financial year 2019/20",
        why="No file covers October 2019 to March 2020.",
    ),
    _figure(
        LOSS, "Median loss <stated>", unit="GBP", decimals=2, value=4599.0, lower=4100.0, upper=5200.0, n=9120
    ),
)


def _line_rows() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for month in range(48):
        year, at = 2018 + month // 12, month % 12 + 1
        gone = year == 2019 and at >= 10
        count = 900 + (month * 37) % 160 + month * 5
        rows.append({"month": f"{year}-{at:02d}", "value": None if gone else count})
    return rows


def _words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def _line_chart() -> Chart:
    rows = _line_rows()
    spec = charts.line_with_breaks(
        rows,
        value_title="Reports a month",
        breaks=[("2021-04", "New counting rules")],
        lockdowns=[("2020-03", "2020-06", "First lockdown"), ("2021-01", "2021-03", "Third lockdown")],
    )
    said = [(_words(str(row["month"])), _words(str(row["value"] or "no data"))) for row in rows]
    table = Table("Fraud reports by month", ("Month", "Reports"), tuple(said), "lr")
    return Chart(
        "months",
        "Fraud reports by month",
        "A line that rises from 900 to 1,200; no data late in 2019.",
        spec,
        table,
    )


def _bar_chart() -> Chart:
    rows = [
        {"kind": "Online shopping", "now": 2510.0, "low": 2413.0, "high": 2610.0},
        {"kind": "Other fraud that no code of the list names", "now": 1902.0, "low": 1818.0, "high": 1989.0},
        {"kind": "Investment 📈", "now": None, "low": None, "high": None},
    ]
    spec = charts.bars_with_intervals(rows, "kind", "now", "low", "high", value_title="Reports")
    said = tuple((_words(str(row["kind"])), _words(str(row["now"] or "not available"))) for row in rows)
    table = Table("Reports by kind", ("Kind", "Reports"), said, "lr")
    return Chart(
        "kinds", "Reports by kind, with 95% intervals", "Online shopping leads with 2,510.", spec, table
    )


def _long_table(rows: int) -> Table:
    body = tuple(
        (
            _words(f"Ward {number} of the district"),
            (FigureLink(REPORTS, f"{number * 7:,}"),),
            _words(f"{number * 6:,}"),
            _words("not stated" if number % 9 == 0 else f"+{number % 23}.4%"),
            _words("Rose in the second half of the year, after two sellers on one street closed."),
        )
        for number in range(1, rows + 1)
    )
    header = ("Ward", "2021", "2020", "Change", "What is known")
    return Table("Reports by ward", header, body, "lrrrl", True, "Wards as they stood in May 2021.")


def _fraud() -> Section:
    return Section(
        "fraud",
        "Fraud: who was harmed & how",
        (
            Notice("made_up", (Text("Every record behind this paper is made up. No person in it exists."),)),
            Paragraph(
                (
                    Text("The force took "),
                    FigureLink(REPORTS, "13,331"),
                    Text(" reports of fraud in calendar year 2021. Dating scams rose by "),
                    FigureLink(CHANGE, "+16.7%"),
                    NoteMark("counting"),
                    Text(" against calendar year 2020. "),
                    Text("Reports are not crimes.", strong=True),
                ),
                1,
            ),
            Paragraph(
                (
                    Text("Of hacking with extortion there were "),
                    FigureLink(FEW, "too few to publish"),
                    Text("; the count for financial year 2019/20 is "),
                    FigureLink(ABSENT, "not available"),
                    Text("."),
                    NoteMark("gap"),
                ),
                2,
            ),
            Heading("Loss", 2),
            Paragraph(
                (
                    Text("Half of those who stated a loss lost "),
                    FigureLink(LOSS, "£4,599.00"),
                    Text(" or more."),
                ),
                3,
            ),
            Heading("What was said", 3),
            Bullets(
                (
                    _words("Courier fraud: 41 <b>not bold</b>"),
                    (Text("Counted anew", emphasis=True), NoteMark("counting")),
                )
            ),
            _line_chart(),
            _bar_chart(),
        ),
    )


def sample(rows: int = 120) -> Document:
    """Return the sample paper; `rows` is the length of its long table."""
    victims = Section(
        "victims",
        "Names that try a renderer",
        (
            Notice("missing", _words("Custody events for October 2021 were not received.")),
            Notice("caution", _words("Six months lie inside a lockdown.")),
            Paragraph(
                _words(f"Thanks to {HEBREW_NAME} (12 calls), {ARABIC_NAME} (3), {EMOJI_AND_CHINESE}.\x07"),
                4,
            ),
            Paragraph(_words("This one has no number.")),
            _long_table(rows),
        ),
    )
    return Document(
        title="How the force prevents fraud",
        subtitle="Paper for the Strategic Policing and Crime Board, calendar year 2021",
        marking="OFFICIAL",
        language="en-GB",
        made_from=MadeFrom(
            "west-midlands",
            "Westshire Police",
            "2021-12",
            "m-000042",
            "p-7c1d",
            "v-99ab",
            "0.1.0+5f2e",
            made_up=True,
        ),
        sections=(_fraud(), victims),
        footnotes=(
            Footnote("gap", _words("The file for the second half was never sent.")),
            Footnote(
                "counting",
                (Text("Counted as the "), Text("Counting Rules", emphasis=True), Text(" of April 2021 say.")),
            ),
            Footnote("loose", _words("No mark in the text leads here.")),
        ),
        figures=FIGURES,
        findings=(
            (
                "warning",
                "share read as volume",
                "paragraph 3",
                "Half of those who stated a loss is not half of victims.",
            ),
        ),
    )
