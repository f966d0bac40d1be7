"""Handing a list of vulnerable repeat victims to a partner: only the fields of the agreement, each person trailed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.pipeline.fraud_facts import reports_of
from fourfold.web.accounts.permission import NotAllowedError, check_may
from fourfold.web.fraud.listing import loss_words, name_of
from fourfold.web.fraud.models import HandOver, RepeatVictim
from fourfold.web.fraud.saying import code_words, standing_policy
from fourfold.web.fraud.scope import is_of_unit
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record

PARTNER = "trading_standards"
REACHED = ("phone", "email", "date_of_birth", "address", "postcode")
KIND = "partner_referral"
"""The kind of decision by which victim care, too, says that details went to a partner."""


@dataclass(frozen=True)
class PartnerFacts:
    """A partner as policy has it: what may be shared with it, in words, and the lawful grounds."""

    key: str
    label: str
    why: str
    fields: tuple[str, ...]
    field_words: dict[str, str]
    grounds: tuple[tuple[str, str], ...]
    source: str
    note: str


def partner_facts(key: str) -> PartnerFacts:
    """Return what the agreement with a partner allows; raises WrongUseError where policy names none."""
    told = standing_policy("victim_care_partners.partners")
    found = next((one for one in told.value if one["key"] == key), None)
    if found is None:
        raise WrongUseError(
            f"Policy names no partner {key}.", "Add it to victim_care_partners.partners with its fields."
        )
    words = standing_policy("victim_care_partners.fields").value
    grounds = standing_policy("victim_care_partners.grounds").value
    return PartnerFacts(
        key=key,
        label=found["label"],
        why=found["why"],
        fields=tuple(found["fields"]),
        field_words={name: words[name] for name in found["fields"]},
        grounds=tuple((one["key"], one["label"]) for one in grounds),
        source=told.source,
        note=told.note or "",
    )


def latest_told(reports: Sequence[Mapping[str, Any]], detail: str) -> Any:
    """Return a detail as the latest report that tells it has it: one that leaves it out does not unsay it."""
    return next((row[detail] for row in reversed(reports) if row.get(detail)), "")


def rows_for(facts: PartnerFacts, victims: Sequence[RepeatVictim]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return headings and cells of the fields that the agreement allows, and of no others."""
    known = reports_of(settings.HOME, [ref for one in victims for ref in one.report_refs])
    rows = []
    for one in victims:
        told = [known[ref] for ref in one.report_refs if ref in known]
        cells = {
            "name": name_of(told[-1]) if told else "",
            **{detail: latest_told(told, detail) for detail in REACHED},
            "reports": "; ".join(
                f"{row['report_ref']} {row['reported_on']} {code_words(row['nfib_code'] or 'unknown')}"
                for row in told
            ),
            "loss": loss_words(one),
            "need": "; ".join(one.listed_for),
        }
        rows.append(tuple(str(cells.get(name, "")) for name in facts.fields))
    return [facts.field_words[name] for name in facts.fields], rows


@transaction.atomic
def hand_over(
    *, partner: str, ground: str, why: str, victims: Sequence[RepeatVictim], by: Any
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Write down that these people's details go to a partner and return what goes; one decision a person.

    Raises NotAllowedError, and WrongUseError for nobody, no reason, or a ground that policy does not name.
    """
    answer = check_may(by, "hand_over_victims")
    if not is_of_unit(answer):
        raise NotAllowedError(answer, is_hidden=True)
    facts = partner_facts(partner)
    if not victims or not why.strip() or ground not in dict(facts.grounds):
        raise WrongUseError("A hand-over needs people, a ground and a reason.", "Choose them.")
    refs = [one.subject_ref for one in victims]
    HandOver.objects.create(
        partner=partner,
        ground=ground,
        fields=list(facts.fields),
        people=len(refs),
        why=why,
        at=timezone.now(),
        by=by,
        refs=refs,
    )
    for one in victims:
        value = {"partner": partner, "ground": ground, "fields": list(facts.fields)}
        decide(
            KIND, subject="person", subject_ref=one.subject_ref, value=value, by=by, answer=answer, reason=why
        )
    record(
        "victims_handed_over",
        by=by,
        answer=answer,
        subject_kind="person",
        subject_refs=refs,
        why=why,
        detail={"partner": partner, "ground": ground, "fields": list(facts.fields)},
    )
    return rows_for(facts, victims)
