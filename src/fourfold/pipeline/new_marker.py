"""A new marker at the desk: what it would find is shown first; switching it on writes it into the force's policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from fourfold import policy
from fourfold.classify.new_marker import Preview, preview
from fourfold.classify.scope import CODES, check_definition
from fourfold.home import Home, WrongUseError
from fourfold.pipeline.marking import Marking
from fourfold.policy.marker_definitions import PREFIX, MarkerDefinition, as_policy
from fourfold.policy.store import MARKERS


@dataclass(frozen=True)
class SwitchedOn:
    """A marker that was written into the force's policy, and where."""

    name: str
    path: Path


def what_it_would_find(marking: Marking, definition: MarkerDefinition, examples: list[str]) -> Preview:
    """Return what a marker would find among the records as they stand; nothing is kept.

    Raises WrongUseError for a definition that cannot be used, too few examples, or one outside the scope.
    """
    check_definition(definition)
    code = CODES[definition.record]
    return preview(marking.records(definition, code), definition, examples, code, marking.settings)


def switch_on(home: Home, definition: MarkerDefinition, from_on: date, source: str) -> SwitchedOn:
    """Write a marker of the force's own into its policy folder, dated and cited; the next refresh marks by it.

    Raises WrongUseError for a name that is taken, no source, or a definition that policy refuses; nothing is
    written then.
    """
    check_definition(definition)
    if PREFIX + definition.name in policy.names(home.policy):
        raise WrongUseError(f"There is a marker {definition.name} already.", "Choose another name.")
    if not source.strip():
        raise WrongUseError("A marker needs a source: who defined it, and where that is written.", "Say it.")
    value = {"value": as_policy(definition), "from": from_on, "source": source.strip(), "status": "local"}
    content = {definition.name: {"title": definition.title, "new": True, "values": [value]}}
    path = home.policy / MARKERS / f"{definition.name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    try:
        policy.check(home.policy)
    except WrongUseError:
        path.unlink()
        raise
    return SwitchedOn(definition.name, path)
