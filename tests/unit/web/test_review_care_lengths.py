"""One value longer than the register holds does not keep a whole list of victims from being taken up."""

from __future__ import annotations

from typing import Any

from care_cases import person, report, take


def too_long(row: Any) -> list[str]:
    """The columns of a row that PostgreSQL would refuse; SQLite takes any length."""
    fields = [field for field in row._meta.concrete_fields if getattr(field, "max_length", None)]
    return [field.name for field in fields if len(str(getattr(row, field.attname) or "")) > field.max_length]


def test_values_of_any_length_are_taken_up_and_said_to_be_cut(register: Any) -> None:
    from fourfold.web.victim_care.models import Case, CaseEvent, CaseReport, CaseWord, District

    long = "9" * 500
    told = dict.fromkeys(("phone", "email", "address", "postcode", "last_name", "district"), long)
    for _ in range(2):
        take(register, person("R" * 400, report("S" * 400), report("S" * 399), code="X" * 40, **told))
    case = Case.objects.get(person_id__startswith="RRR")
    rows = [case, *case.reports.all(), *case.events.all(), *CaseWord.objects.all(), *District.objects.all()]
    assert [(type(row).__name__, names) for row in rows if (names := too_long(row))] == []
    assert CaseReport.objects.count() == 3
    assert CaseEvent.objects.count() == 1, "the same list again changes nothing"
    assert case.address == long
    assert case.phone.endswith(" [cut]")
    assert case.postcode.endswith(" [cut]")
