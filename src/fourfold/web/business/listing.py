"""Which premises a list shows, in what order, and what of each is said. No page is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from fourfold.web.business.models import ListedPremises, StaffMember
from fourfold.web.business.saying import (
    EVERY,
    KINDS,
    chosen_definition,
    definitions,
    premises_words,
    value_of,
)

MOST_HIT = "-crimes"
ORDERS: Mapping[str, list[str]] = {
    "-crimes": ["-crimes", "-last_on", "-id"],
    "crimes": ["crimes", "last_on", "id"],
    "-last": ["-last_on", "-id"],
    "last": ["last_on", "id"],
    "name": ["name_key", "id"],
    "-name": ["-name_key", "-id"],
    "gap": ["gap_key", "id"],
    "-gap": ["-gap_key", "-id"],
    "-staff": ["-on_staff", "-last_on", "-id"],
    "staff": ["on_staff", "last_on", "id"],
}
COLUMNS = (
    ("name", "Premises"), ("crimes", "Crimes"), ("gap", "Days between"), ("", "Kinds"), ("staff", "Against staff"),
    ("last", "Last crime"), ("", "Advice"),
)  # fmt: skip
STAFF_ORDERS: Mapping[str, list[str]] = {
    "-crimes": ["-crimes", "-last_on", "-id"],
    "crimes": ["crimes", "last_on", "id"],
    "-last": ["-last_on", "-id"],
    "last": ["last_on", "id"],
}
STAFF_COLUMNS = (
    ("", "Person"), ("crimes", "Crimes"), ("", "At work"), ("", "Days between"), ("last", "Last crime"), ("", "Premises"),
)  # fmt: skip


class PremisesFilterForm(forms.Form):
    """The filters of the list of premises."""

    q = forms.CharField(label="Name of premises", required=False, max_length=120)
    definition = forms.ChoiceField(label="Business crime as defined by", required=False)
    type = forms.ChoiceField(label="Kind of premises", required=False)
    district = forms.ChoiceField(label="District", required=False)
    named = forms.ChoiceField(
        label="Name", required=False, choices=[("", "Any"), ("no", "Not recorded"), ("yes", "Recorded")]
    )
    staff = forms.BooleanField(label="Violence against staff, or not recorded whether", required=False)
    advised = forms.BooleanField(label="Advice given in the last two years", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        told = ListedPremises.objects.values_list("premises_type", "district").distinct()
        types, districts = {one for one, _ in told}, {one for _, one in told}
        self.fields["definition"].choices = [(one.key, one.title) for one in (*definitions(), EVERY)]
        self.fields["type"].choices = [
            ("", "Any"), *sorted(((one or "none"), premises_words(one)) for one in types),
        ]  # fmt: skip
        self.fields["district"].choices = [("", "Any"), *((one, one) for one in sorted(districts) if one)]


def chosen(asked: Mapping[str, Any]) -> QuerySet[ListedPremises]:
    """Return the premises that the cleaned values of a filter form ask for, hit often enough by the definition."""
    definition = chosen_definition(str(asked.get("definition") or ""), also_any=True).key
    found = ListedPremises.objects.filter(definition=definition, crimes__gte=int(value_of("hit_least")))
    if asked.get("q"):
        for word in str(asked["q"]).casefold().split():
            found = found.filter(name__icontains=word)
    if asked.get("type"):
        found = found.filter(premises_type="" if asked["type"] == "none" else asked["type"])
    if asked.get("district"):
        found = found.filter(district=asked["district"])
    if asked.get("named"):
        found = found.filter(name="") if asked["named"] == "no" else found.exclude(name="")
    if asked.get("staff"):
        found = found.filter(on_staff__gt=0) | found.filter(staff_unclear__gt=0)
    if asked.get("advised"):
        found = found.filter(advised_on__isnull=False)
    return found


@dataclass(frozen=True)
class ShownPremises:
    """One line of the list."""

    pk: int
    name: str
    is_named: bool
    where: str
    crimes: int
    by_place_alone: int
    gap_days: float | None
    kinds: list[str]
    on_staff: int
    staff_unclear: int
    last_on: date
    advised_on: date | None
    advice_days: int | None
    before_advice: int | None
    after_advice: int | None


def shown(one: ListedPremises) -> ShownPremises:
    """Return premises as the list shows them; a name that nobody told is said to be so."""
    where = ", ".join(part for part in (premises_words(one.premises_type), one.district) if part)
    return ShownPremises(
        pk=one.pk,
        name=one.name or "Name not recorded",
        is_named=bool(one.name),
        where=where,
        crimes=one.crimes,
        by_place_alone=one.by_place_alone,
        gap_days=one.gap_days,
        kinds=[f"{number} {KINDS[kind].lower()}" for kind, number in one.kinds.items()],
        on_staff=one.on_staff,
        staff_unclear=one.staff_unclear,
        last_on=one.last_on,
        advised_on=one.advised_on,
        advice_days=one.advice_days,
        before_advice=one.before_advice,
        after_advice=one.after_advice,
    )


def staff_listed() -> QuerySet[StaffMember]:
    """Return the people who were victims of violence at shops more than once."""
    return StaffMember.objects.all()
