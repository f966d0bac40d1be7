"""What every page's layout needs to know: who is signed in, where they may go, when they are signed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from fourfold.web.accounts.bringing_back import waiting_pages
from fourfold.web.accounts.permission import may, roles_of
from fourfold.web.ui.access import Access


@dataclass(frozen=True)
class Place:
    """One item of the service navigation."""

    words: str
    href: str
    is_current: bool


class PageFacts:
    """The facts of one page, found only where the layout asks for them."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self.made_up: bool = settings.MADE_UP
        self.second_factor_is_off: bool = settings.SECOND_FACTOR_IS_OFF
        self.force_name: str = settings.FORCE_NAME
        self.oidc_name: str = settings.OIDC_NAME if settings.OIDC_IS_ON else ""
        self.warn_after_seconds: int = settings.SESSION_COOKIE_AGE - settings.SESSION_WARNING_SECONDS
        self.out_after_seconds: int = settings.SESSION_COOKIE_AGE

    @property
    def person(self) -> Any:
        """The person signed in, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def signed_out_at(self) -> datetime:
        now: datetime = timezone.now()
        return now + timedelta(seconds=self.out_after_seconds)

    @property
    def address(self) -> str:
        """The address of this page, to come back to."""
        return str(self._request.get_full_path())

    @property
    def held_pages(self) -> list[str]:
        """The addresses of other pages on which something typed waits to be sent again."""
        waiting = waiting_pages(self._request) if self._request is not None else {}
        return [page for path, page in waiting.items() if path != self._request.path]

    @cached_property
    def roles(self) -> str:
        """The person's roles with their units, in words."""
        return "; ".join(str(one) for one in roles_of(self.person)) if self.person else ""

    @cached_property
    def navigation(self) -> list[Place]:
        """Where this person may go, in the order of the installed apps."""
        if self.person is None:
            return []
        match = self._request.resolver_match
        here = (match.app_name or match.view_name) if match else ""
        places = []
        for config in apps.get_app_configs():
            for words, view in getattr(config, "navigation", ()):
                access: Access = import_module(f"{config.name}.urls").ACCESS[view]
                if not access.act or access.allows(may(self.person, access.act)):
                    places.append(Place(words, reverse(view), here == view.partition(":")[0]))
        return places


def page(request: Any) -> dict[str, Any]:
    """Return the layout's facts, as a context processor."""
    return {"page": PageFacts(request)}
