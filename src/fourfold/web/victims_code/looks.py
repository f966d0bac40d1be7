"""Who has looked at a crime's duties, from the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.web.accounts.matrix import ROLES
from fourfold.web.trail.models import TrailEntry, TrailSubject
from fourfold.web.trail.recording import LONGEST_REF
from fourfold.web.trail.search import act_words

LOOKS = 100
ROLE_WORDS = {role.key: role.words.lower() for role in ROLES}


@dataclass(frozen=True)
class Look:
    """One person who looked, with what they did there, the latest first."""

    who: str
    role: str
    at: datetime
    acts: list[str]


def looks_at(case_ref: str) -> list[Look]:
    """Return who looked at a crime among the last entries of the trail that name it, each person once."""
    looked = TrailSubject.objects.filter(ref=case_ref[:LONGEST_REF], kind="crime")
    numbers = looked.order_by("-number").values_list("number", flat=True)
    found: dict[tuple[str, str], Look] = {}
    for entry in TrailEntry.objects.filter(number__in=list(numbers[:LOOKS])).order_by("-number"):
        role = ROLE_WORDS.get(entry.role, entry.role) or "the system"
        look = found.setdefault(
            (entry.who_id, entry.role), Look(entry.who_name or "Fourfold", role, entry.at, [])
        )
        words = act_words(entry.act).lower()
        if words not in look.acts:
            look.acts.append(words)
    return list(found.values())
