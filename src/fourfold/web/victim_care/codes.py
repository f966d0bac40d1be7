"""Codes of reports in words."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from fourfold.vocabulary.nfib import nfib_codes


@lru_cache(maxsize=512)
def nfib_name(code: str) -> str:
    """Return what an NFIB code stands for; one that is on no list is shown as it is."""
    if not code:
        return "Kind not told"
    known = nfib_codes(settings.HOME.vocabulary).get(code)
    return known.name if known else code
