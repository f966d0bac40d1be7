"""Markers as policy defines them: what each is, what it is not, where it may lie and which cues find it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fourfold.home import WrongUseError
from fourfold.policy.lookup import entries, value_on
from fourfold.policy.value import PolicyValue

PREFIX = "markers."
RECORDS = {"fraud_report": "narrative", "crime": "mo_text"}
"""The records that may carry a marker, with the column of free text of each."""


@dataclass(frozen=True)
class Condition:
    """A field and the pattern (a regular expression on the field in small letters) that it must match."""

    field: str
    words: str


@dataclass(frozen=True)
class Cue:
    """Finds a record where every condition of `where` matches and none of `unless`; a blank field matches nothing."""

    name: str
    where: tuple[Condition, ...]
    unless: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Scope:
    """Where a marker may lie: offence codes or subgroups, whether a blank code too, and other columns' values.

    Without codes and subgroups every code is in scope.
    """

    codes: tuple[str, ...]
    ho_subgroups: tuple[str, ...]
    blank: bool
    only: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class HidingPlace:
    """A place to look for records that their codes do not show; without values, the field left blank."""

    title: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class MarkerDefinition:
    """One marker as it holds on a day. `version` changes whenever anything that finds records changes."""

    name: str
    title: str
    label: str
    what_it_is: str
    what_it_is_not: tuple[str, ...]
    record: str
    text: str
    scope: Scope
    cues: tuple[Cue, ...]
    fields: tuple[str, ...]
    hides: tuple[HidingPlace, ...]
    owner: str
    by: str
    """The definition that it follows, by name; '' where it follows none."""
    valid_from: date
    source: str
    status: str
    note: str

    @property
    def version(self) -> str:
        """First day, definition followed, and eight letters of all that decides which records it finds."""
        told = repr(
            (self.record, self.text, self.scope, self.cues, self.fields, self.what_it_is, self.what_it_is_not)
        )
        digest = hashlib.sha256(told.encode()).hexdigest()[:8]
        return "/".join(part for part in (self.valid_from.isoformat(), self.by, digest) if part)


def marker(name: str, on: date, overrides: Path | None = None, by: str | None = None) -> MarkerDefinition:
    """Return the marker `name` as it holds on `on`.

    by: the definition to follow where the marker follows one (npcc_2019, acpo_2014); the one that policy
    chooses for None. Raises WrongUseError for a name that does not exist and a definition that cannot be used.
    """
    return definition_of(value_on(PREFIX + name, on, overrides), on, overrides, by)


def markers(on: date, overrides: Path | None = None) -> tuple[MarkerDefinition, ...]:
    """Return every marker that holds on `on`, a force's own among them, by name.

    Raises WrongUseError for a definition that cannot be used.
    """
    found = (definition_of(value, on, overrides) for value in entries(PREFIX, on, overrides) if value.is_set)
    return tuple(sorted(found, key=lambda one: one.name))


def definition_of(
    value: PolicyValue, on: date, overrides: Path | None = None, by: str | None = None
) -> MarkerDefinition:
    """Return the definition that a policy value of the family `markers` tells; errors as `marker`."""
    told = dict(value.value)
    follows = str(told.get("follows") or "")
    chosen = ""
    if follows:
        chosen = by or str(value_on(f"definitions.default_{follows}", on, overrides).value)
        value_on(f"definitions.{follows}.{chosen}", on, overrides)  # raises for a name that does not exist
        told |= told["by_definition"].get(chosen, {})
    try:
        return _definition(value, told, chosen)
    except (KeyError, TypeError, AttributeError) as error:
        raise WrongUseError(
            f"{value.file}, {value.name}: the marker cannot be read ({type(error).__name__}: {error}).",
            "Compare it with the shipped ones in policy/markers.",
        ) from error


def _definition(value: PolicyValue, told: dict[str, Any], by: str) -> MarkerDefinition:
    name = value.name.removeprefix(PREFIX)
    if told["record"] not in RECORDS or told["text"] != RECORDS[told["record"]]:
        allowed = " or ".join(f"{record} with {text}" for record, text in RECORDS.items())
        raise WrongUseError(f"{value.file}, {value.name}: record and text must be {allowed}.")
    scope = told["scope"]
    return MarkerDefinition(
        name=name,
        title=value.title or str(told["label"]),
        label=told["label"],
        what_it_is=told["is"],
        what_it_is_not=tuple(told["is_not"]),
        record=told["record"],
        text=told["text"],
        scope=Scope(
            tuple(map(str, scope["codes"])),
            tuple(scope["ho_subgroups"]),
            bool(scope["blank"]),
            tuple((column, tuple(map(str, values))) for column, values in scope["only"].items()),
        ),
        cues=tuple(_cue(one) for one in told["cues"]),
        fields=tuple(told["fields"]),
        hides=tuple(
            HidingPlace(one["title"], one["field"], tuple(map(str, one["values"]))) for one in told["hides"]
        ),
        owner=told["owner"],
        by=by,
        valid_from=value.valid_from,
        source=value.source,
        status=value.status,
        note=value.note,
    )


def _cue(told: dict[str, Any]) -> Cue:
    return Cue(
        told["name"],
        tuple(Condition(one["field"], one["words"]) for one in told["where"]),
        tuple(Condition(one["field"], one["words"]) for one in told.get("unless") or ()),
    )


def as_policy(definition: MarkerDefinition) -> dict[str, Any]:
    """Return a definition as the plain value that a policy file holds, to be written into one."""
    scope = definition.scope
    told: dict[str, Any] = {
        "label": definition.label,
        "is": definition.what_it_is,
        "is_not": list(definition.what_it_is_not),
        "record": definition.record,
        "text": definition.text,
        "scope": {
            "codes": list(scope.codes),
            "ho_subgroups": list(scope.ho_subgroups),
            "blank": scope.blank,
            "only": {column: list(values) for column, values in scope.only},
        },
        "cues": [
            {
                "name": cue.name,
                "where": [vars(one) for one in cue.where],
                "unless": [vars(one) for one in cue.unless],
            }
            for cue in definition.cues
        ],
        "fields": list(definition.fields),
        "hides": [
            {"title": one.title, "field": one.field, "values": list(one.values)} for one in definition.hides
        ],
        "owner": definition.owner,
        "follows": "",
        "by_definition": {},
    }
    return dict(json.loads(json.dumps(told)))
