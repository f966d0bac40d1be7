"""Figures for programs: the standing ones as a list, and any one by its name."""

from __future__ import annotations

import math
from typing import Annotated, Any

from ninja import Field, Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator

from fourfold.home import DataProblemError, WrongUseError
from fourfold.measures.figure import Figure, State
from fourfold.measures.registry import REGISTRY, nearest
from fourfold.web.api.standing import figure_told, standing_figures, this_home
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of

router = Router(tags=["Figures"])
ACCESS = {"list_figures": by_token("read_papers"), "get_figure": by_token("read_papers")}


def _measure(name: str) -> str:
    if name not in REGISTRY:
        raise ValueError(f"There is no such measure.{nearest(name, list(REGISTRY))}")
    return name


Measure = Annotated[
    str,
    AfterValidator(_measure),
    Field(description="A measure; its changes, shares and rates come with it.",
          json_schema_extra={"enum": list(REGISTRY)}),
]  # fmt: skip


class Origin(Schema):
    """What a figure was made from: with the same origin it comes out the same."""

    manifest: str
    policy: str
    vocabulary: str
    code: str


class FigureLine(Schema):
    """One standing figure; `value` is null where there is none, and `state` and `why` say why."""

    name: str
    title: str
    state: State
    words: str = Field(description="The value as a paper prints it, or why it has none.")
    value: float | None
    lower: float | None
    upper: float | None
    level: float = Field(description="The confidence level of lower and upper.")
    unit: str
    n: int | None = Field(description="How many records the value rests on.")
    missing: int | None = Field(description="How many records should say it and do not.")
    period: str
    baseline: str | None
    why: str
    made_up: bool


class FigureWhole(FigureLine):
    """One figure with all that is needed to judge it and to make it again."""

    decimals: int
    period_words: str
    baseline_words: str | None
    definition: str
    source: str
    caveats: list[str]
    parts: dict[str, float] = Field(description="The numbers that the value is made of.")
    origin: Origin
    hints: list[str] = Field(description="Values in the name that no record has: slips of the pen, perhaps.")


class FigurePage(Schema):
    """Some of the standing figures in the order of their names; `next` leads on, null at the end."""

    manifest: str
    items: list[FigureLine]
    next: str | None


def _line(figure: Figure) -> dict[str, Any]:
    told = figure.to_json()
    return {name: told[name] for name in FigureLine.model_fields if name in told} | {"words": figure.words}


@router.get("/figures", response=FigurePage, summary="List the standing figures",
            openapi_extra={"responses": {200: {"links": {"figure": {
                "operationId": "get_figure", "parameters": {"name": "$response.body#/items/0/name"}}}}}})  # fmt: skip
def list_figures(
    request: Any, measure: Measure | None = None, after: Cursor = "", limit: Limit = ROWS
) -> dict[str, Any]:
    """List the standing figures of the current manifest, small counts hidden as in a public paper."""
    figures = standing_figures(this_home())
    chosen = [
        figure
        for figure in figures
        if not measure
        or figure.name.startswith((f"{measure}[", f"{measure}@"))
        or _is_way_of(figure, measure)
    ]
    page = page_of(chosen, lambda figure: figure.name, after, limit)
    manifest = figures[0].origin.manifest if figures else ""
    items = [_line(figure) for figure in page.items if isinstance(figure, Figure)]
    return {"manifest": manifest, "items": items, "next": page.next}


def _is_way_of(figure: Figure, measure: str) -> bool:
    """Whether a figure is the change, share or rate of a measure, and not another measure below it."""
    name = figure.name.partition("[")[0].partition("@")[0]
    return name not in REGISTRY and name.rpartition(".")[0] == measure


@router.get("/figures/{path:name}", response=FigureWhole, summary="One figure by its name")
def get_figure(request: Any, name: Annotated[str, Field(max_length=400)]) -> dict[str, Any]:
    """Answer with a figure of the current manifest: `measure[dimension=value]@period~baseline`.

    A name without a force means this installation's own.
    """
    try:
        figure, hints = figure_told(this_home(), name)
    except (WrongUseError, DataProblemError) as error:
        raise HttpError(404, str(error)) from error
    told = figure.to_json()
    parts = {part: value for part, value in figure.parts if math.isfinite(value)}
    return told | {"words": figure.words, "parts": parts, "hints": list(hints)}
