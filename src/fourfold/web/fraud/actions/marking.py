"""A new marker from a definition in plain words and ten examples: tried out first, then switched on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from fourfold.classify.new_marker import Preview
from fourfold.home import WrongUseError
from fourfold.pipeline.marking import open_marking
from fourfold.pipeline.new_marker import SwitchedOn, switch_on, what_it_would_find
from fourfold.pipeline.opening import open_figures
from fourfold.policy.marker_definitions import RECORDS, Condition, Cue, MarkerDefinition, Scope, as_policy
from fourfold.web.accounts.permission import check_may
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record

KIND = "marker_defined"
FIELDS = {
    "fraud_report": ("nfib_code", "contact_method", "payment_method"),
    "crime": ("ho_code", "premises_type", "mo_method"),
}
"""Columns that the model of a marker made here may weigh beside the words."""


def parts(told: str) -> list[str]:
    """Return what somebody typed with commas, semicolons or line breaks between."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", told) if part.strip()))


def lines(told: str) -> list[str]:
    return [line.strip() for line in told.splitlines() if line.strip()]


def pattern(words: str) -> str:
    """Return the pattern of words as typed: whole words, whatever the spaces between them."""
    return r"\b" + r"\s+".join(re.escape(word) for word in words.lower().split()) + r"\b"


def definition_from(told: dict[str, Any], on: date) -> MarkerDefinition:
    """Return the definition that the cleaned values of a NewMarkerForm tell."""
    text = RECORDS[told["record"]]
    unless = tuple(Condition(text, pattern(words)) for words in parts(told.get("unless") or ""))
    cues = tuple(
        Cue(
            line[:80],
            tuple(Condition(text, pattern(words)) for words in line.split("+") if words.strip()),
            unless,
        )
        for line in lines(told["cues"])
    )
    name = slugify(told["label"]).replace("-", "_")
    if not name:
        raise WrongUseError("The name of a marker needs letters.", "Choose another name.")
    return MarkerDefinition(
        name=name,
        title=told["label"],
        label=told["label"],
        what_it_is=told["what_it_is"],
        what_it_is_not=tuple(lines(told["what_it_is_not"])),
        record=told["record"],
        text=text,
        scope=Scope(tuple(parts(told.get("codes") or "")), (), bool(told.get("blank")), ()),
        cues=cues,
        fields=FIELDS[told["record"]],
        hides=(),
        owner=told["owner"],
        by="",
        valid_from=on,
        source="",
        status="local",
        note="",
    )


def tried(told: dict[str, Any]) -> tuple[MarkerDefinition, Preview]:
    """Return the definition and what it would find; nothing is kept. Raises WrongUseError for one that cannot be used."""
    today = timezone.localdate()
    definition = definition_from(told, today)
    marking = open_marking(open_figures(settings.HOME, today))
    return definition, what_it_would_find(marking, definition, parts(told["examples"]))


def switch_marker_on(*, told: dict[str, Any], source: str, by: Any) -> SwitchedOn:
    """Write the marker into the force's policy; the next refresh marks by it. Trailed, and a decision.

    Raises NotAllowedError, and WrongUseError for a name that is taken or a definition that policy refuses.
    """
    answer = check_may(by, "review_markers")
    today = timezone.localdate()
    definition = definition_from(told, today)
    with transaction.atomic():
        value = {
            "definition": as_policy(definition),
            "examples": parts(told["examples"]),
            "from": today.isoformat(),
        }
        decide(
            KIND,
            subject="marker",
            subject_ref=definition.name,
            value=value,
            by=by,
            answer=answer,
            reason=source,
        )
        record(
            "marker_switched_on",
            by=by,
            answer=answer,
            subject_kind="marker",
            subject_refs=[definition.name],
            why=source,
        )
        # Written last: if policy refuses it, neither the decision nor the trail stands.
        return switch_on(settings.HOME, definition, today, source)
