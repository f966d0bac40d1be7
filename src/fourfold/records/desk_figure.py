"""Derived table: the figures that a desk shows at once, worked out at each refresh."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import choice, text


class DeskFigure(dy.Schema):
    """One figure of one desk's page, whole as JSON (`measures.figure.Figure.to_json`), by its place on the page.

    `span` is the length of the period: the twelve months to the last whole one, or the last three. `part`
    says in which table it stands, `value` in which row ("" for the whole), `look` as what (count, change,
    share, or a kind of average). The figure's own name opens the records behind it.
    """

    table: ClassVar[str] = "desk_figure"

    desk = choice("fraud", "business", nullable=False)
    force = text(nullable=False)
    span = choice("year", "quarter", nullable=False)
    against = choice("", "before", "pre_covid", nullable=False)
    part = text(nullable=False)
    value = dy.String(nullable=False)
    look = text(nullable=False)
    name = text(nullable=False)
    figure = text(nullable=False)
