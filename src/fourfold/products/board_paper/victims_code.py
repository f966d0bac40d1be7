"""Compliance with the Victims' Code as the clocks have it: bounds by duty and group (source paper, 49 to 54)."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.measures.figure import FigureName
from fourfold.measures.registry import REGISTRY
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.purpose import filled
from fourfold.products.board_paper.ranking import may_be_ranked
from fourfold.products.document import Block, Bullets, Heading, Inlines, Table, Text
from fourfold.rules.duties import titles
from fourfold.rules.offence_groups import offence_groups

MOST_SHOWN = 3
"""Duties named of which recording would bring the bounds closest."""
NONE = """
Compliance with the Victims' Code is not reported from the crime system in this paper, because duties to victims are
not worked out for the whole of the {now}. Nothing here says that a duty was met, or that it was not: not met, not recorded, not
yet due and not applicable are four different things.
"""
WHOLE = """
In the {now}, {{duties.judged[subject=victim]@now}} duties to victims fell due, by the Victims' Code and by the
force's own standards. Of these, {{duties.not_recorded[subject=victim]@now}} are not recorded: nothing says that they
were met, or that they were not, so they count neither as a breach nor as a pass. Taken as not met they leave
{{duties.strict[subject=victim]@now}} of the {{duties.judged[subject=victim]@now}} met in time, taken as met
{{duties.best[subject=victim]@now}}. The truth lies between these two bounds. Of the duties that are recorded,
{{duties.recorded[subject=victim]@now}} were met in time.

Every duty recorded is counted and none is drawn, so the bounds are no intervals from sampling; they say how much the
records leave open. Duties not yet due, not applicable, or without a limit that the force has set are left out.
"""
OVERLAP = (
    "A crime counts in every group it belongs to, so the groups do not add up. Other is none of the four above it, as "
    "in the audit. A blank field is not a no: the last column counts the duties of crimes that may belong to the group."
)
FRAUD = """
Most fraud is reported to the national body and is no crime of the force. Duties to its victims that the national
body holds are not counted here.
"""
NARROWS = "Recording would bring the bounds closest for these duties, the first of them most:"
BOUNDS = ("Due", "Strict", "Best case")
BELOW = (
    "Strict takes what is not recorded as not met, best case as met: the distance between the two is the share not "
    "recorded. Of two duties on one event only the stricter counts, so a duty of the Code may stand under a standard of "
    "the force. Below the duties to victims stand those about suspects and of the force itself, which are in no total."
)


def compliance(paper: PaperContext) -> tuple[Block, ...]:
    """Return what the clocks say of the duties due in the year to the paper's month."""
    whole = paper.figures.get(paper.name("duties.judged[subject=victim]@now"))
    if not paper.is_loaded("duties.judged") or whole.value is None:
        why = f"{whole.why[:1].upper()}{whole.why[1:]}."
        return (*paper.write("legal", filled(paper, NONE)), paper.missing(why))
    duties = list(by_duty(paper))
    return (
        *paper.write("legal", filled(paper, WHOLE)),
        duty_table(paper, duties),
        *narrowing(paper, [name for name, _ in duties if name.slices.get("subject") == "victim"]),
        Heading("Fraud, business and acquisitive crime, and the groups of the audit"),
        group_table(paper),
        *paper.write("legal-fraud", filled(paper, FRAUD)),
    )


def by_duty(paper: PaperContext) -> Iterator[tuple[FigureName, str]]:
    """Yield the name and title of the count of each duty that fell due: those to victims first, then the others."""
    known = titles(paper.figures.rules.policy)
    base = paper.name("duties.judged@now")
    cells = paper.figures.counts.cells(REGISTRY["duties.judged"], ("force", "rule", "subject"))
    told = {(str(rule), str(subject)) for force, rule, subject in cells if force == paper.force}
    places = {rule: place for place, rule in enumerate(known)}
    for rule, subject in sorted(
        told, key=lambda one: (one[1] != "victim", places.get(one[0], len(known)), one)
    ):
        name = base.with_slice(rule=rule, subject=subject)
        if paper.figures.get(name).value:
            yield name, known.get(rule, rule)


def duty_table(paper: PaperContext, duties: list[tuple[FigureName, str]]) -> Table:
    whole = paper.name("duties.judged[subject=victim]@now")
    rows = [bounds(paper, "All duties to victims", whole)]
    rows += [bounds(paper, f"{title} ({name.slices['rule']})", name) for name, title in duties]
    caption = f"Duties that fell due in the {paper.now.words}"
    return Table(caption, ("Duty", *BOUNDS), tuple(rows), "lrrr", note=BELOW, key="duties")


def group_table(paper: PaperContext) -> Table:
    rules, rows = paper.figures.rules, []
    groups = offence_groups("victims_code_reporting.groups", rules.on, rules.policy, rules.vocabulary)
    for one in groups:
        name = paper.name("duties.judged[subject=victim]@now").with_slice(offence_group=one.group)
        left_open = paper.name("duties.open_group[subject=victim]@now").with_slice(open_group=one.group)
        unknown = paper.cell(name.of("duties.not_recorded"))
        rows.append((*bounds(paper, one.label, name), unknown, paper.cell(left_open)))
    return Table(
        f"Duties to victims that fell due in the {paper.now.words}, by group of offences",
        ("Group", *BOUNDS, "Not recorded", "May belong to it"),
        tuple(rows),
        "lrrrrr",
        note=OVERLAP,
        key="duties-groups",
    )


def bounds(paper: PaperContext, words: str, judged: FigureName) -> tuple[Inlines, ...]:
    """Return a row: how many were due, and compliance in the strict and in the best case."""
    shares = (paper.cell(judged.of(f"duties.{one}")) for one in ("strict", "best"))
    return ((Text(words),), paper.cell(judged), *shares)


def narrowing(paper: PaperContext, duties: list[FigureName]) -> tuple[Block, ...]:
    """Name the duties whose recording would bring the bounds of all together closest."""
    shares = [may_be_ranked(paper, name.of("duties.not_recorded")) for name in duties]
    ranked = sorted(
        (
            (-(share.part("part") or 0), name, share)
            for name, share in zip(duties, shares, strict=True)
            if share.value
        ),
        key=lambda one: (one[0], str(one[1])),
    )
    if not ranked:
        return ()
    known = titles(paper.figures.rules.policy)
    items: list[Inlines] = []
    for _, name, _ in ranked[:MOST_SHOWN]:
        share, judged = paper.link(name.of("duties.not_recorded")), paper.link(name)
        title = known.get(name.slices["rule"], name.slices["rule"])
        items.append((Text(f"{title}: "), share, Text(" of "), judged, Text(" not recorded")))
    return (*paper.write("legal-narrows", NARROWS), Bullets(tuple(items)))
