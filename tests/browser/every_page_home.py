"""Make the home of the list of every page: `python every_page_home.py HOME OUT`.

Writes to OUT what was made, and every route of the resolver: its pattern, the methods it answers, who may.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from every_page import desks
from every_page.hands import HANDS

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.refresh import refresh
from fourfold.web.server import prepare


def main() -> None:
    home, out = Home(Path(sys.argv[1])), Path(sys.argv[2])
    prepare(home)
    from fourfold.web.accounts.demo import demo_users

    demo_users(home)
    take_up_rows(home)
    made: dict[str, Any] = {}
    for desk in desks().values():
        if desk.fill is not None:
            told = desk.fill(home, tuple(HANDS))
            assert not set(told) & set(made), f"named by another desk too: {sorted(set(told) & set(made))}"
            made |= told
    out.write_text(json.dumps({"made": made, "routes": list(routes())}), encoding="utf-8")


def take_up_rows(home: Home) -> None:
    """Write the records that desks ask for, and let every desk take up what one refresh makes of them."""
    from fourfold.web.handover.taking_up import take_up

    with Lake(home.lake).load("tests") as load:
        for desk in desks().values():
            if desk.rows is not None:
                desk.rows(load)
    refresh(home)
    take_up(home)


def routes() -> Iterator[dict[str, Any]]:
    """Yield every route in the resolver's order, with what the register of access says of it."""
    from django.urls import get_resolver

    from fourfold.web.access import allows_role, registered
    from fourfold.web.accounts.matrix import ROLES

    for name, pattern, view in walked(get_resolver().url_patterns, "", ""):
        access = registered().get(name)
        yield {
            "name": name,
            "pattern": pattern,
            "methods": sorted(methods_of(view)),
            "is_open": access is not None and access.is_open,
            "by_token": access is not None and access.is_open and bool(access.act),
            "roles": [
                role.key.replace("_", "-")
                for role in ROLES
                if access is not None and allows_role(access, role.key)
            ],
        }


def walked(patterns: Any, before: str, namespace: str) -> Iterator[tuple[str, str, Any]]:
    """Yield name, regular expression and view of each URL pattern, those of included lists too."""
    for one in patterns:
        here = before + one.pattern.regex.pattern.removeprefix("^")
        if hasattr(one, "url_patterns"):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from walked(one.url_patterns, here, inner)
        else:
            yield f"{namespace}{one.name}", here, one.callback


def methods_of(view: Any) -> set[str]:
    """Return the methods that a view answers; one that does not say is taken to answer GET and POST."""
    if hasattr(view, "view_class"):
        return {name.upper() for name in view.view_class.http_method_names if hasattr(view.view_class, name)}
    while view is not None:
        held = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in held:
            return set(held["request_method_list"])
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


if __name__ == "__main__":
    main()
