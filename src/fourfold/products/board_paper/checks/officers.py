"""Serving officers named in a public paper; only those in a public role may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.paper_text import PaperText

NEXT_STEP = "Name the role and leave the name out (for example: the force's lead for the Victims' Code)."

_LONG = (
    r"(?i:(?:temporary\s+|acting\s+|t/|a/)?(?:detective\s+|det\.?\s+|"
    r"special\s+)?(?:chief\s+superintendents?|superintendents?|chief\s+inspectors?|"
    r"inspectors?|sergeants?|constables?|police\s+constables?|police\s+sergeants?|"
    r"community\s+support\s+officers?|PCSOs?|"
    r"(?:ch\.?\s+)?supt\.?|(?:ch\.?\s+)?insp\.?|sgt\.?|commanders?))"
)
_SHORT = (
    r"(?:(?:[TA]/)?(?:D/)?(?:PC|DC|PS|DS|DI|DCI|DSU|DCS|C/?Supt|C/?Insp|D/?Supt|D/?Insp|D/?Sgt|"
    r"PCSO|SC))"
)
_NAME = (
    r"(?P<name>(?:(?:[A-Z]\.?\s+){0,2}(?:Mc|Mac|O['’]|D['’]|de\s|"
    r"van\s)?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)*)"
    r"(?:\s+(?:Mc|Mac|O['’]|D['’])?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)*){0,2})"
)
_RANK_NAME = re.compile(rf"(?<![\w/])(?P<rank>{_LONG}|{_SHORT})(?:\s*\([^)]*\))?,?\s+\(?{_NAME}")
_NAME_RANK = re.compile(
    rf"\b{_NAME}\s*[,(–-]\s*(?:the\s+|a\s+|our\s+|now\s+|who\s+is\s+(?:a\s+|"
    rf"the\s+)?|then\s+)?(?P<rank>{_LONG}|{_SHORT})\b"
)
_PUBLIC = re.compile(
    r"(?:\b(?:Deputy|Assistant|Former)\s+)*\b(?:Chief\s+Constable|Commissioner|Mayor|Home Secretary|"
    r"Chief\s+Inspector\s+of|His Majesty['’]s\s+(?:Chief\s+)?|HM\s+(?:Chief\s+)?|Her "
    r"Majesty['’]s\s+(?:Chief\s+)?)",
    re.IGNORECASE,
)
_NOT_A_NAME = frozenset(
    word
    for line in (
        "A An And The For Of In On At By To With From Who Whose That Which Is Are Was Were Has Have Will",
        "Lead Leads Leading Operations Operational Support Crime Crimes Force Neighbourhood Local Policing",
        "Police Birmingham Coventry Solihull Walsall Dudley Sandwell Wolverhampton West East North South",
        "Central Midlands England Wales London Victims Victim Code Board Panel Team Teams Unit Units Fraud",
        "Economic Cyber Public Protection Intelligence Investigation Investigations Major Homicide Custody",
        "Response Road Roads Traffic Training Rank Ranks Grade Level Review Reviews Role Roles Post Posts",
        "General Staff Business Prevention Performance Strategy Strategic Tactical Corporate Communications",
        "Professional Standards Command Commander Gold Silver Bronze Duty Cover Association Federation",
        "Chief Chair Champion World Based Computer Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December Action",
        "Report Connect Offender Management Manager Managers Coordinator Programme Project Service Services",
        "City National Regional District Area Sector Ward Each Every All Both One Two Three Their This",
        "These It Vehicle Robbery Burglary Theft Domestic Abuse Hate Violence Serious Organised Acquisitive",
        "High Harm Care Programmes Partnerships Community Safety Recruitment Recruit Recruits Scheme Cadet",
        "Cadets Academy Survey Street Avenue Lane House Inn Park School Degree Apprentice Apprenticeship",
        "Entry Holder Member Members Officer Officers Safer Design Out",
    )
    for word in line.split()
)
"""Words that follow a rank with a capital and are no name: places, departments, days, roles."""


def check_named_officer(paper: PaperText) -> Iterator[Finding]:
    """Find a rank with a personal name, before or after it, except chief officers and commissioners."""
    for passage in paper.passages:
        seen: set[str] = set()
        for match in (*_RANK_NAME.finditer(passage.text), *_NAME_RANK.finditer(passage.text)):
            name = match["name"].strip()
            if name in seen or not _is_person(name) or _is_public(passage.text, match.start("rank")):
                continue
            seen.add(name)
            words = (
                "A serving officer is named; a public paper names roles, and persons only in a public role."
            )
            yield paper.finding("named_officer", passage, words, NEXT_STEP, quote=match.group(0).strip())


def _is_person(name: str) -> bool:
    words = [word for word in re.split(r"\s+", name) if len(word.strip(".")) > 1]
    return bool(words) and not any(re.split(r"['’-]", word)[0] in _NOT_A_NAME for word in words)


def _is_public(text: str, rank: int) -> bool:
    """The rank is part of a public office: Chief Constable, His Majesty's Chief Inspector."""
    around = text[max(0, rank - 40) : rank + 30]
    return any(
        max(0, rank - 40) + m.start() <= rank < max(0, rank - 40) + m.end() + 1
        for m in _PUBLIC.finditer(around)
    )
