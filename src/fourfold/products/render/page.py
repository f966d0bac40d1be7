"""A paper as the part of a page that stands inside another page: no head, no style, each figure a link of the page's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fourfold.products.document import Document
from fourfold.products.render.html import draw_charts, environment
from fourfold.products.render.layout import lay_out
from fourfold.products.render.pictures import Pictures


def render_page(
    document: Document,
    figure_href: Callable[[str], str],
    pictures: Pictures | None = None,
    *,
    whole: bool = True,
) -> str:
    """Return `document` as markup to stand in a page, the same text for the same document.

    figure_href: the address that a figure's full name links to.
    whole: with its contents and appendices; without them where a part of a paper is looked at.
    The appendix of all figures is left out, because each figure opens its own page.
    Raises DataProblemError where the paper links to a figure or marks a note that it does not hold.
    """
    paper = lay_out(document)
    draw_charts(paper, pictures or Pictures())
    paper["appendices"] = [
        section
        for section in paper["appendices"]
        if whole and not any(block["is"] == "figures" for block in section["blocks"])
    ]
    for run in figure_runs(paper):
        run["href"] = figure_href(run["name"])
    return str(environment().get_template("page.html.j2").render(paper=paper, whole=whole))


def figure_runs(plain: Any) -> Iterator[dict[str, Any]]:
    """Yield every place of running text or of a cell that prints a figure."""
    if isinstance(plain, dict):
        if plain.get("is") == "figure":
            yield plain
        else:
            for value in plain.values():
                yield from figure_runs(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from figure_runs(value)
