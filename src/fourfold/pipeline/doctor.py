"""What is set, what is missing and what to do: the state of a home, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from fourfold import policy, vocabulary
from fourfold.classify.scope import check_definition
from fourfold.home import SETTINGS, FourfoldError, Home
from fourfold.lake import Lake, Manifest
from fourfold.link.model import read_model
from fourfold.pipeline.people import MODELS
from fourfold.pipeline.quarantine import waiting
from fourfold.pipeline.refresh import stale_stages
from fourfold.pipeline.stages import SOURCES
from fourfold.policy.breaks import all_breaks
from fourfold.policy.marker_definitions import markers
from fourfold.records.derived import Clock
from fourfold.sources.codes import force_slug
from fourfold.sources.recognise import read_mappings
from fourfold.vocabulary.bank_holidays import last_year

A_YEAR = timedelta(days=366)
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
        if name == "force" and settings.get(name, "") != force_slug(settings.get(name, "")):
            words = f"{settings[name]} is not how files name the force"
            yield Item("setting force", "wrong", words, f'Put force = "{force_slug(settings[name])}".')
        elif name in settings:
            yield Item(f"setting {name}", "good", settings[name])
        elif name == "force":
            yield Item(f"setting {name}", "note", "not set", f'{meaning} Put force = "..." in fourfold.toml.')


def lake_items(home: Home) -> Iterator[Item]:
    """Yield how the lake stands; one fault does not hide what can still be said."""
    lake = Lake(home.lake)
    try:
        manifest = lake.current()
    except FourfoldError as error:
        yield Item("lake", "wrong", error.what, error.next_step)
        return
    if manifest.is_empty:
        next_step = "Hand in files with `fourfold intake PATH`, or try `fourfold demo`."
        yield Item("lake", "note", "nothing is loaded", next_step)
        return
    words = f"manifest {manifest.name} of {manifest.made_at}, {len(manifest.tables)} tables"
    yield Item("lake", "good", words)
    lost = list(lost_tables(lake, manifest))
    yield from lost
    if not lost:
        yield from quarantine_items(home)
        yield from refresh_items(home)


def lost_tables(lake: Lake, manifest: Manifest) -> Iterator[Item]:
    """Yield each table that the manifest names and whose folder or files are gone."""
    for name, version in sorted(manifest.tables.items()):
        try:
            gone = [path for path in lake.table(name).files(version) if not path.is_file()]
        except FourfoldError as error:
            yield Item(f"table {name}", "wrong", error.what, "Restore the lake from a backup.")
            continue
        if gone:
            words = f"{len(gone)} of its files are gone, the first is {gone[0].name}"
            yield Item(f"table {name}", "wrong", words, "Restore the lake from a backup.")


def quarantine_items(home: Home) -> Iterator[Item]:
    number = waiting(home).height
    if number:
        rows = "1 row waits" if number == 1 else f"{number:,} rows wait"
        yield Item(
            "quarantine", "note", f"{rows} for correction", "`fourfold quarantine` says which and why."
        )


def refresh_items(home: Home) -> Iterator[Item]:
    try:
        stale = stale_stages(home)
    except FourfoldError as error:  # policy or code lists at fault: said again below, with what to do
        yield Item("refresh", "wrong", f"it cannot run: {error.what}", error.next_step)
        return
    if stale:
        words = f"not up to date: {', '.join(title.lower() for title in stale)}"
        yield Item("refresh", "note", words, "Run `fourfold refresh`.")


def policy_items(home: Home) -> Iterator[Item]:
    try:
        policy.check(home.policy)
        for one in markers(date.today(), home.policy):
            check_definition(one)
    except FourfoldError as error:
        yield Item("policy", "wrong", error.what, error.next_step)
        return
    for own in policy.overrides_in(home.policy):
        yield Item("own policy value", "note", own.words)
    all_breaks(home.policy)
    today = date.today()
    yield linkage_item(home, today)
    for value in policy.entries("local_limits.", today, home.policy):
        if not value.is_set:
            yield Item(
                f"policy {value.name}",
                "note",
                value.words,
                "Set it in the home's policy folder, with its source, if the force has one.",
            )


def linkage_item(home: Home, today: date) -> Item:
    """Say which linkage model is in force, and where it knows made-up people only, that a force trains its own."""
    version = str(policy.value_on("linkage.model", today, home.policy).value)
    try:
        model = read_model(version, home.path / MODELS)
    except FourfoldError as error:
        return Item("linkage model", "wrong", error.what, error.next_step)
    if model.made_up and not data_are_made_up(home):
        return Item(
            "linkage model",
            "note",
            f"{version} was trained on made-up people, who err otherwise than those of the force's own files",
            "Train one on your records with `fourfold link train VERSION`, look at its effect, and name it in linkage.model.",
        )
    return Item("linkage model", "good", version)


def data_are_made_up(home: Home) -> bool:
    try:
        return home.settings.get("made_up", "").lower() == "true"
    except FourfoldError:  # the settings are at fault, which is said of them
        return False


def vocabulary_items(home: Home) -> Iterator[Item]:
    try:
        for name in vocabulary.check(home.vocabulary):
            yield Item(f"code list {name}", "note", "the force has rows of its own")
    except FourfoldError as error:
        yield Item("code lists", "wrong", error.what, error.next_step)
        return
    yield Item(
        "code lists",
        "good",
        f"{len(vocabulary.names())} lists, version {vocabulary.version(home.vocabulary)}",
    )
    try:
        yield calendar_item(home, date.today())
    except FourfoldError as error:
        yield Item("bank holidays", "wrong", error.what, error.next_step)


def calendar_item(home: Home, today: date) -> Item:
    """Say how far the bank holidays reach, in good time before a limit in working days reaches beyond them."""
    year = last_year(home.vocabulary)
    stopped = clocks_without_calendar(home)
    words = f"known to 31 December {year}"
    if stopped:
        words += (
            f"; {stopped:,} {'duty reaches' if stopped == 1 else 'duties reach'} further and cannot be judged"
        )
    if not stopped and date(year, 12, 31) - today > A_YEAR:
        return Item("bank holidays", "good", words)
    return Item(
        "bank holidays",
        "note",
        words,
        f"Add all bank holidays of {year + 1}, with their source, in bank_holidays_ew.csv in the home's "
        "vocabulary folder, then run `fourfold refresh`.",
    )


def clocks_without_calendar(home: Home) -> int:
    """Return how many clocks of the last refresh need bank holidays that no list has; 0 where that is not known."""
    try:
        lake = Lake(home.lake)
        clocks = lake.scan(Clock.table, lake.current())
        if clocks is None:
            return 0
        return int(clocks.filter(pl.col("reason") == "no_calendar").select(pl.len()).collect().item())
    except FourfoldError:  # the lake is at fault, which is said of the lake
        return 0


def mapping_items(home: Home) -> Iterator[Item]:
    try:
        for source, columns in read_mappings(home.mappings, SOURCES).items():
            yield Item(f"mapping {source}", "note", f"{len(columns)} headings of its own")
    except FourfoldError as error:
        yield Item("mappings", "wrong", error.what, error.next_step)
