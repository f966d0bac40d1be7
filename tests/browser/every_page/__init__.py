"""One list of every page, every state and every task of the desks: a file for each desk, found here by itself.

A desk's file holds one `DESK`. A new desk adds its file and nothing else: until it has, the test names the
routes that nobody visits and the writing that nobody does (`test_browser_every_page.py`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ORDINARY = "ordinary"
ERROR = "error"
REFUSED = "refused"
Made = Mapping[str, Any]
"""What the desks' `fill` put into the home, by name: keys and addresses."""


@dataclass(frozen=True)
class Visit:
    """One page in one state, as one role sees it.

    `address` is filled in from what was made, `{case}`; `reach` does what a person would do to bring the page into
    its state; `says` are words by which the state is known; `status` is what the server answers at first.
    """

    route: str
    state: str
    role: str
    address: str
    says: str = ""
    reach: Callable[[Any], None] | None = None
    status: int = 200

    def __str__(self) -> str:
        return f"{self.route}, {self.state}, {self.role}"


@dataclass(frozen=True)
class Task:
    """One thing a person comes to a desk for, done by any hand (`hands.py`) from Today on.

    `do` is given the hand and what was made for this hand; tasks of a desk are done in their order.
    """

    words: str
    role: str
    do: Callable[[Any, Made], None]


@dataclass(frozen=True)
class Desk:
    """What one desk lists.

    not_pages: routes that answer with no page, and what they answer with. no_error: pages with a form whose input
    cannot be wrong, and why. no_task: routes that write and stand for no task of their own, and why.
    rows: writes records into the lake, before one refresh that every desk takes up. fill: puts into a home what the
    visits and tasks need, told the hands, and returns it by name; both run in a process of their own in which Django
    is set up.
    """

    visits: Sequence[Visit]
    tasks: Sequence[Task] = ()
    not_pages: Mapping[str, str] = field(default_factory=dict)
    no_error: Mapping[str, str] = field(default_factory=dict)
    no_task: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[Any], None] | None = None
    fill: Callable[[Any, Sequence[str]], Made] | None = None


def desks() -> Mapping[str, Desk]:
    """Return every desk's list by the name of its file."""
    found = {}
    for one in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{one.name}")
        if hasattr(module, "DESK"):
            found[one.name] = module.DESK
    return found


def press(name: str, role: str = "button") -> Callable[[Any], None]:
    """Return what presses a button or follows a link of a page."""

    def do(page: Any) -> None:
        page.get_by_role(role, name=name, exact=True).first.click()

    return do
