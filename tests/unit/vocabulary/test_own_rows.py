"""A force's own rows: added or put in place, each with its source, or refused with file and row."""

from __future__ import annotations

import os
from datetime import date

import pytest

from fourfold import vocabulary
from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.vocabulary.bank_holidays import bank_holidays, last_year
from fourfold.vocabulary.nfib import normalise_nfib
from fourfold.vocabulary.outcomes import main_type, normalise_outcome


def test_a_code_is_added_and_found_by_its_loose_spelling(tmp_path):
    (tmp_path / "ho_outcomes.csv").write_text(
        "code,name,main_type,source\n1C,Summons by post,1,Force policy 12\n"
    )
    assert normalise_outcome("outcome 1c", tmp_path) == "1C"
    assert main_type("1C", tmp_path) == "1"
    assert normalise_outcome("outcome 1c") is None


def test_a_row_replaces_only_the_columns_its_file_has(tmp_path):
    (tmp_path / "nfib_codes.csv").write_text(
        "code,aliases,source\nNFIB1D,Sweetheart scam,Force glossary 2025\n"
    )
    row = vocabulary.load("nfib_codes", tmp_path).get("NFIB1D")
    assert row.name == "Dating scam (romance fraud)"
    assert row.attributes["parent_group"] == "Advance fee payments"
    assert (row.source, row.status) == ("Force glossary 2025", "local")
    assert normalise_nfib("sweetheart scam", tmp_path) == "NFIB1D"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code,name,source\nNFIB2F,New fraud,\n", "nfib_codes.csv, row 2: the source is empty"),
        ("code,name,source\nNFIB2F,New,Memo\n,Other,Memo\n", "row 3: the code is empty"),
        ("code,name\nNFIB2F,New fraud\n", "row 1: the column source is missing"),
        ("code,parent_groop,source\nNFIB2F,x,Memo\n", "Did you mean parent_group"),
        ("code,source\nNFIB2F,Memo\nNFIB2F,Memo\n", "row 3: NFIB2F stands twice"),
        ("code,source,valid_from\nNFIB2F,Memo,1 April 2026\n", "row 2: Invalid isoformat"),
        (
            "code,source,valid_from,valid_to\nNFIB2F,Memo,2026-04-01,2026-03-31\n",
            "valid_to is before valid_from",
        ),
        ("code,source\nNFIB2F,Memo,of May\n", "row 2: there are more cells than headings"),
    ],
)
def test_a_fault_is_told_with_file_and_row(tmp_path, text, told):
    (tmp_path / "nfib_codes.csv").write_text(text)
    with pytest.raises(WrongUseError, match=told):
        vocabulary.load("nfib_codes", tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "nfib_codes.csv").write_bytes(b"code,source\n\xff\xfe,Memo\n")
    with pytest.raises(WrongUseError, match="Save it as CSV in UTF-8"):
        vocabulary.load("nfib_codes", tmp_path)


def test_a_file_with_no_list_s_name_is_told(tmp_path):
    (tmp_path / "nfib_code.csv").write_text("code,source\nA,Memo\n")
    with pytest.raises(WrongUseError, match=r"Did you mean nfib_codes\.csv"):
        vocabulary.check(tmp_path)


def test_the_lists_a_force_has_rows_for(tmp_path):
    assert vocabulary.check(tmp_path / "none") == []
    (tmp_path / "forces.csv").write_text("code,name,source\ncaledonia,Caledonia Police,Made up\n")
    assert vocabulary.check(tmp_path) == ["forces"]


def test_a_file_that_changed_is_read_again(tmp_path):
    path = tmp_path / "forces.csv"
    path.write_text("code,name,source\ncaledonia,Caledonia Police,Made up\n")
    assert vocabulary.load("forces", tmp_path).normalise("Caledonia Police") == "caledonia"
    path.write_text("code,name,source\ncaledonia,Caledonian Police,Made up\n")
    os.utime(path, ns=(1, 1))
    assert vocabulary.load("forces", tmp_path).normalise("Caledonia Police") is None


def test_the_version_follows_the_force_s_own_rows(tmp_path):
    shipped = vocabulary.version()
    assert vocabulary.version() == shipped == vocabulary.version(tmp_path)
    (tmp_path / "forces.csv").write_text("code,name,source\ncaledonia,Caledonia Police,Made up\n")
    assert vocabulary.version(tmp_path) != shipped


def test_one_holiday_ahead_does_not_make_its_year_known(tmp_path):
    (tmp_path / "bank_holidays_ew.csv").write_text(
        "code,name,source\n2026-07-13,Extra bank holiday,Proclamation\n2029-01-01,New Year,Reckoned\n"
    )
    assert date(2026, 7, 13) in bank_holidays(2026, tmp_path)
    assert last_year(tmp_path) == 2028
    with pytest.raises(CouldNotRunError, match="2029"):
        bank_holidays(2029, tmp_path)


def test_a_holiday_that_is_no_day_is_refused(tmp_path):
    (tmp_path / "bank_holidays_ew.csv").write_text("code,name,source\n13 July 2026,Extra,Proclamation\n")
    with pytest.raises(WrongUseError, match="written as 2029-01-01"):
        bank_holidays(2026, tmp_path)
