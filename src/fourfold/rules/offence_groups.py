"""Groups of offences as policy states them: an ordered list, each group with what it is.

A group is told by any of these parts: `flag` (a yes or no column of the crime), `codes`, `subgroups` and
`ho_groups` (offence classes, by themselves or by the columns of `vocabulary/offence_groups.csv`), `nfib`
(crimes recorded under a code of the National Fraud Intelligence Bureau), `definition` (business_crime or
neighbourhood_crime, as `policy/definitions.yaml` chooses it), `rest` (crimes in none of the groups above).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fourfold import policy, vocabulary
from fourfold.home import WrongUseError
from fourfold.policy.definitions import business_crime, neighbourhood_crime

PARTS = ("flag", "codes", "subgroups", "ho_groups", "nfib", "definition", "rest")
FLAGS = ("domestic", "hate")
COLUMNS = {"subgroups": "ho_subgroup", "ho_groups": "ho_group"}


@dataclass(frozen=True)
class OffenceGroup:
    """One group, ready to be looked for.

    codes: Home Office classes. flag: the column whose yes puts a crime in. business: the definition of
    business crime that does. nfib: whether a fraud code as received does. rest: none of those above.
    """

    group: str
    label: str
    codes: frozenset[str] = frozenset()
    flag: str = ""
    business: Mapping[str, Any] | None = None
    nfib: bool = False
    rest: bool = False
    own_vocabulary: Path | None = None


def offence_groups(
    name: str, on: date, overrides: Path | None = None, own_vocabulary: Path | None = None
) -> tuple[OffenceGroup, ...]:
    """Return the groups of a policy list (audit.groups, victims_code_reporting.groups) as it holds on `on`.

    Raises WrongUseError with every fault of the list at once.
    """
    told = policy.value_on(name, on, overrides).value
    faults = [fault for one in told for fault in group_faults(one, own_vocabulary)]
    names = [str(one.get("group")) for one in told]
    faults += [f"- {twice} stands twice." for twice in sorted({n for n in names if names.count(n) > 1})]
    if faults:
        raise WrongUseError(
            f"The groups of {name} cannot be used:\n" + "\n".join(faults), "\nMend them in the policy folder."
        )
    return tuple(as_group(one, on, overrides, own_vocabulary) for one in told)


def as_group(
    told: Mapping[str, Any], on: date, overrides: Path | None, own_vocabulary: Path | None
) -> OffenceGroup:
    codes = {str(code) for code in told.get("codes", [])}
    for part, column in COLUMNS.items():
        codes |= {
            row.code
            for row in vocabulary.load("offence_groups", own_vocabulary).rows
            if row.can_be_looked_up and row.attributes.get(column) in told.get(part, [])
        }
    if told.get("definition") == "neighbourhood_crime":
        codes |= set(neighbourhood_crime(None, on, overrides).all_codes)
    is_business = told.get("definition") == "business_crime"
    return OffenceGroup(
        group=str(told["group"]),
        label=str(told["label"]),
        codes=frozenset(codes),
        flag=str(told.get("flag", "")),
        business=business_crime(None, on, overrides).value if is_business else None,
        nfib=bool(told.get("nfib")),
        rest=bool(told.get("rest")),
        own_vocabulary=own_vocabulary,
    )


def group_faults(told: Mapping[str, Any], own_vocabulary: Path | None) -> list[str]:
    """Return what is wrong with one group, a sentence each."""
    if not told.get("group") or not told.get("label"):
        return ["- a group needs a group and a label."]
    found: list[str] = []
    unknown = sorted(set(told) - {"group", "label", *PARTS})
    if unknown:
        found.append(f"{', '.join(unknown)} is no part of a group; the parts are {', '.join(PARTS)}.")
    if not any(told.get(part) for part in PARTS):
        found.append(f"it says nothing of what it is; give it one of {', '.join(PARTS)}.")
    if told.get("flag", FLAGS[0]) not in FLAGS:
        found.append(f"the flag must be {' or '.join(FLAGS)}, and is {told['flag']}.")
    if told.get("definition", "business_crime") not in ("business_crime", "neighbourhood_crime"):
        found.append(
            f"the definition must be business_crime or neighbourhood_crime, and is {told['definition']}."
        )
    for part, column in COLUMNS.items():
        rows = vocabulary.load("offence_groups", own_vocabulary).rows
        allowed = sorted({row.attributes.get(column, "") for row in rows} - {""})
        found += [
            f"{value} is none of the {part}: {', '.join(allowed)}."
            for value in told.get(part, [])
            if value not in allowed
        ]
    return [f"- {told['group']}: {fault}" for fault in found]
