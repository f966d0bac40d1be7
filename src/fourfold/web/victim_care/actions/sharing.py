"""Referring a victim to a partner: what was shared, on which ground, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.home import WrongUseError
from fourfold.web.ui.environment import written_date, written_money
from fourfold.web.victim_care.actions.changing import changing
from fourfold.web.victim_care.catalogue import GROUNDS, PARTNERS, entry, label, level_label, standing
from fourfold.web.victim_care.codes import nfib_name
from fourfold.web.victim_care.dues import end_tasks
from fourfold.web.victim_care.models import Case, SharedReferral
from fourfold.web.victim_care.states import Step


def refer(
    *,
    case: int,
    partner: str,
    ground: str,
    has_consent: bool,
    why: str,
    checked: Mapping[str, str],
    by: Any,
    seen: int,
    form_key: str = "",
) -> SharedReferral:
    """Keep a referral to a partner with exactly what the officer checked before it left.

    `checked` is what the check page showed. Raises WrongUseError where the ground needs a consent that is not
    given, or where what would be shared has changed since it was checked.
    """
    told = entry(PARTNERS, partner)
    if entry(GROUNDS, ground).get("needs_consent") and not has_consent:
        raise WrongUseError(
            "The victim has not agreed to it.", "Ask them, or choose another ground that holds."
        )
    with changing(
        case, by=by, step=Step.WORK, act="case_referred", seen=seen, form_key=form_key, reason=why
    ) as change:
        shared = to_share(change.case, partner)
        if dict(checked) != shared:
            raise WrongUseError("What would be shared has changed since you checked it.", "Check it again.")
        referral: SharedReferral = SharedReferral.objects.create(
            case=change.case,
            at=change.at,
            by=by,
            partner=partner,
            ground=ground,
            shared=shared,
            why=why.strip(),
        )
        if told.get("meets_support_duty"):
            end_tasks(change.case, ("support_referral",), change.at, f"Referred to {told['label']}")
        words = f"Referred to {told['label']}; ground: {label(GROUNDS, ground)}; shared: {', '.join(shared)}"
        change.say("referral", words, why)
        change.decide("partner_referral", {"partner": partner, "ground": ground, "fields": sorted(shared)})
    return referral


def to_share(case: Case, partner: str) -> dict[str, str]:
    """Return what may go to a partner and is known, by its words; nothing else leaves."""
    words = standing("victim_care_partners.fields")
    values = {
        "name": case.name,
        "phone": case.phone,
        "email": case.email,
        "address": case.address,
        "postcode": case.postcode,
        "date_of_birth": written_date(case.date_of_birth),
        "reports": "; ".join(
            f"{one.report_ref}, {written_date(one.reported_on)}, {nfib_name(one.nfib_code)}"
            for one in case.reports.all()
        ),
        "loss": written_money(case.loss_gbp),
        "need": level_label(case.level) if case.level else "",
    }
    fields = entry(PARTNERS, partner).get("fields", ())
    return {words[field]: values[field] for field in fields if values.get(field)}
