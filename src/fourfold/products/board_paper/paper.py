"""The paper made whole: sections in order, paragraphs numbered through, figures listed, checks run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fourfold.products.board_paper.checks import CheckContext, check_paper
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.publishing import made_safe
from fourfold.products.board_paper.sections import SECTIONS
from fourfold.products.document import Block, Document, MadeFrom, Paragraph, Section


def build(paper: PaperContext, made_from: MadeFrom, checks: CheckContext) -> Document:
    """Return the paper with what its own checks found; making it needs no clock and no chance."""
    made = made_safe(paper, lambda: [make(paper) for make in SECTIONS.values()])
    sections = tuple(numbered(made))
    document = Document(
        title="Preventing fraud, business and acquisitive crime",
        subtitle=f"{paper.force_name}: report to the board for the {paper.now.words}",
        marking=paper.marking,
        language="en-GB",
        made_from=made_from,
        sections=sections,
        footnotes=tuple(paper.footnotes),
        figures=tuple(sorted(paper.figures_used.values(), key=lambda figure: figure.name)),
    )
    return replace(document, findings=findings_of(paper, document, checks))


def findings_of(
    paper: PaperContext, document: Document, checks: CheckContext
) -> tuple[tuple[str, str, str, str], ...]:
    """Return what the checks find in a document, and every name in its text that is no figure's."""
    found = [
        (one.severity, one.check, one.place, f"{one.words} {one.next_step}".strip())
        for one in check_paper(document, checks)
    ]
    for place, unknown in paper.unknown:
        hint = f" Is {unknown.hint} meant?" if unknown.hint else ""
        words = f"The text names a figure that does not exist: {unknown.name}.{hint}"
        if not any(check == "unknown_figure" and unknown.name in said for _, check, _, said in found):
            found.append(("error", "unknown_figure", f"section {place.removesuffix('-staff')}", words))
    return tuple(found)


def numbered(sections: Iterable[Section]) -> Iterator[Section]:
    """Number the paragraphs of all sections through, from 1."""
    number = 0
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.number is not None:
                number += 1
                block = replace(block, number=number)
            blocks.append(block)
        yield replace(section, blocks=tuple(blocks))
