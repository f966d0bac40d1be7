"""Groups of offences as worked examples: a crime in, its first group, all its groups, and what cannot be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clock_records import crime, frame, victim
from fourfold.home import WrongUseError
from fourfold.records import Crime, PersonRole
from fourfold.rules.offence_grouping import grouped, with_victim_kind
from fourfold.rules.offence_groups import offence_groups

DAY = date(2022, 1, 1)
FULL = {"domestic": False, "hate": False, "victim_at_work": False, "business_related": False}


def groups_of(name: str, people: list[dict[str, Any]] | None = None, **told: Any) -> dict[str, Any]:
    one = frame(Crime, [crime(**{**FULL, **told})])
    one = with_victim_kind(one, frame(PersonRole, [victim()] if people is None else people))
    return grouped(one, offence_groups(name, DAY)).row(0, named=True)


@pytest.mark.parametrize(
    ("told", "group", "flags"),
    [
        ({"ho_code": "8N"}, "violence_with_injury", ["violence_with_injury"]),
        ({"ho_code": "8N", "domestic": True}, "domestic", ["domestic", "violence_with_injury"]),
        (
            {"ho_code": "34B", "hate": True, "domestic": True},
            "domestic",
            ["domestic", "hate", "burglary_and_robbery"],
        ),
        ({"ho_code": "34B", "hate": True}, "hate", ["hate", "burglary_and_robbery"]),
        ({"ho_code": "30C"}, "burglary_and_robbery", ["burglary_and_robbery"]),
        ({"ho_code": "28A"}, "burglary_and_robbery", ["burglary_and_robbery"]),
        ({"ho_code": "105A"}, "other", ["other"]),
        ({"ho_code": "46"}, "other", ["other"]),
    ],
)
def test_the_audit_gives_a_crime_to_the_first_group_that_fits_and_keeps_them_all(told, group, flags):
    found = groups_of("audit.groups", **told)
    assert (found["group"], found["flags"], found["flags_unknown"]) == (group, flags, [])


@pytest.mark.parametrize(
    ("told", "flags", "unknown"),
    [
        # Nobody filled the flag in: by its class it is violence, and whether it is domestic stays open.
        ({"ho_code": "8N", "domestic": None}, ["violence_with_injury"], ["domestic"]),
        ({"ho_code": "46", "domestic": None, "hate": None}, ["other"], ["domestic", "hate"]),
        # An offence that no list knows: the flags are told, the class is not.
        (
            {"ho_code": None, "ho_code_raw": "999Z"},
            ["other"],
            ["violence_with_injury", "burglary_and_robbery"],
        ),
        ({"ho_code": None, "hate": True}, ["hate"], ["violence_with_injury", "burglary_and_robbery"]),
    ],
)
def test_a_blank_field_is_not_a_no(told, flags, unknown):
    found = groups_of("audit.groups", **told)
    assert (found["flags"], found["flags_unknown"]) == (flags, unknown)


SHOP_LTD = victim(organisation_name="Marl Stores")


@pytest.mark.parametrize(
    ("told", "people", "flags"),
    [
        ({"ho_code": "28E"}, None, ["burglary_and_robbery", "acquisitive"]),
        ({"ho_code": "46"}, [SHOP_LTD], ["other", "business"]),
        ({"ho_code": "30C"}, [SHOP_LTD], ["burglary_and_robbery", "business", "acquisitive"]),
        ({"ho_code": "8N", "victim_at_work": True}, None, ["violence_with_injury", "business"]),
        # The definition of 2019 leaves the public sector out.
        ({"ho_code": "46", "premises_type": "education"}, [SHOP_LTD], ["other"]),
        # The word of the victim and the premises alone are the definition of 2014, which is not the chosen one.
        ({"ho_code": "46", "business_related": True, "premises_type": "supermarket"}, None, ["other"]),
        ({"ho_code": "45"}, None, ["other", "acquisitive"]),
        ({"ho_code": "33A"}, None, ["other", "fraud"]),
        ({"ho_code": "53B"}, None, ["other", "fraud"]),
        ({"ho_code": None, "ho_code_raw": "NFIB3A"}, None, ["other", "fraud"]),
    ],
)
def test_fraud_business_and_acquisitive_crime_stand_beside_the_five(told, people, flags):
    found = groups_of("victims_code_reporting.groups", people, **told)
    assert (found["flags"], found["flags_unknown"]) == (flags, [])
    assert found["group"] == flags[0]


@pytest.mark.parametrize(
    ("told", "people"),
    [({"victim_at_work": None}, [victim()]), ({"victim_at_work": False}, []), ({"victim_at_work": None}, [])],
)
def test_whether_it_is_business_crime_is_open_where_the_fields_are_blank_or_no_victim_is_told_of(
    told, people
):
    found = groups_of("victims_code_reporting.groups", people, ho_code="46", **told)
    assert (found["flags"], found["flags_unknown"]) == (["other"], ["business"])


def test_a_force_states_its_own_groups_in_their_order(tmp_path: Path):
    (tmp_path / "audit.yaml").write_text(
        "groups:\n  values:\n    - from: 2020-01-01\n      source: Force policy 3\n      value:\n"
        "        - {group: shops, label: Theft from shops, subgroups: [Shoplifting]}\n"
        "        - {group: hate, label: Hate crime, flag: hate}\n"
    )
    crimes = frame(
        Crime,
        [
            crime(crime_ref="A", ho_code="46", hate=True),
            crime(crime_ref="B", hate=True),
            crime(crime_ref="C", hate=False),
        ],
    )
    found = grouped(crimes, offence_groups("audit.groups", DAY, tmp_path))
    assert found.select("crime_ref", "group").rows() == [("A", "shops"), ("B", "hate"), ("C", "none")]


def test_faulty_groups_are_all_named_at_once(tmp_path: Path):
    (tmp_path / "audit.yaml").write_text(
        "groups:\n  values:\n    - from: 2020-01-01\n      source: Force policy 3\n      value:\n"
        "        - {group: a, label: A, subgroups: [Shoplifing]}\n        - {group: b, label: B}\n"
        "        - {group: b, label: B, flag: drunk}\n        - {label: nameless}\n"
    )
    with pytest.raises(WrongUseError) as told:
        offence_groups("audit.groups", DAY, tmp_path)
    for words in (
        "Shoplifing is none of the subgroups",
        "b: it says nothing",
        "must be domestic or hate",
        "a group needs",
        "b stands twice",
    ):
        assert words in str(told.value)


def test_business_crime_is_not_guessed_without_the_column_that_tells_it():
    with pytest.raises(WrongUseError, match="victim_is_organisation"):
        grouped(frame(Crime, [crime()]), offence_groups("victims_code_reporting.groups", DAY))


def test_an_empty_table_gives_an_empty_one_of_the_same_shape():
    empty = with_victim_kind(frame(Crime, []), frame(PersonRole, []))
    found = grouped(empty, offence_groups("victims_code_reporting.groups", DAY))
    assert found.schema == {
        "crime_ref": pl.String,
        "group": pl.String,
        "flags": pl.List(pl.String),
        "flags_unknown": pl.List(pl.String),
    }
