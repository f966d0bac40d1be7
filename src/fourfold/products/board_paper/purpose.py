"""Purpose and background of the paper (source paper, paragraphs 1 to 3)."""

from __future__ import annotations

from fourfold.measures.caveats import day_words
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.document import Block, Notice, Section, Text

PURPOSE = """
This paper tells the board what {force} records about fraud and cyber crime, business crime and acquisitive
crime, and what the force does to prevent them under the four Ps: Prevent, Protect, Prepare and Pursue.

Every number in it opens the records behind it. The appendix names, for each figure, its definition, its
period, its interval and the versions of the data it was made from.
"""

BACKGROUND = """
Unless another period is named, a figure is for the {now} and is set against the {before}. Where records
reach back far enough it is also set against {baseline_words} ({baseline}), because lockdowns made 2020 and
early 2021 unlike other years.

A change is given as a percentage only with both counts and its interval beside it. An interval that reaches
from a fall to a rise means that the records do not tell the one from the other. Intervals are at the level of
confidence that the appendix names.
"""


def purpose(paper: PaperContext) -> Section:
    """Say what the paper is for, and first of all if its data are made up."""
    blocks: list[Block] = []
    if paper.figures.made_up:
        words = f"All data in this paper are made up. {paper.force_name} does not exist."
        blocks.append(Notice("made_up", (Text(words),)))
    return section(
        paper, "purpose", "Purpose of paper", *blocks, *paper.write("purpose", filled(paper, PURPOSE))
    )


def background(paper: PaperContext) -> Section:
    """Say which periods are compared and how to read a change."""
    return section(paper, "background", "Background", *paper.write("background", filled(paper, BACKGROUND)))


def lockdown_words(paper: PaperContext) -> str:
    """Say the lockdowns of the periods compared, by their days."""
    first = min(paper.before.first, paper.baseline.first)
    return "; ".join(
        f"{day_words(one.first)} to {day_words(one.last)}"
        for one in paper.lockdowns
        if one.first <= paper.now.end and one.last >= first
    )


def filled(paper: PaperContext, markdown: str) -> str:
    """Put the paper's own words in: force and periods. Figures stay references."""
    for name, words in {
        "{force}": paper.force_name,
        "{now}": paper.now.words,
        "{before}": paper.before.words,
        "{baseline_words}": paper.baseline_words,
        "{baseline}": paper.baseline.words,
        "{lockdowns}": lockdown_words(paper),
    }.items():
        markdown = markdown.replace(name, words)
    return markdown
