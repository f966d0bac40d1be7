"""What each desk lets people export in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import Answer
from fourfold.web.ui.exports import Row


@dataclass(frozen=True)
class Listing:
    """A list to be exported: headings, and for each row its subject's key and its cells."""

    headings: list[str]
    rows: Iterable[tuple[str, Row]]
    marking: str
    subject_kind: str


Make = Callable[[Any, Answer, Mapping[str, str]], Listing]


@dataclass(frozen=True)
class Maker:
    """What a desk exports: its title, the act it needs, and the function that makes the listing."""

    name: str
    title: str
    act: str
    make: Make


def register_export(name: str, title: str, make: Make, act: str = "export_rows") -> None:
    """Let a list be exported in the background. Call it from the `ready` of a desk's AppConfig.

    `make(person, answer, asked)` must hold its query to `answer.units` and hide what `answer.scope` hides,
    and read the register in batches (`ui.exports.by_key`): a long read keeps writers out on SQLite.
    """
    apps.get_app_config("exports").makers[name] = Maker(name, title, act, make)


def maker_of(name: str) -> Maker:
    """Return what is registered under a name; raises WrongUseError where nothing is."""
    makers: dict[str, Maker] = apps.get_app_config("exports").makers
    if name not in makers:
        raise WrongUseError(
            f"There is no export {name}.", f"There are: {', '.join(sorted(makers)) or 'none'}."
        )
    return makers[name]
