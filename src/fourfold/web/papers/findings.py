"""What a paper's checks found, as the desk shows it: where it stands, and whether somebody let it stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse

from fourfold.web.papers.approving import digest_of
from fourfold.web.papers.models import AcceptedWarning, Paper

NUMBERED = re.compile(r"^paragraph (\d+)")
TABLE = re.compile(r"^(table|chart|footnote) (\d+)")
SECTION = re.compile(r"^section (\w+)")


@dataclass(frozen=True)
class Found:
    """One finding: severity, check, place, words; its anchor in the paper; and who accepted it, if anybody."""

    severity: str
    check: str
    place: str
    words: str
    digest: str
    href: str
    accepted: AcceptedWarning | None = None

    @property
    def check_words(self) -> str:
        """The check's name as words."""
        return self.check.replace("_", " ").capitalize()


def findings_of(paper: Paper) -> list[Found]:
    """Return what the checks found, errors first, each part in reading order."""
    accepted = {one.digest: one for one in paper.accepted.select_related("by")} if paper.findings else {}
    read = reverse("papers:read", args=[paper.pk])
    found = [
        Found(severity, check, place, words, digest, f"{read}{anchor_of(place)}", accepted.get(digest))
        for severity, check, place, words in paper.findings
        for digest in [digest_of(check, words)]
    ]
    return sorted(found, key=lambda one: one.severity != "error")


def anchor_of(place: str) -> str:
    """Return the anchor of a place in the paper as it is read; empty where the place has none of its own."""
    numbered = NUMBERED.match(place)
    if numbered:
        return f"#paragraph-{numbered[1]}"
    table = TABLE.match(place)
    if table:
        return f"#{'note' if table[1] == 'footnote' else table[1]}-{table[2]}"
    section = SECTION.match(place)
    return f"#section-{section[1].replace('_', '-')}" if section else ""
