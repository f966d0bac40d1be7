"""The words of the desk: definitions, kinds, triggers, states, how crimes were put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from fourfold import policy, vocabulary
from fourfold.policy.definitions import choices
from fourfold.worklists.premises import ANY, KIND_WORDS

STATEMENTS = {
    "met": ("Offered", "green"),
    "not_met": ("Not offered", "red"),
    "not_recorded": ("Not recorded", "yellow"),
    "running": ("Running", "blue"),
    "not_applicable": ("Not applicable", "grey"),
    "no_duty": ("No duty started", "grey"),
}
MATCHED = {
    "name_and_place": "By name and place",
    "name": "By name alone, no place being told",
    "place": "By place alone, the name being blank",
    "alone": "With neither name nor place: at no premises",
}
WHOM = {"yes": "Against staff, by the fields", "not_recorded": "Not recorded whether against staff"}
NOT_RECORDED = "not_recorded"
FIELD_WORDS = {
    "premises_type": "Kind of premises",
    "premises_name": "Name of premises",
    "business_related": "Whether business-related",
    "victim_at_work": "Whether the victim was at work",
    "mo_text": "Account in words",
}
KINDS = {kind: words.capitalize() for kind, words in KIND_WORDS.items()}
ADVICE_WORDS = (
    "Crimes before and after advice do not show what the advice did. Premises are advised after a bad spell, so that "
    "fewer crimes after it are to be expected whatever was said there; and nothing here says what would have happened "
    "without it."
)


@dataclass(frozen=True)
class Definition:
    """One definition of business crime as a page prints it."""

    key: str
    title: str
    label: str
    source: str
    note: str


EVERY = Definition(
    ANY, "Every crime at the premises", "Every crime recorded at business premises", "Fourfold", ""
)


def definitions() -> list[Definition]:
    """Return the definitions there are, the one used where nobody chooses first."""
    today = timezone.localdate()
    default = policy.value_on("definitions.default_business_crime", today, settings.HOME.policy).value
    found = []
    for key in choices("business_crime", today, settings.HOME.policy):
        told = policy.value_on(f"definitions.business_crime.{key}", today, settings.HOME.policy)
        found.append(Definition(key, told.title, told.value["label"], told.source, told.note or ""))
    return sorted(found, key=lambda one: one.key != default)


def chosen_definition(asked: str, also_any: bool = False) -> Definition:
    """Return the definition asked for, or the one used where nobody chooses."""
    known = definitions() + ([EVERY] if also_any else [])
    return next((one for one in known if one.key == asked), known[0])


def triggers() -> dict[str, str]:
    """Return the triggers in words, in their order; not recorded stands last."""
    told = policy.value_on("business_crime.triggers", timezone.localdate(), settings.HOME.policy).value
    return {**{str(one["key"]): str(one["label"]) for one in told}, NOT_RECORDED: "Not recorded"}


def value_of(name: str) -> Any:
    """Return a value of policy `business_crime` as it holds today."""
    return policy.value_on(f"business_crime.{name}", timezone.localdate(), settings.HOME.policy).value


def premises_words(code: str) -> str:
    """Return a kind of premises in words."""
    known = vocabulary.load("premises_types", settings.HOME.vocabulary).get(code) if code else None
    return known.name if known else code or "Not recorded"
