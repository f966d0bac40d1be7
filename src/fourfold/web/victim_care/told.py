"""One listed person as the register takes them up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from fourfold.web.victim_care.naming import sort_key
from fourfold.worklists.victim_care import DAY, UNKNOWN_WORDS

LONGEST_REF = 120
LONGEST = {"phone": 120, "email": 254, "postcode": 20, "district": 120, "name": 300}
"""Characters that the register keeps of a value; the lake holds the whole."""
CUT = " [cut]"
COPIED = ("date_of_birth", "phone", "email", "address", "postcode", "district", "support_wanted")


def fitting(name: str, told: str) -> str:
    """Return a value as the register keeps it: one that is too long says that it was cut."""
    most = LONGEST.get(name, len(told))
    return told if len(told) <= most else told[: most - len(CUT)] + CUT


def short_ref(told: str) -> str:
    """Return a reference; one that is too long ends in a digest of the whole, so that no two become one."""
    if len(told) <= LONGEST_REF:
        return told
    return f"{told[:100]}~{hashlib.sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class ToldReport:
    """One report of the person."""

    report_ref: str
    reported_on: date
    nfib_code: str
    loss_gbp: Decimal | None
    link_words: str


@dataclass(frozen=True)
class Told:
    """What the lake says of one person on the list (`pipeline.victim_facts.listed_victims`)."""

    row: Mapping[str, Any]

    @property
    def person_id(self) -> str:
        return short_ref(str(self.row["person_id"]))

    @property
    def force(self) -> str:
        return str(self.row["force"])

    @property
    def cannot_tell(self) -> bool:
        return bool(self.row["cannot_tell"])

    @cached_property
    def reports(self) -> list[ToldReport]:
        """All reports of the person, oldest first; where none is left, the one the person is named by."""
        if not self.row["reports"]:
            return [ToldReport(self.person_id, self.row["first_on"], "", None, "")]
        return [
            ToldReport(
                short_ref(one["report_ref"]),
                one["reported_on"],
                (one["nfib_code"] or "")[:20],
                one["loss_gbp"],
                one["evidence"] or "",
            )
            for one in self.row["reports"]
        ]

    @cached_property
    def reasons(self) -> list[dict[str, Any]]:
        """The reasons: rule, words, and the reports as evidence; one said of several reports once, those met first."""
        joined: dict[tuple[str, str], dict[str, Any]] = {}
        for reason in json.loads(self.row["reasons"]):
            standing = joined.setdefault((reason["rule"], reason["words"]), {**reason, "evidence": []})
            standing["evidence"] += reason["evidence"]
        return sorted(joined.values(), key=lambda reason: not is_met(reason))

    @property
    def rules(self) -> set[str]:
        """The rules that the list is filtered by."""
        return rules_met(self.reasons)

    @property
    def is_organisation(self) -> bool:
        return bool(self.row["victim_type"] == "organisation")

    @property
    def name(self) -> str:
        """The name as it is written, empty where none was told."""
        if self.is_organisation:
            return str(self.row["organisation_name"] or "")
        parts = (self.row["title"], self.row["first_names"], self.row["last_name"])
        return " ".join(str(part) for part in parts if part)

    @cached_property
    def hash(self) -> str:
        """What changes when anything of the person does."""
        return hashlib.sha256(repr(sorted(self.row.items())).encode()).hexdigest()[:32]

    def facts(self) -> dict[str, Any]:
        """Return the columns of a case that are copied from the lake."""
        losses = [one.loss_gbp for one in self.reports if one.loss_gbp is not None]
        codes = [one.nfib_code for one in self.reports if one.nfib_code]
        key = (self.row["organisation_name"] or "", "") if self.is_organisation else (
            self.row["last_name"] or "", self.row["first_names"] or "")  # fmt: skip
        copied = {name: self.row[name] for name in ("date_of_birth", "support_wanted")}
        words = {name: fitting(name, str(self.row[name] or "")) for name in COPIED if name not in copied}
        return {
            **copied,
            **words,
            "name": fitting("name", self.name),
            "name_key": sort_key(*key),
            "is_organisation": self.is_organisation,
            "cannot_tell": self.cannot_tell,
            "reasons": self.reasons,
            "nfib_code": codes[-1] if codes else "",
            "loss_gbp": sum(losses, Decimal(0)) if losses else None,
            "first_on": self.row["first_on"],
            "last_on": self.row["last_on"],
            "report_count": len(self.reports),
            "told_hash": self.hash,
            "is_listed": True,
        }


def is_met(reason: Mapping[str, Any]) -> bool:
    """Return whether a reason says that a criterion is met, and not that it could not be judged of some report."""
    return reason["rule"] != DAY and reason["words"] not in UNKNOWN_WORDS.values()


def rules_met(reasons: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the rules that are met; of a person of whom none is, those that could not be judged."""
    met = {str(reason["rule"]) for reason in reasons if is_met(reason)}
    return met or {str(reason["rule"]) for reason in reasons}
