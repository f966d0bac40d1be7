"""Recorded crime by kind, business crime and shop workers: records in, figures out (paragraphs 3, 23 to 31)."""

from datetime import date

import pytest

from fourfold.measures.figure import State
from fourfold.records import Crime, PersonRole
from measure_records import each_month, figures_of

JUNE = date(2021, 6, 15)
ALL_CODES = ("28E", "29A", "30C", "31A", "34A", "34B", "39", "48", "37.2", "45", "46", "126", None)


def crimes(*rows, roles=None, policy=None):
    months = each_month("2021", "recorded_on", ho_code="46", crime_ref=None)
    for number, row in enumerate(months):
        row["crime_ref"] = f"month-{number}"
    tables = {Crime: [*months, *({"recorded_on": JUNE, **row} for row in rows)]}
    return figures_of(tables if roles is None else {**tables, PersonRole: roles}, policy=policy)


def value(figures, measure, **slices):
    inside = ",".join(f"{key}={told}" for key, told in {"force": "here", **slices}.items())
    return figures.get(f"{measure}[{inside}]@2021").value


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        ("crime.burglary", {"28E", "29A", "30C", "31A"}),
        ("crime.burglary_residential", {"28E", "29A"}),
        ("crime.robbery", {"34A", "34B"}),
        ("crime.theft_from_person", {"39"}),
        ("crime.theft_of_vehicle", {"48", "37.2"}),  # theft of, and aggravated taking
        ("crime.theft_from_vehicle", {"45"}),  # theft from is another crime (paragraph 3 against 29)
        (
            "crime.neighbourhood.national",
            {"28E", "29A", "30C", "31A", "34A", "34B", "39", "48", "37.2", "45"},
        ),
        ("crime.neighbourhood.beating_crime_plan", {"28E", "29A", "34B", "39", "48", "37.2", "45"}),
        ("crime.neighbourhood.hmicfrs_serious_acquisitive", {"28E", "29A", "34B", "39", "48", "45"}),
    ],
)
def test_each_kind_counts_its_classes_and_no_other(measure, codes):
    for code in ALL_CODES:
        assert value(crimes({"ho_code": code}), measure) == (1 if code in codes else 0), code


def test_neighbourhood_crime_names_the_definition_used_and_what_it_leaves_open():
    figures = crimes()
    national = figures.get("crime.neighbourhood[force=here]@2021")
    assert "2022 board paper, note 6" in national.definition
    assert "does not settle whether class 45 counts" in national.definition
    inspectorate = figures.get("crime.neighbourhood.hmicfrs_serious_acquisitive[force=here]@2021")
    assert "HMICFRS" in inspectorate.definition


def test_the_definition_of_neighbourhood_crime_is_a_choice_of_the_force(tmp_path):
    (tmp_path / "definitions.yaml").write_text(
        "default_neighbourhood_crime:\n  title: Ours\n  values:\n"
        "    - {value: hmicfrs_serious_acquisitive, from: 2019-01-01, source: Here Police, status: our choice}\n"
    )
    rows = ({"ho_code": "30C"}, {"ho_code": "28E"})
    assert value(crimes(*rows), "crime.neighbourhood") == 2
    assert value(crimes(*rows, policy=tmp_path), "crime.neighbourhood") == 1


def test_a_class_that_is_not_known_is_in_the_total_only():
    # "48/1": a local sub-class that no public list ties to a class is kept as told and not guessed at.
    figures = crimes({"ho_code": None, "ho_code_raw": "48/1"})
    assert value(figures, "crime.all") == 13
    assert value(figures, "crime.theft_of_vehicle") == 0
    filled = figures.get("quality.crime.ho_code[force=here]@2021")
    assert (filled.part("part"), filled.part("whole"), filled.words) == (12, 13, "92.3%")


@pytest.mark.parametrize(
    "cancelled", [{"status": "cancelled"}, {"status": "filed", "cancelled_on": date(2022, 1, 5)}]
)
def test_a_cancelled_crime_is_not_counted_whichever_way_it_is_marked(cancelled):
    assert value(crimes({"ho_code": "28E"}, {"ho_code": "28E", **cancelled}), "crime.burglary") == 1


def test_a_crime_counts_on_the_day_it_was_recorded_and_in_its_district():
    figures = crimes(
        {"ho_code": "39", "district": "Solihull"},
        {"ho_code": "39", "district": "Bristol, City of"},
        {"ho_code": "39", "district": None},
    )
    assert value(figures, "crime.theft_from_person", district="Solihull") == 1
    assert value(figures, "crime.theft_from_person", district='"Bristol, City of"') == 1
    assert value(figures, "crime.theft_from_person") == 3


def business(rows, roles=(), **more):
    roles = [{"crime_ref": ref, "organisation_name": name} for ref, name in roles]
    return crimes(*rows, roles=roles or [{"crime_ref": "none", "organisation_name": None}], **more)


def test_business_crime_of_2019_is_of_a_business_or_a_person_at_work():
    rows = [
        {"crime_ref": "firm", "ho_code": "46"},
        {"crime_ref": "at work", "ho_code": "8N", "victim_at_work": True},
        {"crime_ref": "off work", "ho_code": "8N", "victim_at_work": False},
        {"crime_ref": "blank", "ho_code": "8N"},
        {"crime_ref": "in a shop only", "ho_code": "39", "premises_type": "shop"},
        {"crime_ref": "school", "ho_code": "46", "premises_type": "education"},
        {"crime_ref": "believed", "ho_code": "39", "business_related": True},
    ]
    figures = business(
        rows, roles=[("firm", "Bakery Ltd"), ("firm", "Landlord Ltd"), ("school", "The school")]
    )
    assert value(figures, "business.crimes") == value(figures, "business.crimes.npcc_2019") == 2
    # The 2014/15 text: anything on business premises, and the victim's word; it leaves nobody out.
    assert value(figures, "business.crimes.acpo_2014") == 5
    assert "Police Chiefs' Council" in figures.get("business.crimes[force=here]@2021").definition
    assert any("floor" in caveat for caveat in figures.get("business.crimes[force=here]@2021").caveats)


def test_the_definition_printed_is_the_one_counted_by(tmp_path):
    (tmp_path / "definitions.yaml").write_text(
        "default_business_crime:\n  title: Ours\n  values:\n"
        "    - {value: acpo_2014, from: 2010-01-01, source: Here Police, status: our choice}\n"
    )
    figures = business([{"ho_code": "39", "premises_type": "shop"}], policy=tmp_path)
    old = figures.get("business.crimes[force=here]@2021")
    assert old.value == 1
    assert "Any crime tied to a business" in old.definition


def test_without_the_people_file_business_crime_is_not_known_rather_than_low():
    none = crimes({"ho_code": "46", "victim_at_work": True}).get("business.crimes[force=here]@2021")
    assert (none.state, none.why) == (State.MISSING, "no person role records are loaded")


def test_violence_against_shop_workers_counts_only_what_the_optional_fields_say():
    figures = crimes(
        {"ho_code": "8N", "victim_at_work": True, "premises_type": "convenience_store"},
        {"ho_code": "9A", "victim_at_work": True, "premises_type": "petrol_station"},
        {"ho_code": "8L", "victim_at_work": True, "premises_type": "shop"},
        {"ho_code": "46", "victim_at_work": True, "premises_type": "shop"},  # theft, not violence
        {"ho_code": "8N", "victim_at_work": None, "premises_type": "shop"},  # not filled in: not counted
        {"ho_code": "8N", "victim_at_work": True, "premises_type": None},
        {"ho_code": "8N", "victim_at_work": True, "premises_type": "office"},
    )
    found = figures.get("business.shop_workers[force=here]@2021")
    assert found.value == 3
    assert any("floor" in caveat for caveat in found.caveats)
    beside = figures.get("quality.crime.victim_at_work[force=here]@2021")
    assert (beside.part("part"), beside.part("whole")) == (6, 19)
