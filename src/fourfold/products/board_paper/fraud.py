"""Fraud and cyber crime (source paper, paragraphs 4 to 22)."""

from __future__ import annotations

from typing import Any

from fourfold.measures.figure import FigureName
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.measures.views import AGE_BANDS, NOT_STATED, OLDEST
from fourfold.products.board_paper.charting import change_chart, months_chart, pairs_chart
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.board_paper.purpose import filled
from fourfold.products.board_paper.ranking import greatest_rises
from fourfold.products.board_paper.tables import Comparison, Row, comparison
from fourfold.products.document import Block, FigureLink, Heading, Inlines, Section, Table, Text

CATCH_ALL = "NFIB90"

WHO_RECORDS = """
Fraud is reported to the national service (Action Fraud until 3 December 2025, Report Fraud since), which
sends each force a weekly list of the victims in its area. These figures count those reports by the day they
were made.[^reports]

[^reports]: A report is not a recorded crime and not a person: somebody who reports twice is counted twice.
"""

TOTALS = """
{{fraud.reports@now}} reports were made in the {now}, against {{fraud.reports@before}} in the {before}: a
change of {{fraud.reports.change@now~before}} ({{fraud.reports.change@now~before|interval}}). Both years hold
months of national lockdown ({lockdowns}), in which people bought, met and worked online more than in others.

The list of fraud codes has {{fraud.reports[nfib_code=NFIB90]@now}} reports under NFIB90, the code for fraud
that fits no other: {{fraud.reports.share[nfib_code=NFIB90]@now}} of {{fraud.reports@now}} reports
({{fraud.reports.share[nfib_code=NFIB90]@now|interval}}). {{fraud.unknown_code@now}} reports carry no code, or
one that is on no list; they are counted in every total.

Courier fraud has no code of its own. Such reports lie among others, mostly under NFIB90 and door-to-door
sales, so no count of them is given here.
"""

RISES = """
The table shows the codes with the greatest rises among those with at least {least} reports in the
{before}; both years hold lockdowns.[^rises]

[^rises]: {told_apart} Among all codes compared, the share of false alarms is held at {alarms}% (Benjamini and Hochberg 1995).
"""

AGES = """
Reports by people, by ten-year age band at the day of the report. The band is from the age as stated, else
from the date of birth; reports that state neither are shown and are in the total. Both years hold lockdowns.
"""

VICTIM_TYPES = """
Organisations made {{fraud.reports[victim_type=organisation]@now}} of {{fraud.reports@now}} reports in the
{now} ({{fraud.reports.share[victim_type=organisation]@now}}), against
{{fraud.reports[victim_type=organisation]@before}} of {{fraud.reports@before}} in the {before}
({{fraud.reports.share[victim_type=organisation]@before}}). In number that is a change of
{{fraud.reports.change[victim_type=organisation]@now~before}}
({{fraud.reports.change[victim_type=organisation]@now~before|interval}}), between two years with lockdowns.
"""

LOSSES = """
Losses are as stated by victims. The mean is over reports that state a loss above £0; a few very large losses
can carry it, so the median, the mean without the 5% largest and smallest, and the share of the single largest
loss stand beside it. The row for all victims is worked out over all their reports together; it is not the
sum of the two rows above it.
"""

REACH = """
Protect work reached people as follows. Reach counts showings and seats; it does not say how much fraud was
prevented.

In the {now} there were {{protect.activities@now}} activities, with {{protect.impressions@now}} impressions of
posts and an attendance of {{protect.attendance@now}} at events; {{protect.materials@now}} items of material
were handed out.
"""

OUTCOMES = """
{{fraud.outcomes@now}} outcomes were given to fraud reports in the {now}. They belong to reports of many
months, so they are not set against the reports of the same period.
"""


def fraud(paper: PaperContext) -> Section:
    """Fraud and cyber victimisation by code, age, victim type and loss, and the reach of Protect work."""
    title = "Fraud and cyber crime"
    if not paper.is_loaded("fraud.reports"):
        return section(paper, "fraud", title, paper.missing(*NOT_LOADED))
    blocks: list[Block] = [
        *paper.write("fraud", filled(paper, WHO_RECORDS)),
        *totals(paper),
        *rises(paper),
        *ages(paper),
        *losses(paper),
    ]
    if paper.is_loaded("protect.activities"):
        blocks += [Heading("Reach of Protect work"), *paper.write("fraud-reach", filled(paper, REACH))]
    if paper.is_loaded("fraud.outcomes"):
        blocks += paper.write("fraud-outcomes", filled(paper, OUTCOMES))
    return section(paper, "fraud", title, *blocks)


NOT_LOADED = (
    "No weekly list of fraud victims is loaded for this force, so this paper says nothing about fraud. That is not "
    "a finding that there is none.",
    "Open data do not show fraud.",
)


def totals(paper: PaperContext) -> list[Block]:
    name = paper.name("fraud.reports@now")
    span = Period(paper.before.first, paper.now.last)
    chart = months_chart(paper, "fraud-months", "Fraud and cyber reports by month", name, span, "fraud")
    return [*paper.write("fraud-totals", filled(paper, TOTALS)), chart]


def rises(paper: PaperContext) -> list[Block]:
    """The codes that rose most, each with both counts and the interval of its change."""
    listed = paper.figures.counts.cells(REGISTRY["fraud.reports"], ("force", "nfib_code"))
    codes = sorted({str(code) for force, code in listed if force == paper.force and code is not None})
    base = paper.name("fraud.reports@now")
    rows = [
        Row(f"{paper.code_names('nfib_codes', code)} ({code})", base.with_slice(nfib_code=code))
        for code in codes
    ]
    periods = Comparison(paper.now, paper.before)
    least = max(paper.threshold or 0, int(standing(paper, "paper.minimum_base_for_percentage")))
    shown, false_share = (
        standing(paper, f"fraud_rises.{name}") for name in ("shown", "false_alarms_at_most")
    )
    found = greatest_rises(paper, rows, periods, int(shown), least, float(false_share))
    if not found:
        return []
    weak = [rise.row.words for rise in found if not rise.stands_out]
    told_apart = (
        f"{'; '.join(weak)}: the rise does not stand out from chance."
        if weak
        else "Each of these rises stands out from chance."
    )
    text = filled(paper, RISES).replace("{least}", str(least)).replace("{told_apart}", told_apart)
    text = text.replace("{alarms}", f"{100 * float(false_share):g}")
    rows = [rise.row for rise in found]
    table = comparison(
        paper, "Fraud codes with the greatest rises", "Fraud code", rows, periods, key="fraud-rises"
    )
    chart = change_chart(
        paper, "fraud-rises-chart", "Change in reports, codes with the greatest rises", rows, periods, table
    )
    return [Heading("Codes with the greatest rises"), *paper.write("fraud-rises", text), table, chart]


def standing(paper: PaperContext, name: str) -> Any:
    """Return a policy value as it stood on the day that the paper judges by."""
    from fourfold import policy

    rules = paper.figures.rules
    return policy.value_on(name, rules.on, rules.policy).value


def ages(paper: PaperContext) -> list[Block]:
    base = paper.name("fraud.reports@now").with_slice(victim_type="individual")
    bands = [f"{low} to {high}" for low, high in AGE_BANDS] + [OLDEST, NOT_STATED]
    rows = [
        Row(f"Age {band}" if band == NOT_STATED else f"Aged {band}", base.with_slice(age_band=band))
        for band in bands
    ]
    periods = Comparison(paper.now, paper.before)
    total = Row("All individuals", base)
    table = comparison(paper, "Reports by individuals, by age", "Age", rows, periods, total, key="fraud-ages")
    chart = pairs_chart(paper, "fraud-ages-chart", "Reports by individuals, by age", rows, periods, table)
    return [
        Heading("Age and type of victim"),
        *paper.write("fraud-ages", filled(paper, AGES)),
        table,
        chart,
        *paper.write("fraud-types", filled(paper, VICTIM_TYPES)),
    ]


LOSS_COLUMNS = (
    ("stated", "State a loss"),
    ("missing", "Do not say"),
    ("mean", "Mean loss"),
    ("median", "Median loss"),
    ("trimmed_mean", "Trimmed mean"),
    ("largest_share", "Largest loss, share of total"),
)


def losses(paper: PaperContext) -> list[Block]:
    """Average losses with what a reader needs to judge them; averages are never added."""
    kinds = (("Individuals", "individual"), ("Organisations", "organisation"), ("All victims", ""))
    rows: list[tuple[Inlines, ...]] = []
    for period in (paper.before, paper.now):
        for words, kind in kinds:
            name = FigureName("fraud.loss", period).with_slice(force=paper.force)
            name = name.with_slice(victim_type=kind) if kind else name
            figures = [paper.figure(name.of(f"fraud.loss.{suffix}")) for suffix, _ in LOSS_COLUMNS]
            cells: list[Inlines] = [(FigureLink(one.name, one.words),) for one in figures]
            rows.append(((Text(f"{words}, {period.words}"),), *cells))
    header = ("Victims", *(words for _, words in LOSS_COLUMNS))
    note = f"95% intervals of the means: {means(paper)}."
    table = Table(
        "Stated losses by type of victim",
        header,
        tuple(rows),
        "l" + "r" * len(LOSS_COLUMNS),
        note=note,
        key="fraud-losses",
    )
    return [Heading("Losses"), *paper.write("fraud-losses", LOSSES), table]


def means(paper: PaperContext) -> str:
    from fourfold.measures.words import say_interval

    said = []
    for period in (paper.before, paper.now):
        for kind in ("individual", "organisation"):
            name = paper.name(f"fraud.loss.mean[victim_type={kind}]@now").at(period)
            said.append(f"{kind}s, {period.words}, {say_interval(paper.figure(name)) or 'none'}")
    return "; ".join(said)
