"""What a section works with: the force, the periods, figures by short name, and the blocks it may make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from fourfold.home import WrongUseError
from fourfold.measures.evaluate import Figures
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.period import Period
from fourfold.measures.words import say_interval
from fourfold.products.board_paper.markdown import UnknownReference, parse_markdown
from fourfold.products.board_paper.publishing import published
from fourfold.products.document import Block, FigureLink, Footnote, Inlines, Notice, Section, Text

ALIAS = re.compile(r"@(now|before|baseline)(?:~(before|baseline))?$")


@dataclass(frozen=True)
class SourceSummary:
    """What was loaded of one source: files and rows, and the first and last day they speak of."""

    source: str
    title: str
    files: int
    received: int
    accepted: int
    quarantined: int
    unchanged: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True)
class Break:
    """A series break that a chart marks."""

    on: date
    words: str
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A lockdown that a chart shades."""

    first: date
    last: date
    words: str


@dataclass
class PaperContext:
    """One paper in the making.

    `now` is the year to the paper's month, `before` the year before it, `baseline` the period before
    Covid. `threshold` is the least count that may be printed of records about people, None for a paper
    that stays inside the force. `figures_used` gathers every figure that the paper prints.
    """

    force: str
    force_name: str
    to: date
    now: Period
    before: Period
    baseline: Period
    baseline_words: str
    figures: Figures
    threshold: int | None
    marking: str = "OFFICIAL"
    loads: tuple[SourceSummary, ...] = ()
    breaks: tuple[Break, ...] = ()
    lockdowns: tuple[Span, ...] = ()
    staff_text: Mapping[str, str] = field(default_factory=dict)
    code_names: Callable[[str, str], str] = lambda listed, code: code
    figures_used: dict[str, Figure] = field(default_factory=dict)
    footnotes: list[Footnote] = field(default_factory=list)
    unknown: list[tuple[str, UnknownReference]] = field(default_factory=list)

    def name(self, short: str) -> FigureName:
        """Turn a short name (`fraud.reports@now`) into a full one: this force, real periods."""
        alias = ALIAS.search(short)
        if alias:
            periods = {"now": self.now, "before": self.before, "baseline": self.baseline}
            now, against = alias.groups()
            short = short[: alias.start()] + f"@{periods[now]}" + (f"~{periods[against]}" if against else "")
        name = FigureName.parse(short)
        return name if "force" in name.slices else name.with_slice(force=self.force)

    def figure(self, short: str | FigureName) -> Figure:
        """Return a figure as it may be published, and note that the paper uses it."""
        name = self.name(short) if isinstance(short, str) else short
        figure = self.keep(published(self.figures.get(name), self.threshold, self.is_public(name)))
        return figure

    def keep(self, figure: Figure) -> Figure:
        """Note that the paper prints a figure; what was once hidden stays hidden everywhere in it."""
        standing = self.figures_used.get(figure.name)
        if standing is not None and standing.value is None:
            return standing
        self.figures_used[figure.name] = figure
        return figure

    def is_public(self, name: FigureName) -> bool:
        from fourfold.measures.registry import find

        return find(name.measure)[0].already_public

    def has(self, short: str) -> bool:
        """Say whether a figure has a value that may be printed."""
        return self.figure(short).value is not None

    def is_loaded(self, measure: str) -> bool:
        """Say whether any records of a measure are loaded for this force."""
        from fourfold.measures.registry import find

        found = find(measure)[0]
        return self.figures.counts.is_loaded(found) and bool(
            self.figures.counts.months_sent(found, self.force)
        )

    def link(self, short: str | FigureName) -> FigureLink:
        figure = self.figure(short)
        return FigureLink(figure.name, figure.words)

    def cell(self, short: str | FigureName, with_interval: bool = False) -> Inlines:
        """Return a table cell that is a figure, with its interval behind it if asked."""
        figure = self.figure(short)
        interval = say_interval(figure) if with_interval else ""
        link: Inlines = (FigureLink(figure.name, figure.words),)
        return (*link, Text(f" ({interval})")) if interval else link

    def write(self, section: str, markdown: str) -> tuple[Block, ...]:
        """Turn Markdown with figure references into blocks; footnotes and unknown names are gathered."""
        parsed = parse_markdown(
            markdown, self.resolve, note_prefix=f"{section}-", known_names=self.known_names()
        )
        self.footnotes += parsed.footnotes
        self.unknown += [(section, one) for one in parsed.unknown]
        return parsed.blocks

    def resolve(self, short: str) -> Figure | None:
        try:
            return self.figure(short)
        except WrongUseError:
            return None

    def known_names(self) -> tuple[str, ...]:
        from fourfold.measures.registry import REGISTRY, suffixes_of

        return tuple(
            f"{measure}{suffix}@now"
            for measure in REGISTRY
            for suffix in ("", *(f".{one}" for one in suffixes_of(REGISTRY[measure])))
        )

    def staff(self, section: str) -> tuple[Block, ...]:
        """Return the force's own text for a section, or nothing where it wrote none."""
        text = self.staff_text.get(section, "")
        return self.write(f"{section}-staff", text) if text.strip() else ()

    def missing(self, what: str, next_step: str = "") -> Notice:
        """Return the notice that says plainly that a section has no data."""
        return Notice("missing", (Text(f"{what} {next_step}".strip()),))


def section(paper: PaperContext, key: str, title: str, *blocks: Block) -> Section:
    """Return a section with the force's own text behind the blocks that were made for it."""
    return Section(key, title, (*blocks, *paper.staff(key)))
