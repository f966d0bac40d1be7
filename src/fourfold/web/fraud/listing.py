"""Which victims and homes told of again a list shows, in what order, and who they are to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from fourfold.pipeline.fraud_facts import reports_of
from fourfold.pipeline.trace import MASK
from fourfold.web.fraud.models import RepeatVictim
from fourfold.web.fraud.saying import KINDS, RECOVERY, code_words

MOST = "-reports"
ORDERS: Mapping[str, list[str]] = {
    "-reports": ["-reports", "-last_on", "-id"],
    "reports": ["reports", "last_on", "id"],
    "-last": ["-last_on", "-id"],
    "last": ["last_on", "id"],
    "gap": ["gap_days", "id"],
    "-gap": ["-gap_days", "-id"],
    "-loss": ["-loss_key", "-id"],
    "loss": ["loss_key", "id"],
}
COLUMNS = (
    ("", "Victim"), ("reports", "Reports"), ("gap", "Days between"), ("", "Kinds"), ("loss", "Loss stated"),
    ("last", "Last time"), ("", "Worth knowing"),
)  # fmt: skip


class RepeatFilterForm(forms.Form):
    """The filters of the list of repeat victims."""

    q = forms.CharField(label="Reference of a person or report", required=False, max_length=120)
    kind = forms.ChoiceField(label="Who", required=False, choices=[("", "Anybody"), *KINDS.items()])
    vulnerable = forms.BooleanField(label="Referred to victim care by its criteria", required=False)
    recovery = forms.BooleanField(label="Later targeted by recovery fraud", required=False)
    crimes = forms.BooleanField(label="Also the victim of a recorded crime", required=False)
    cannot_tell = forms.BooleanField(label="Victim care’s criteria could not be judged", required=False)


def chosen(asked: Mapping[str, Any]) -> QuerySet[RepeatVictim]:
    """Return the repeat victims that the cleaned values of a filter form ask for."""
    found = RepeatVictim.objects.all()
    if asked.get("q"):
        ref = str(asked["q"]).strip()
        holding = [pk for pk, refs in found.values_list("pk", "report_refs") if ref in refs]
        found = found.filter(subject_ref=ref) | found.filter(pk__in=holding)
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    if asked.get("vulnerable"):
        found = found.filter(is_vulnerable=True)
    if asked.get("recovery"):
        found = found.filter(recovery_on__isnull=False)
    if asked.get("crimes"):
        found = found.filter(crimes__gt=0)
    if asked.get("cannot_tell"):
        found = found.filter(cannot_tell=True)
    return found


@dataclass(frozen=True)
class ShownVictim:
    """One line of the list, with what the reader may not see hidden."""

    pk: int
    kind: str
    subject_ref: str
    name: str
    people: int
    reports: int
    crimes: int
    gap_days: float
    kinds: list[str]
    loss: str
    last_on: Any
    notes: list[tuple[str, str]]


def shown(rows: Sequence[RepeatVictim], named: bool) -> list[ShownVictim]:
    """Return repeat victims as the list shows them; the caller trails that they were shown."""
    known = reports_of(settings.HOME, [ref for one in rows for ref in one.report_refs]) if named else {}
    return [
        ShownVictim(
            pk=one.pk,
            kind=KINDS[one.kind],
            subject_ref=one.subject_ref,
            name=names(one, known) if named else MASK,
            people=one.people,
            reports=one.reports,
            crimes=one.crimes,
            gap_days=one.gap_days,
            kinds=[
                f"{code_words(code)}{f', {number} times' if number > 1 else ''}"
                for code, number in one.kinds.items()
            ],
            loss=loss_words(one),
            last_on=one.last_on,
            notes=notes(one),
        )
        for one in rows
    ]


def names(one: RepeatVictim, known: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the name last told; for a home every name that was told from it."""
    told = [name for ref in one.report_refs if ref in known and (name := name_of(known[ref]))]
    if not told:
        return "No name told"
    return ", ".join(dict.fromkeys(told)) if one.kind == "home" else told[-1]


def name_of(row: Mapping[str, Any]) -> str:
    """Return the name that one report tells; '' where it tells none."""
    return str(
        row["organisation_name"]
        or " ".join(row[part] for part in ("title", "first_names", "last_name") if row[part])
    )


def loss_words(one: RepeatVictim) -> str:
    """Say the loss, and how many reports do not say."""
    stated = "None stated" if one.loss_gbp is None else f"£{one.loss_gbp:,.2f}"
    return f"{stated}; {one.loss_missing} of {one.reports} do not say" if one.loss_missing else stated


def notes(one: RepeatVictim) -> list[tuple[str, str]]:
    """Return what is worth knowing of a victim: a word with its colour, and more words."""
    found = []
    if one.recovery_on:
        found.append(
            (
                "Recovery fraud",
                f"on {one.recovery_on.day} {one.recovery_on:%B %Y}, {RECOVERY[one.recovery_by]}",
            )
        )
    if one.is_vulnerable:
        found.append(("Referred", "; ".join(one.listed_for[:3])))
    if one.crimes:
        found.append(("Crime", f"victim of {one.crimes} recorded crime{'s' if one.crimes > 1 else ''} too"))
    if one.is_doubtful:
        found.append(("Joins", "not all of the joins that make it so have been looked at"))
    if one.cannot_tell:
        found.append(("Cannot tell", "Victim care’s criteria could not be judged"))
    return found
