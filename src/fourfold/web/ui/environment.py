"""The templates' language: Jinja2 with the GOV.UK components, and how dates and amounts are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.forms import BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader


def written_date(day: date | datetime | None) -> str:
    """Return a day as people write it: 4 March 2022."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return f"{day.day} {day:%B %Y}"


def written_time(at: datetime | None) -> str:
    """Return an instant's clock time in London: 3:05pm."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def written_instant(at: datetime | None) -> str:
    """Return an instant in London: 4 March 2022 at 3:05pm."""
    return f"{written_date(at)} at {written_time(at)}" if at else ""


def written_count(count: int | None) -> str:
    """Return a count with thousands commas."""
    return "" if count is None else f"{count:,}"


def written_money(amount: Decimal | None) -> str:
    """Return pounds and pence: £4,599.00."""
    return "" if amount is None else f"£{amount:,.2f}"


def environment(**options: Any) -> Environment:
    """Return the environment of all pages; Django gives the loader of the apps' own folders."""
    own = options.pop("loader")
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([own, components]), trim_blocks=True, lstrip_blocks=True, **options
    )
    made.globals.update(static=static, url=_url, choices_of=_choices_of)
    made.filters.update(
        written_date=written_date,
        written_time=written_time,
        written_instant=written_instant,
        written_count=written_count,
        written_money=written_money,
    )
    return made


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    address: str = reverse(name, args=args, kwargs=kwargs)
    return address


def _choices_of(field: BoundField) -> list[dict[str, Any]]:
    """Return the choices of a form's field as items of a select or of radios."""
    told = str(field.value() if field.value() is not None else "")
    return [
        {
            "value": str(value),
            "text": str(words),
            "selected": str(value) == told,
            "checked": str(value) == told,
        }
        for value, words in field.field.choices
    ]
