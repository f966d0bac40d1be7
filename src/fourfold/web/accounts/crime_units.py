"""The units that crimes name, as units of the register: what a person may see of a crime goes by them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.utils.text import slugify

from fourfold.web.accounts.models import Unit
from fourfold.web.trail.recording import record

NOT_TOLD = "unit-not-told"
NOT_TOLD_NAME = "Unit not told"
LONGEST = 40
LONGEST_NAME = 120


def unit_code(text: str | None) -> str:
    """Return the code of the unit that a crime names; one that is too long ends in a digest of the whole.

    A crime that names none has a unit of its own, so that somebody can be given it: nobody's crime is a lost one.
    """
    told = (text or "").strip()
    if not told:
        return NOT_TOLD
    slug = str(slugify(told))
    if slug and len(slug) <= LONGEST:
        return slug
    return f"{slug[: LONGEST - 9]}-{hashlib.sha256(told.encode()).hexdigest()[:8]}".lstrip("-")


def crime_units(texts: Iterable[str | None]) -> dict[str, Unit]:
    """Return the units of the register by code, making those that are missing; inside a transaction, trailed."""
    wanted: dict[str, str] = {}
    for text in texts:
        wanted.setdefault(unit_code(text), (text or "").strip()[:LONGEST_NAME] or NOT_TOLD_NAME)
    found = {str(unit.code): unit for unit in Unit.objects.filter(code__in=wanted)}
    for code, name in sorted(wanted.items()):
        if code not in found:
            found[code], is_new = Unit.objects.get_or_create(code=code, defaults={"name": name})
            if is_new:
                record("unit_added", by=None, subject_kind="unit", subject_refs=[code])
    return found
