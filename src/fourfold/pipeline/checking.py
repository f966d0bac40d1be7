"""Checking a paper that somebody wrote."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.measures.figure import Figure
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.paper import checks_of, read_paper
from fourfold.products.board_paper.checks import check_paper
from fourfold.products.board_paper.markdown import parse_paper
from fourfold.products.document import Document


def check_file(home: Home, path: Path) -> tuple[tuple[str, str, str, str], ...]:
    """Return what the checks find in a Markdown or JSON paper: severity, check, place, words.

    Figures that a Markdown paper names are looked up in the home's lake.
    """
    opened = open_figures(home, date.today())

    def resolve(name: str) -> Figure | None:
        try:
            return opened.figures.get(name)
        except WrongUseError:
            return None

    document: Document
    if path.suffix == ".json":
        document = read_paper(path)
    else:
        try:
            document = parse_paper(path.read_text(encoding="utf-8"), resolve)
        except (OSError, UnicodeDecodeError) as error:
            raise DataProblemError(
                f"{path} cannot be read.", "Name a paper in Markdown, saved as UTF-8."
            ) from error
    return tuple(
        (one.severity, one.check, one.place, f"{one.words} {one.next_step}".strip())
        for one in check_paper(document, checks_of(opened))
    )
