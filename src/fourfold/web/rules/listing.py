"""Which changes a list shows, and in what order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from fourfold.pipeline.triable_rules import TRIABLE
from fourfold.web.rules.models import RuleProposal
from fourfold.web.rules.states import STATES
from fourfold.web.ui.environment import written_date, written_instant

COLUMNS = (
    ("id", "Number"), ("", "Change"), ("holds_from", "From"), ("state", "State"), ("", "Proposed by"), ("", "Decided by"),
)  # fmt: skip
ORDERS = {
    order: [order] if order.lstrip("-") == "id" else [order, f"{'-' if order.startswith('-') else ''}id"]
    for column in ("id", "holds_from", "state")
    for order in (column, f"-{column}")
}
NEWEST = "-id"
EXPORTED = (
    "Number", "Rule", "Change", "From", "Backdated", "State", "Reason", "Proposed by", "Proposed as", "Proposed at",
    "Decided by", "Decided as", "Decided at", "Reason of the decision",
)  # fmt: skip


def chosen(asked: Mapping[str, Any], person: Any) -> QuerySet[RuleProposal]:
    """Return the changes that the cleaned values of a ChangesFilterForm ask for, without their results."""
    found = RuleProposal.objects.select_related("proposed_by", "decided_by").defer("result", "policy_text")
    if asked.get("q"):
        found = found.filter(Q(reason__icontains=asked["q"]) | Q(decided_why__icontains=asked["q"]))
    for name in ("state", "rule"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("whose") == "mine":
        found = found.filter(proposed_by=person)
    return found


def said(proposal: RuleProposal) -> str:
    """Return what a proposal changes in one line."""
    return "; ".join(f"{one['title']}: from {one['was_words']} to {one['words']}" for one in proposal.changes)


def rule_title(proposal: RuleProposal) -> str:
    rule = TRIABLE.get(proposal.rule)
    return rule.title if rule else proposal.rule


def exported(found: QuerySet[RuleProposal]) -> Iterator[list[Any]]:
    """Yield the rows of an export."""
    for one in found.order_by("id").iterator(chunk_size=500):
        yield [
            one.pk, rule_title(one), said(one), written_date(one.held_from or one.holds_from),
            "yes" if one.is_backdated else "no", STATES[one.state].words, one.reason, one.proposed_by.name,
            one.proposed_as, written_instant(one.proposed_at), one.decided_by.name if one.decided_by else "",
            one.decided_as, written_instant(one.decided_at), one.decided_why,
        ]  # fmt: skip
