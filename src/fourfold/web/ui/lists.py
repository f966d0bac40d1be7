"""What stands above a list: headings that sort, and the filters in force as tags that can be taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import BoundField, Form
from django.http import QueryDict

from fourfold.web.ui.environment import written_date


@dataclass(frozen=True)
class Heading:
    """One column's heading; `href` sorts by it, `sorted` is ascending, descending or none."""

    words: str
    href: str = ""
    sorted: str = "none"


@dataclass(frozen=True)
class FilterTag:
    """One filter in force, and the address of the list without it."""

    words: str
    href: str


def address(asked: QueryDict, **changes: str | None) -> str:
    """Return the query string of this list with some parameters changed; None takes one out."""
    changed = asked.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


def headings(columns: Sequence[tuple[str, str]], asked: QueryDict, sort: str) -> list[Heading]:
    """Return headings for (column, words); a column without a name does not sort.

    `sort` is the order in force, "-" before the column where it runs downwards.
    """
    made = []
    for column, words in columns:
        if not column:
            made.append(Heading(words))
            continue
        state = {column: "ascending", f"-{column}": "descending"}.get(sort, "none")
        turned = f"-{column}" if state == "ascending" else column
        made.append(Heading(words, address(asked, sort=turned, page=None), state))
    return made


def chosen_sort(asked: QueryDict, orders: Mapping[str, Sequence[str]], default: str) -> str:
    """Return the sort that was asked for where the list knows it, else `default`."""
    sort = asked.get("sort", default)
    return sort if sort in orders else default


def filter_tags(form: Form, asked: QueryDict) -> list[FilterTag]:
    """Return a tag for each filter of a valid form that holds something."""
    tags = []
    for field in form:
        value = form.cleaned_data.get(field.name) if form.is_valid() else None
        if value in (None, "", [], False):
            continue
        gone = {
            name: None for name in asked if name == field.html_name or name.startswith(f"{field.html_name}_")
        }
        tags.append(FilterTag(f"{field.label}: {_words(field, value)}", address(asked, page=None, **gone)))
    return tags


def _words(field: BoundField, value: object) -> str:
    choices = dict(getattr(field.field, "choices", ()) or ())
    if value in choices or str(value) in {str(key) for key in choices}:
        return str(choices.get(value, choices.get(str(value), value)))
    if value is True:
        return "yes"
    return written_date(value) if isinstance(value, date) else str(value)
