"""A whole document laid out for printing, settled once for all three renderers."""

from __future__ import annotations

from fourfold.products.document import Document
from fourfold.products.render.appendix import lay_out_appendices
from fourfold.products.render.characters import clean
from fourfold.products.render.walk import Plain, Walk


def lay_out(document: Document, *, behind: int | None = None, brief: bool = False) -> Plain:
    """Return `document` as plain values ready to print.

    behind: tables of charts with more rows than this go to an appendix; None leaves them with the chart.
    brief: say once, not at each figure, what all figures were made from.
    Raises DataProblemError where the paper links to a figure or marks a footnote that it does not hold.
    """
    walk = Walk(document, behind)
    sections = [walk.section(section) for section in document.sections]
    notes = walk.notes()
    made_up = document.made_from.made_up
    return {
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "marking": clean(document.marking) + (" (made-up data)" if made_up else ""),
        "language": document.language,
        "force_name": clean(document.made_from.force_name),
        "sections": sections,
        "notes": notes,
        "appendices": lay_out_appendices(document, walk, brief),
    }
