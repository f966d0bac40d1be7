"""A paper as a tagged PDF (PDF/UA-1, ISO 14289-1): A4, with its own typeface, the same bytes each time."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from fourfold.home import CouldNotRunError
from fourfold.products.document import Document
from fourfold.products.render.characters import FONT_FAMILY, FONTS, NO_GLYPH, replace_missing
from fourfold.products.render.layout import lay_out
from fourfold.products.render.pictures import Pictures

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"

LONGEST_TABLE_BESIDE = 12
"""Rows; a chart's table longer than this goes to an appendix, so that charts and text stay together."""


def render_pdf(document: Document, pictures: Pictures | None = None) -> bytes:
    """Return `document` as PDF/UA-1, the same bytes for the same document.

    pictures: charts already drawn, where the paper takes several forms at once.
    Characters that the typeface lacks are printed as □ and listed on the last page; see
    `replaced_characters`. Raises DataProblemError where a link or a note leads nowhere and
    CouldNotRunError where the typesetter refuses the paper.
    """
    import typst

    paper, _ = _prepare(document, pictures or Pictures())
    try:
        pdf: bytes = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(paper, ensure_ascii=False), "font": FONT_FAMILY},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise CouldNotRunError(
            f"The PDF could not be set: {error.message}.", "The paper can still be made as HTML or Word."
        ) from error
    return pdf


def replaced_characters(document: Document, pictures: Pictures | None = None) -> tuple[str, ...]:
    """Return the characters that the PDF of `document` shows as □, in the order of their code points."""
    return tuple(sorted(_prepare(document, pictures or Pictures())[1]))


def _prepare(document: Document, pictures: Pictures) -> tuple[dict[str, Any], dict[str, int]]:
    """Lay the paper out with its charts drawn and without characters that would stop the typesetter."""
    paper = lay_out(document, behind=LONGEST_TABLE_BESIDE, brief=True)
    for section in paper["sections"]:
        for block in section["blocks"]:
            if block["is"] == "chart":
                svg = pictures.svg(block.pop("spec"))
                block["svg"] = svg
                block["width"] = float(re.search(r'\bwidth="([\d.]+)"', svg)[1])  # type: ignore[index]
    replaced: dict[str, int] = {}
    paper = _replace(paper, replaced)
    paper["replaced"] = [
        f"{count} × U+{ord(char):04X} {unicodedata.name(char, 'without a name').lower()}"
        for char, count in sorted(replaced.items())
    ]
    paper["no_glyph"] = NO_GLYPH
    return paper, replaced


def _replace(value: Any, replaced: dict[str, int]) -> Any:
    if isinstance(value, str):
        return replace_missing(value, replaced)
    if isinstance(value, list):
        return [_replace(item, replaced) for item in value]
    if isinstance(value, dict):
        return {key: _replace(item, replaced) for key, item in value.items()}
    return value


def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
