"""Opening the lake at a manifest for measures: its tables, the rules that hold, and the origin of every figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import narwhals as nw

from fourfold import __version__, policy, vocabulary
from fourfold.home import Home
from fourfold.lake import HISTORY_SUFFIX, Lake, Manifest
from fourfold.measures.counting import Counts
from fourfold.measures.evaluate import Figures
from fourfold.measures.figure import Origin
from fourfold.measures.measure import Rules
from fourfold.measures.views import Tables
from fourfold.records import Batch


@dataclass(frozen=True)
class Opened:
    """The lake at one manifest, ready for figures."""

    lake: Lake
    manifest: Manifest
    rules: Rules
    origin: Origin
    figures: Figures


def open_figures(
    home: Home, on: date, manifest: Manifest | None = None, overrides: Overrides | None = None
) -> Opened:
    """Open the lake of a home for figures judged by the rules of a day.

    `manifest` is the current one unless named; `overrides` are the home's own policy and vocabulary
    unless a rebuild brings those of another time.
    """
    lake = Lake(home.lake)
    pinned = manifest or lake.current()
    own = overrides or Overrides(home.policy, home.vocabulary)
    rules = Rules(on, own.policy, own.vocabulary)
    origin = Origin(
        manifest=pinned.name,
        policy=policy.version(own.policy),
        vocabulary=vocabulary.version(own.vocabulary),
        code=__version__,
    )
    made_up = home.settings.get("made_up", "").lower() == "true"
    figures = Figures(Counts(tables_of(lake, pinned), rules), rules, origin, made_up)
    return Opened(lake, pinned, rules, origin, figures)


def holds_records(manifest: Manifest) -> bool:
    """Return whether anything but the accounts of refused files has been loaded."""
    return not set(manifest.tables) <= {Batch.table, Batch.table + HISTORY_SUFFIX}


@dataclass(frozen=True)
class Overrides:
    """The folders of a force's own policy values and code lists."""

    policy: Path
    vocabulary: Path


def tables_of(lake: Lake, manifest: Manifest) -> Tables:
    """Return the tables of a manifest as lazy frames for any engine's measures."""
    found = {}
    for table in manifest.tables:
        if not table.endswith(HISTORY_SUFFIX):
            frame = lake.scan(table, manifest)
            if frame is not None:
                found[table] = nw.from_native(frame)
    return found
