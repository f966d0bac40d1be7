"""Trying out a section's text before it is saved: as it would be printed, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fourfold import policy
from fourfold.home import Home
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.measure import SUFFIXES
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY, measure_stands_alone, suffixes_of
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.paper import checks_of, context_of, made_from
from fourfold.products.board_paper.paper import findings_of, numbered
from fourfold.products.document import Document, Section


@dataclass(frozen=True)
class Named:
    """A figure that a text may name: how it is referred to, what it is, and its value where it is known already."""

    reference: str
    title: str
    value: str = ""


def try_text(home: Home, force: str, to: date, section: Section, text: str) -> Document:
    """Return a document of one section that holds nothing but the staff's text, with what its checks find.

    A typed number is looked for even where the text names no figure. Raises DataProblemError where nothing
    is loaded.
    """
    opened = open_figures(home, Period.month(to).end)
    source = made_from(home, opened, force, to, {section.key: text})
    paper = context_of(opened, source)
    sections = tuple(numbered([replace(section, blocks=paper.staff(section.key))]))
    document = Document(
        title=section.title,
        subtitle="",
        marking=paper.marking,
        language="en-GB",
        made_from=source,
        sections=sections,
        footnotes=tuple(paper.footnotes),
        figures=tuple(sorted(paper.figures_used.values(), key=lambda figure: figure.name)),
    )
    checks = replace(checks_of(opened), typed_figures=True)
    return replace(document, findings=findings_of(paper, document, checks))


def named_figures(home: Home, words: str, force: str, to: date, printed: tuple[Figure, ...]) -> list[Named]:
    """Return the figures whose name or title holds every one of `words`: those of the last build, then all others."""
    wanted = words.casefold().split()
    periods = named_periods(home, to)
    found: dict[str, Named] = {}
    for one in [*(of_paper(figure, force, periods) for figure in printed), *of_registry()]:
        if all(word in f"{one.reference} {one.title}".casefold() for word in wanted):
            found.setdefault(one.reference, one)
    return list(found.values())


def named_periods(home: Home, to: date) -> dict[Period, str]:
    """Return the periods that a paper has a short word for, with that word."""
    baseline = policy.value_on("baselines.pre_covid", Period.month(to).end, home.policy).value
    before_covid = Period(baseline["starts_on"], baseline["ends_on"].replace(day=1))
    now = Period.year_to(to)
    return {before_covid: "baseline", now.before(): "before", now: "now"}


def of_paper(figure: Figure, force: str, periods: Mapping[Period, str]) -> Named:
    """Return a figure that the paper prints, by the shortest reference that means it in the paper."""
    name = FigureName.parse(figure.name)
    if name.slices.get("force") == force:
        name = replace(name, slice=tuple(pair for pair in name.slice if pair[0] != "force"))
    words = figure.period_words + (f", against {figure.baseline_words}" if figure.baseline_words else "")
    reference = str(name)
    if name.period in periods and (name.baseline is None or periods.get(name.baseline, "now") != "now"):
        tail = f"~{periods[name.baseline]}" if name.baseline else ""
        reference = f"{reference.partition('@')[0]}@{periods[name.period]}{tail}"
    return Named("{{" + reference + "}}", f"{figure.title}, {words}", figure.words)


def of_registry() -> Iterator[Named]:
    """Yield every measure in every way it can be asked for, for the paper's year."""
    for measure in REGISTRY.values():
        if measure_stands_alone(measure):
            yield Named("{{" + f"{measure.name}@now" + "}}", measure.title)
        for suffix in suffixes_of(measure):
            title = SUFFIXES[suffix].title.format(title=measure.title)
            tails = ("~before", "~baseline") if SUFFIXES[suffix].needs_baseline else ("",)
            for tail in tails:
                yield Named("{{" + f"{measure.name}.{suffix}@now{tail}" + "}}", title)
