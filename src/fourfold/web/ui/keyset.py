"""Pages of a long list by key, so that the thousandth page costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of rows; `earlier` and `later` are the tokens of its neighbours, empty where there is none."""

    rows: list[Any]
    earlier: str = ""
    later: str = ""


def keyset_page(
    rows: QuerySet[Any],
    order: Sequence[str],
    token: str = "",
    size: int = PAGE_SIZE,
    *,
    among: QuerySet[Any] | None = None,
    copies: Mapping[str, str] = MappingProxyType({}),
) -> Page:
    """Return one page of `rows` in `order`.

    `order` names columns that are never empty, with "-" for downwards, the last of them the primary key.
    `token` is "after:KEY" or "before:KEY": a key alone, so that no value of a row stands in an address.
    A token that names no row gives the first page. `among` are the rows that the reader may see: where a page
    began with a row of somebody else's, its place in the order would tell of that row. `copies` names annotations
    of `rows` that hold the same values as columns of `order` and are walked in their place.
    """
    way, _, key = token.partition(":")
    pivot = _pivot(_unless_given(among, rows), key) if way in ("after", "before") and key else None
    backwards = way == "before" and pivot is not None
    wanted = [_turned(name) for name in order] if backwards else list(order)
    if pivot is not None:
        rows = rows.filter(_beyond(pivot, wanted, copies))
    found = list(rows.order_by(*(_copied(name, copies) for name in wanted))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    has_earlier, has_later = (has_more, True) if backwards else (pivot is not None, has_more)
    return Page(
        rows=found,
        earlier=f"before:{found[0].pk}" if has_earlier else "",
        later=f"after:{found[-1].pk}" if has_later else "",
    )


def _unless_given(among: QuerySet[Any] | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with which a page may begin: one that the filters find no longer still leads on."""
    return rows.model._default_manager.all() if among is None else among


def _pivot(rows: QuerySet[Any], key: str) -> Any:
    try:
        return rows.filter(pk=key).first()
    except (ValueError, OverflowError):
        return None


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _copied(name: str, copies: Mapping[str, str]) -> str:
    column = name.lstrip("-")
    return name.replace(column, copies.get(column, column))


def _beyond(pivot: Any, order: Sequence[str], copies: Mapping[str, str]) -> Any:
    """Return the rows after `pivot`: first column beyond, or equal and the second beyond, and so on.

    Where all columns run one way they are compared as one row of values, which walks an index from there on.
    """
    columns = [name.lstrip("-") for name in order]
    values = [getattr(pivot, column) for column in columns]
    order = [_copied(name, copies) for name in order]
    columns = [name.lstrip("-") for name in order]
    downwards = {name.startswith("-") for name in order}
    if len(downwards) == 1 and len(columns) > 1:
        lookup = TupleLessThan if downwards == {True} else TupleGreaterThan
        return lookup(Tuple(*(F(column) for column in columns)), tuple(values))
    found, equal = Q(), Q()
    for name, column, value in zip(order, columns, values, strict=True):
        found |= equal & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{column: value})
    return found
