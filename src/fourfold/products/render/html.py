"""A paper as one HTML file that asks nothing of any other host: text, charts, notes and every figure."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from fourfold.products.document import Document
from fourfold.products.render.characters import split_by_direction
from fourfold.products.render.layout import lay_out
from fourfold.products.render.pictures import Pictures


def render_html(document: Document, pictures: Pictures | None = None) -> str:
    """Return `document` as one self-contained HTML file, the same text for the same document.

    pictures: charts already drawn, where the paper takes several forms at once.
    Raises DataProblemError where the paper links to a figure or marks a note that it does not hold.
    """
    paper = lay_out(document)
    draw_charts(paper, pictures or Pictures())
    return str(environment().get_template("paper.html.j2").render(paper=paper))


def draw_charts(paper: dict[str, Any], pictures: Pictures) -> None:
    """Put each chart's picture into a paper laid out."""
    for section in paper["sections"]:
        for block in section["blocks"]:
            if block["is"] == "chart":
                block["svg"] = Markup(inline_svg(pictures.svg(block["spec"]), block))


def inline_svg(svg: str, chart: dict[str, Any]) -> str:
    """Return a chart's SVG fit to stand in a page: named and described, with ids that no other chart has."""
    key = chart["anchor"]
    named = f"{chart['label']}: {chart['caption']}"
    svg = re.sub(r' (?:role|xmlns(?::xlink)?|version|class|pointer-events|aria-[a-z]+)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#", f"url(#{key}-", svg)
    svg = re.sub(r'href="#', f'href="#{key}-', svg)
    described = _literal(chart["alt"])
    opening = (
        f'<svg role="img" aria-labelledby="{key}-title {key}-desc"\\1>'
        f'<title id="{key}-title">{_literal(named)}</title><desc id="{key}-desc">{described}</desc>'
    )
    return re.sub(r"^<svg([^>]*)>", opening, svg, count=1)


def _literal(text: str) -> str:
    """Return `text` escaped for markup and for the right-hand side of a regular expression."""
    return str(escape(text)).replace("\\", r"\\")


def _isolate(text: str) -> Markup:
    """Return text in which a right-to-left name cannot turn the numbers and points around it."""
    pieces = split_by_direction(text)
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(piece) if right else escape(piece) for piece, right in pieces
    )


def _for_margin(text: str) -> str:
    """Return a marking as it may stand inside a style sheet's quotation marks."""
    return re.sub(r"[^A-Za-z0-9 ,:()-]", " ", text)


@cache
def environment() -> Any:
    """Return the environment of the paper's templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("fourfold.products.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolate"] = _isolate
    environment.filters["for_margin"] = _for_margin
    return environment
