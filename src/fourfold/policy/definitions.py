"""Definitions that papers choose between, each with what it counts and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fourfold.policy.lookup import entries, value_on
from fourfold.policy.value import PolicyValue


@dataclass(frozen=True)
class CrimeDefinition:
    """A set of Home Office offence classes under one name.

    `codes` are the classes in use, `older_codes` those of the years before April 2017. `disputed_codes`
    are among `codes`: the wording does not settle them, and a paper that uses them says so.
    """

    name: str
    title: str
    label: str
    codes: tuple[str, ...]
    older_codes: tuple[str, ...]
    disputed_codes: tuple[str, ...]
    subgroups: tuple[str, ...]
    source: str
    status: str
    note: str

    @property
    def all_codes(self) -> tuple[str, ...]:
        return self.codes + self.older_codes


@dataclass(frozen=True)
class OutcomeDefinition:
    """A set of Home Office outcome types under one name; a sub-code counts with its main type."""

    name: str
    title: str
    label: str
    outcome_types: tuple[str, ...]
    disputed_types: tuple[str, ...]
    source: str
    status: str
    note: str


def neighbourhood_crime(name: str | None, on: date, overrides: Path | None = None) -> CrimeDefinition:
    """Return the definition `name`, or the default one for None, as it holds on `on`.

    Shipped names: national, beating_crime_plan, hmicfrs_serious_acquisitive. Raises WrongUseError for
    another name that the force has not defined.
    """
    chosen = name or value_on("definitions.default_neighbourhood_crime", on, overrides).value
    found = value_on(f"definitions.neighbourhood_crime.{chosen}", on, overrides)
    told = found.value
    return CrimeDefinition(
        name=str(chosen),
        title=found.title,
        label=told["label"],
        codes=tuple(told["codes"]),
        older_codes=tuple(told.get("older_codes", [])),
        disputed_codes=tuple(told.get("disputed_codes", [])),
        subgroups=tuple(told.get("subgroups", [])),
        source=found.source,
        status=found.status,
        note=found.note,
    )


def positive_outcome(name: str | None, on: date, overrides: Path | None = None) -> OutcomeDefinition:
    """Return the definition `name` of a positive outcome, or the default one for None, as it holds on `on`.

    Shipped names: charge_and_out_of_court, with_taken_into_consideration.
    """
    chosen = name or value_on("definitions.default_positive_outcome", on, overrides).value
    return _outcome(str(chosen), value_on(f"definitions.positive_outcome.{chosen}", on, overrides))


def judicial_outcome(on: date, overrides: Path | None = None) -> OutcomeDefinition:
    """Return what the national fraud statistics are taken to count as judicial; its status is unconfirmed."""
    return _outcome("fraud", value_on("definitions.judicial_outcome.fraud", on, overrides))


def business_crime(name: str | None, on: date, overrides: Path | None = None) -> PolicyValue:
    """Return the definition `name` of business crime (npcc_2019, acpo_2014), or the default one for None."""
    chosen = name or value_on("definitions.default_business_crime", on, overrides).value
    return value_on(f"definitions.business_crime.{chosen}", on, overrides)


def choices(kind: str, on: date, overrides: Path | None = None) -> tuple[str, ...]:
    """Return the names one may choose from for `kind`, such as neighbourhood_crime."""
    prefix = f"definitions.{kind}."
    return tuple(value.name.removeprefix(prefix) for value in entries(prefix, on, overrides))


def _outcome(name: str, found: PolicyValue) -> OutcomeDefinition:
    told = found.value
    return OutcomeDefinition(
        name=name,
        title=found.title,
        label=told["label"],
        outcome_types=tuple(told["outcome_types"]),
        disputed_types=tuple(told.get("disputed_types", [])),
        source=found.source,
        status=found.status,
        note=found.note,
    )
