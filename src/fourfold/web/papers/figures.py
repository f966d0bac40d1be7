"""The figures of a paper as a list, found by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from fourfold.measures.figure import Figure
from fourfold.products.document import Document

SIZE = 50
EXPORTED = ("Name", "Figure", "As printed", "Value", "Lower", "Upper", "Period", "Baseline")


class FigureFilterForm(forms.Form):
    """The filters of the list of figures."""

    q = forms.CharField(
        label="Words of the figure", required=False, max_length=120, help_text="For example, burglary change"
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "Any"),
            ("known", "Has a number"),
            ("missing", "Not loaded"),
            ("not_stated", "Not stated"),
            ("suppressed", "Hidden"),
        ],
    )


def found_figures(document: Document, form: FigureFilterForm) -> list[Figure]:
    """Return the figures of a paper whose name or title holds every word asked for, in order of name."""
    if not form.is_valid():
        return []
    words = form.cleaned_data["q"].casefold().split()
    state = form.cleaned_data["state"]
    return [
        figure
        for figure in document.figures
        if (not state or figure.state == state)
        and all(word in f"{figure.name} {figure.title} {figure.period_words}".casefold() for word in words)
    ]


def paged(figures: Sequence[Figure], asked: str) -> tuple[Sequence[Figure], int, int]:
    """Return one page of figures, where it starts, and where the next does (0 for none)."""
    start = int(asked) if asked.isascii() and asked.isdigit() and int(asked) < len(figures) else 0
    end = start + SIZE
    return figures[start:end], start, end if end < len(figures) else 0


def as_row(figure: Figure) -> tuple[Any, ...]:
    """Return a figure as a row of the list handed out."""
    words, printed = figure.title, figure.words
    limits = (figure.value, figure.lower, figure.upper)
    return (figure.name, words, printed, *limits, figure.period_words, figure.baseline_words)
