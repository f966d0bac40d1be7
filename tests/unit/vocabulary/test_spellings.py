"""Worked examples of loose spellings, and that no text at all can break the rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold import vocabulary
from fourfold.vocabulary.nfib import is_cyber, normalise_nfib
from fourfold.vocabulary.offences import codes_of_subgroup, normalise_offence
from fourfold.vocabulary.outcomes import is_an_outcome, main_type, normalise_outcome


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("NFIB90", "NFIB90"),
        ("NFIB 90 -", "NFIB90"),
        ("Nfib90 - Other fraud (not covered elsewhere)", "NFIB90"),
        ("90", "NFIB90"),
        ("90.0", "NFIB90"),
        ("nfib1d", "NFIB1D"),
        ("1D", "NFIB1D"),
        ("01d", "NFIB1D"),
        ("NFIB-1D", "NFIB1D"),
        ("NFIB 1 D", "NFIB1D"),
        ("NFIB_1D", "NFIB1D"),
        ("NFIB 1D Dating scam", "NFIB1D"),
        ("Romance Fraud", "NFIB1D"),
        ("dating scam (romance fraud)", "NFIB1D"),
        ("50A", "NFIB50A"),
        ("nfib 52-b", "NFIB52B"),
        ("Hacking – Personal", "NFIB52B"),
        ("Counterfeit cashier's cheques", "NFIB1C"),
        ("NFIB7 Telecom industry fraud", "NFIB7"),
        ("9", "NFIB9"),
    ],
)
def test_a_loose_nfib_code_is_found(raw, code):
    assert normalise_nfib(raw) == code


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "  ",
        "90 reports",
        "NFIB 1",
        "NFIB90A",
        "NFIB 19-20",
        "12/03/2021",
        "courier fraud",
        "1,5",
        "NFIB",
        "190",
    ],
)
def test_what_is_no_nfib_code_is_unknown(raw):
    assert normalise_nfib(raw) is None


def test_a_name_that_two_codes_share_in_part_is_not_guessed():
    # "Hacking" alone could be any of five codes; "Denial of service attack" is one code to the letter.
    assert normalise_nfib("Hacking") is None
    assert normalise_nfib("Denial of service attack") == "NFIB51A"
    assert normalise_nfib("Denial of service attack (extortion)") == "NFIB51B"


def test_computer_misuse_is_told_from_fraud_and_from_unknown():
    assert [is_cyber(code) for code in ("NFIB52B", "NFIB1D", "NFIB99")] == [True, False, None]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1", "1"),
        ("01", "1"),
        ("1.0", "1"),
        ("Type 1", "1"),
        ("charged", "1"),
        ("Charged/Summonsed", "1"),
        ("1A", "1A"),
        ("1a", "1A"),
        ("Outcome 1A", "1A"),
        ("Charged/Summons - alternate offence", "1A"),
        ("Postal charge", "1B"),
        ("HO outcome 18 - no suspect", "18"),
        ("Outcome type 14", "14"),
        ("14: Evidential difficulties", "14"),
        ("16 Evidential difficulties - named suspect; victim does not support (or withdrew support)", "16"),
        ("Other agency takes primacy", "20"),
        ("0", "0"),
    ],
)
def test_a_loose_outcome_is_found_and_a_sub_code_is_kept(raw, code):
    assert normalise_outcome(raw) == code


@pytest.mark.parametrize("raw", [None, "", "14 days", "23", "1C", "1-2", "positive", "2021-03-04"])
def test_what_is_no_outcome_is_unknown(raw):
    assert normalise_outcome(raw) is None


def test_a_sub_code_counts_under_its_main_type():
    assert [main_type(code) for code in ("1A", "1E", "3A", "18", "99")] == ["1", "1", "3", "18", None]


def test_not_yet_assigned_is_no_outcome():
    assert [is_an_outcome(code) for code in ("0", "18", "99")] == [False, True, None]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("28E", "28E"),
        ("28e", "28E"),
        ("028E", "28E"),
        ("28/E", "28E"),
        ("28E - Burglary residential", "28E"),
        ("48", "48"),
        ("48 ", "48"),
        ("048", "48"),
        ("48.0", "48"),
        ("HO 48", "48"),
        ("34B", "34B"),
        ("Robbery of personal property", "34B"),
        ("37.2", "37.2"),
        ("037.2", "37.2"),
        ("HO 37.2 - Aggravated vehicle taking", "37.2"),
        ("105a", "105A"),
        ("49A", "49A"),
        ("49", "49"),
    ],
)
def test_a_loose_offence_class_is_found(raw, code):
    assert normalise_offence(raw) == code


@pytest.mark.parametrize(
    "raw", [None, "", "8/6", "48/1", "(new 2023)", "NFIB*", "28", "28 days", "(Crime and Policing Bill)"]
)
def test_what_is_no_offence_class_is_unknown(raw):
    assert normalise_offence(raw) is None


def test_theft_of_and_theft_from_a_vehicle_stay_apart():
    assert (normalise_offence("Theft of motor vehicle"), normalise_offence("Theft from motor vehicle")) == (
        "48",
        "45",
    )
    assert codes_of_subgroup("Theft from a vehicle") == ("45",)
    assert codes_of_subgroup("Theft of a motor vehicle") == ("37.2", "48")


def test_rows_without_a_code_of_their_own_are_listed_but_not_looked_up():
    offences = vocabulary.load("offence_groups")
    listed = [row.code for row in offences.rows if not row.can_be_looked_up]
    assert listed == ["(new 2023)", "(new 2023)", "(Crime and Policing Bill)", "NFIB*"]
    assert not set(listed) & set(offences.codes())
    assert offences.get("(new 2023)") is None


# Texts near to real ones find more than any text does.
near_codes = st.from_regex(
    r"(?i)\s?(nfib|ho|outcome|type)?[ \-_/:.]{0,2}\d{0,4}[ \-/.]?[a-z]?[ \-:(]?\w{0,6}", fullmatch=True
)


@pytest.mark.parametrize("name", vocabulary.names())
@given(raw=st.one_of(st.none(), st.text(), near_codes))
def test_any_text_gives_none_or_a_code_of_the_list(name, raw):
    codes = vocabulary.load(name)
    found = codes.normalise(raw)
    assert found is None or found in codes.codes()


@pytest.mark.parametrize("name", vocabulary.names())
def test_every_code_is_its_own_spelling(name):
    codes = vocabulary.load(name)
    for code in codes.codes():
        assert codes.normalise(code) == code
        assert codes.normalise(f" {code.upper()} ") == code
        # The file writes the code in front of the name.
        assert codes.normalise(f"{code} - {codes.get(code).name}") == code
