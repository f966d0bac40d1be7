"""What is set, what is missing and what to do: the state of a home, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fourfold import policy, vocabulary
from fourfold.home import SETTINGS, FourfoldError, Home
from fourfold.lake import Lake
from fourfold.pipeline.quarantine import waiting
from fourfold.pipeline.stages import SOURCES
from fourfold.policy.breaks import all_breaks
from fourfold.sources.recognise import read_mappings

State = Literal["good", "note", "wrong"]


@dataclass(frozen=True)
class Item:
    """One thing looked at: what it is, how it stands, and what to do where something is to be done."""

    subject: str
    state: State
    words: str
    next_step: str = ""


def examine(home: Home) -> Iterator[Item]:
    """Yield every item of a home's state; nothing is changed."""
    yield from settings_items(home)
    yield from lake_items(home)
    yield from policy_items(home)
    yield from vocabulary_items(home)
    yield from mapping_items(home)


def settings_items(home: Home) -> Iterator[Item]:
    if not home.path.exists():
        yield Item(
            "home",
            "note",
            f"{home.path} does not exist yet",
            "The first `fourfold intake` or `fourfold demo` makes it.",
        )
        return
    yield Item("home", "good", str(home.path))
    try:
        settings = home.settings
    except FourfoldError as error:
        yield Item("settings", "wrong", error.what, error.next_step)
        return
    for name, meaning in SETTINGS.items():
        if name in settings:
            yield Item(f"setting {name}", "good", settings[name])
        elif name == "force":
            yield Item(f"setting {name}", "note", "not set", f'{meaning} Put force = "..." in fourfold.toml.')


def lake_items(home: Home) -> Iterator[Item]:
    lake = Lake(home.lake)
    manifest = lake.current()
    if manifest.is_empty:
        yield Item(
            "lake",
            "note",
            "nothing is loaded",
            "Hand in files with `fourfold intake PATH`, or try `fourfold demo`.",
        )
        return
    yield Item(
        "lake", "good", f"manifest {manifest.name} of {manifest.made_at}, {len(manifest.tables)} tables"
    )
    for table in sorted(manifest.tables):
        if not lake.path(table).is_dir():
            yield Item(
                f"table {table}",
                "wrong",
                "the manifest names it and its folder is gone",
                "Restore the lake from a backup.",
            )
    rows = waiting(home)
    if rows.height:
        yield Item(
            "quarantine",
            "note",
            f"{rows.height:,} rows wait for correction",
            "`fourfold quarantine` says which and why.",
        )
    stale = [table for table, inputs in manifest.derived.items() if is_stale(inputs, manifest.tables)]
    if stale or not manifest.derived:
        yield Item(
            "refresh", "note", "what follows from the records is not up to date", "Run `fourfold refresh`."
        )


def is_stale(inputs: dict[str, str], tables: dict[str, int]) -> bool:
    return any(str(tables[table]) != version for table, version in inputs.items() if table in tables)


def policy_items(home: Home) -> Iterator[Item]:
    try:
        policy.check(home.policy)
    except FourfoldError as error:
        yield Item("policy", "wrong", error.what, error.next_step)
        return
    for own in policy.overrides_in(home.policy):
        yield Item("own policy value", "note", own.words)
    all_breaks(home.policy)
    today = date.today()
    for value in policy.entries("local_limits.", today, home.policy):
        if not value.is_set:
            yield Item(
                f"policy {value.name}",
                "note",
                value.words,
                "Set it in the home's policy folder, with its source, if the force has one.",
            )


def vocabulary_items(home: Home) -> Iterator[Item]:
    try:
        for name in vocabulary.check(home.vocabulary):
            yield Item(f"code list {name}", "note", "the force has rows of its own")
    except FourfoldError as error:
        yield Item("code lists", "wrong", error.what, error.next_step)
    yield Item(
        "code lists",
        "good",
        f"{len(vocabulary.names())} lists, version {vocabulary.version(home.vocabulary)}",
    )


def mapping_items(home: Home) -> Iterator[Item]:
    try:
        for source, columns in read_mappings(home.mappings, SOURCES).items():
            yield Item(f"mapping {source}", "note", f"{len(columns)} headings of its own")
    except FourfoldError as error:
        yield Item("mappings", "wrong", error.what, error.next_step)
