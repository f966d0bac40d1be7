"""Every row of the reference lists is in the packaged ones, cell for cell."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from fourfold import vocabulary

KEYS = {
    "nfib_codes": {"code": "code", "name": "name"},
    "ho_outcomes": {"code": "code", "name": "name"},
    "offence_groups": {"ho_code": "code", "offence": "name"},
    "bank_holidays_ew": {"date": "code", "title": "name", "notes": "note"},
}


def reference_rows(name: str) -> list[dict[str, str]]:
    data = os.environ.get("FOURFOLD_REFERENCE_DATA")
    path = Path(data or "missing").parent / "reference" / f"{name}.csv"
    if not data or not path.exists():
        pytest.skip(f"the reference list {name}.csv is not there (FOURFOLD_REFERENCE_DATA)")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", KEYS)
def test_every_reference_row_is_packaged(name):
    expected = reference_rows(name)
    found = vocabulary.load(name).rows
    assert len(found) == len(expected)
    # Order is kept too, so rows that share a text in place of a code are compared each with its own.
    for row, told in zip(found, expected, strict=True):
        cells = {
            **row.attributes,
            "code": row.code,
            "name": row.name,
            "source": row.source,
            "status": row.status,
        }
        for column, text in told.items():
            if text == "same" and column == "source":
                continue
            assert cells[KEYS[name].get(column, column)] == text, (name, row.code, column)


def test_the_status_of_a_fraud_code_joins_those_of_code_and_name():
    codes = vocabulary.load("nfib_codes")
    statuses = {code: codes.get(code).status for code in ("NFIB1D", "NFIB5B", "NFIB1B")}
    assert statuses == {"NFIB1D": "confirmed", "NFIB5B": "partial", "NFIB1B": "unconfirmed"}


def test_no_row_cites_another_row():
    for name in vocabulary.names():
        assert [row.code for row in vocabulary.load(name).rows if row.source in ("", "same")] == [], name
