"""People on the victim-care list for the tests of the desk, taken up as after a refresh."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

DAY = date(2022, 3, 4)


def report(
    ref: str, on: date = DAY, code: str = "NFIB3A", loss: str | None = "100.00", link: str = ""
) -> dict[str, Any]:
    """One report of a person."""
    return {
        "report_ref": ref,
        "reported_on": on,
        "nfib_code": code,
        "loss_gbp": None if loss is None else Decimal(loss),
        "evidence": link or None,
    }


def person(
    ref: str = "R1", *more_reports: dict[str, Any], rules: tuple[str, ...] = ("aged",), **told: Any
) -> dict[str, Any]:
    """One person as `listed_victims` gives them; their oldest report is `ref`."""
    reports = [report(ref, code=told.pop("code", "NFIB3A")), *more_reports]
    words = {
        "aged": "Aged 82 at the report",
        "romance": "Victim of romance fraud",
        "risk": "Risk score 73",
        "day": "The report is dated 1 June 2012, before the referral rule began: check its day",
    }
    usual = {
        "person_id": ref,
        "force": "aldermere",
        "reasons": json.dumps([{"rule": rule, "words": words[rule], "evidence": [ref]} for rule in rules]),
        "cannot_tell": False,
        "title": "Mrs",
        "first_names": "Zebedia",
        "last_name": "Quillfeather",
        "organisation_name": None,
        "victim_type": "individual",
        "date_of_birth": date(1940, 5, 6),
        "phone": "01999 555123",
        "email": "zq@example.org",
        "address": "1 Quill Lane",
        "postcode": "ZE1 9QQ",
        "lsoa_code": None,
        "support_wanted": None,
        "district": "Quillbrook",
        "first_on": min(one["reported_on"] for one in reports),
        "last_on": max(one["reported_on"] for one in reports),
        "reports": reports,
    }
    return usual | told


def take(home: Any, *people: dict[str, Any]) -> Counter[str]:
    """Take up this list, whole, and return what was done."""
    from django.db import transaction
    from django.utils import timezone

    from fourfold.web.victim_care.dues import first_contact_limit
    from fourfold.web.victim_care.taking_up import Taking, unit_of
    from fourfold.web.victim_care.told import Told

    with transaction.atomic():
        taking = Taking(unit_of(home), timezone.now(), first_contact_limit(timezone.localdate()))
        taking.take([Told(row) for row in people])
    return taking.counts


def case_of(ref: str) -> Any:
    """The case that was opened under this reference."""
    from fourfold.web.victim_care.models import Case

    return Case.objects.get(person_id=ref)


def words_of(case: Any) -> list[str]:
    """The timeline of a case in words, the oldest first."""
    return list(case.events.order_by("at", "id").values_list("words", flat=True))
