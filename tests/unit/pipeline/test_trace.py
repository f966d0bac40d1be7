"""From a figure to its records: what is shown, what is masked, what is only counted."""

from __future__ import annotations

import json

import pytest
from small_force import CRIME_HEADINGS, FRAUD_HEADINGS, MONTHS, SECRETS, crimes, reports, write

from fourfold.home import DataProblemError, WrongUseError
from fourfold.measures.figure import State
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.trace import MASK, is_masked
from fourfold.pipeline.trace_words import said, trace_text
from fourfold.pipeline.tracing import trace_figure
from fourfold.records import CaseEvent, Crime


def text_of(home, name: str, most: int = 20) -> str:
    return trace_text(trace_figure(home, name, most))


def test_a_figure_is_followed_to_the_row_of_the_file_it_came_from(loaded):
    found = trace_figure(loaded, "crime.burglary@2021-02", 3)
    assert (found.count, found.rows.height) == (10, 3)
    assert found.rows["crime_ref"].to_list() == ["K/02/0000", "K/02/0001", "K/02/0002"]
    # The file's heading is row 1 and January fills rows 2 to 11.
    assert found.rows["file_row"].to_list() == [12, 13, 14]
    text = trace_text(found)
    assert "   1  K/02/0000\n      row 12 of received/crimes.csv\n" in text
    assert "Records       10, of which 3 are shown" in text
    assert "recorded on 1 February 2021" in text


def test_every_record_is_counted_and_the_number_is_the_figure(loaded):
    found = trace_figure(loaded, "crime.burglary@2021-01..2021-03", 100)
    assert found.figure.value == found.count == found.rows.height == 30


@pytest.mark.parametrize(
    "name", ["fraud.reports@2021-01", "fraud.loss.mean@2021-01", "crime.burglary@2021-01"]
)
def test_no_personal_or_sensitive_value_is_told_in_words_or_in_json(loaded, name):
    found = trace_figure(loaded, name, 100)
    assert found.rows.height
    told = trace_text(found) + json.dumps(found.to_json(), default=str, ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in told] == []
    assert MASK in told


def test_masked_columns_are_named_and_a_gap_stays_a_gap(loaded):
    text = text_of(loaded, "fraud.reports@2021-01", 1)
    assert "masked: first names, last name, date of birth, ethnicity, email, postcode," in text
    assert "phone" not in text, "nobody gave a phone number, and masking must not hide that"


def test_a_column_that_a_view_joins_from_another_record_is_masked_as_it_is_there():
    assert is_masked("mo_text", Crime)
    assert is_masked("mo_text", CaseEvent)
    assert is_masked("date_of_birth", Crime)
    assert not is_masked("ho_code", CaseEvent)
    assert not is_masked("age_band", Crime)


def test_text_fits_80_columns_and_says_nothing_of_batches(loaded):
    text = text_of(loaded, "crime.burglary@2021-01..2021-03")
    assert max(map(len, text.splitlines())) <= 80
    assert "batch" not in text
    assert "told at" not in text


def test_a_definition_is_wrapped_beside_its_label(loaded):
    lines = text_of(loaded, "crime.burglary@2021-01").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("Definition"))
    assert lines[start].startswith("Definition    Crimes recorded")
    assert lines[start + 1].startswith(" " * 14)


@pytest.mark.parametrize("a_month", [1, 4])
def test_a_small_number_is_neither_told_nor_shown(home, tmp_path, a_month):
    home.prepare()
    home.write_settings({"force": "kent"})
    take_in(home, [write(tmp_path / "crimes.csv", CRIME_HEADINGS, crimes(a_month))])
    found = trace_figure(home, "crime.burglary@2021-01", 20)
    assert (found.count, found.rows, found.figure.value) == (None, None, None)
    assert found.figure.state is State.SUPPRESSED
    text = trace_text(found)
    assert "K/01" not in text
    assert "fewer than 5" in text


def test_a_small_number_is_not_told_where_the_figure_itself_has_no_value(home, tmp_path):
    """A change from nothing has no percentage, and its small count must not show beside that."""
    home.prepare()
    home.write_settings({"force": "kent"})
    robberies = crimes(9, MONTHS[:1], Offence="Robbery", **{"HO code": "34B"})
    rows = crimes(3, MONTHS[1:2]) + robberies
    take_in(home, [write(tmp_path / "crimes.csv", CRIME_HEADINGS, rows)])
    found = trace_figure(home, "crime.burglary.change@2021-02~2021-01", 20)
    assert (found.count, found.rows) == (None, None)
    assert found.figure.part("now") is None


def test_few_records_are_not_shown_where_they_do_not_state_what_is_asked(home, tmp_path):
    home.prepare()
    home.write_settings({"force": "kent"})
    silent = [{**row, "Loss (GBP)": ""} for row in reports(3)]
    take_in(home, [write(tmp_path / "fraud.csv", FRAUD_HEADINGS, silent)])
    found = trace_figure(home, "fraud.loss.mean@2021-01", 20)
    assert (found.count, found.rows) == (None, None)
    assert "NFRC" not in trace_text(found).replace("NFRC reference", "")


def test_a_nought_is_told(loaded):
    found = trace_figure(loaded, "crime.robbery@2021-01", 20)
    assert (found.count, found.rows, found.hints) == (0, None, ())
    assert "Records       0: there are none" in trace_text(found)


def test_a_value_that_no_record_has_is_pointed_out_with_the_near_one(loaded):
    text = text_of(loaded, "crime.burglary[district=Thannet]@2021-01")
    assert "No record of any period has district 'Thannet'. Is 'Thanet' meant?" in " ".join(text.split())
    text = text_of(loaded, "crime.burglary[force=kemt]@2021-01")
    assert "has force 'kemt'. Is 'kent' meant?" in " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("crime.burgalry@2021", "Is 'crime.burglary' meant?"),
        ("crime.burglary[distrct=Thanet]@2021", "Is 'district' meant?"),
        ("crime.burglary", "measure[dimension=value]@period"),
        ("crime.burglary.change@2021", "~BASELINE"),
    ],
)
def test_a_name_that_is_nearly_right_is_met_with_a_hint(loaded, name, hint):
    with pytest.raises(WrongUseError) as caught:
        trace_figure(loaded, name, 20)
    assert hint in str(caught.value)


def test_a_period_that_was_not_sent_is_no_nought(loaded):
    found = trace_figure(loaded, "crime.burglary@2020-12", 20)
    assert found.figure.state is State.MISSING
    assert "December 2020" in trace_text(found)


def test_nothing_loaded_says_what_to_do(home):
    with pytest.raises(DataProblemError, match="Nothing is loaded"):
        trace_figure(home, "crime.burglary@2021", 20)


def test_values_are_said_as_people_write_them(loaded):
    row = trace_figure(loaded, "crime.burglary@2021-01", 1).rows.to_dicts()[0]
    assert said(row["recorded_on"]) == "1 January 2021"
    assert [said(value) for value in (True, False, 623_235.0, 0.25, "x")] == [
        "yes",
        "no",
        "623235",
        "0.25",
        "x",
    ]
