"""People through the lake: weeks that add up to the whole, reviewers' answers obeyed, and names that lead on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
from small_force import CRIME_HEADINGS, FRAUD_HEADINGS, crimes, reports, write

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.link.answers import decision_value
from fourfold.pipeline import people as module
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.link_training import keep, propose
from fourfold.pipeline.refresh import refresh

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
FIRST, SECOND, LAST = "NFRC2101000000", "NFRC2101000001", "NFRC2101000011"


def table(home: Home, name: str) -> pl.DataFrame:
    found = Lake(home.lake).scan(name)
    assert found is not None
    return found.collect()


def people_of(home: Home) -> dict[str, str]:
    return dict(table(home, "person_link").select("record_ref", "person_id").iter_rows())


def decided(home: Home, number: int, join: bool, left: str, right: str, kind: str = "link_decision") -> Any:
    value = decision_value(join, ("fraud_report", left), ("fraud_report", right))
    return take_decisions(
        home,
        [{"decision_id": f"{number:032x}", "kind": kind, "subject": "person", "subject_ref": left, "value": value,
          "role": "analyst", "unit": "u", "made_by": "7", "made_at": NOW + timedelta(minutes=number)}],
    )  # fmt: skip


def a_week(home: Home, name: str, *rows: dict[str, str]) -> None:
    take_in(home, [write(home.path / f"{name}.csv", FRAUD_HEADINGS, list(rows))])


def named(ref: str, **changed: str) -> dict[str, str]:
    return {**reports(1)[0], "NFRC reference": ref, "Date reported": "03/02/2021", **changed}


def test_weeks_one_after_the_other_make_the_tables_of_all_at_once(loaded: Home, monkeypatch) -> None:
    refresh(loaded)
    a_week(loaded, "one", named("W1", **{"First names": "Zebeddee"}), named("W2", **{"Last name": "Other"}))
    calls = []
    real = module.score_records

    def watched(new: pl.DataFrame, old: pl.DataFrame | None, model: Any, most_names: int) -> pl.DataFrame:
        calls.append((new.height, 0 if old is None else old.height))
        return real(new, old, model, most_names)

    monkeypatch.setattr(module, "score_records", watched)
    refresh(loaded)
    assert calls == [(2, 12)], "only what is new is scored, against all"
    by_week = {name: table(loaded, name) for name in ("link_edge", "person_link", "link_review")}
    everything = table(loaded, "link_record")
    model = module.read_model("made-up-2026-11-27")
    assert real(everything, None, model, 50).sort(module.EDGE_KEY).equals(by_week["link_edge"])
    assert by_week["person_link"].filter(record_ref="W1")["person_id"].item() == FIRST
    said = by_week["person_link"].filter(record_ref="W1")["evidence"].item()
    assert said.startswith("first names written nearly alike, the same last name, the same date of birth")


def test_a_row_that_is_told_anew_is_scored_anew(loaded: Home) -> None:
    refresh(loaded)
    other = {
        "First names": "Yan",
        "Last name": "Ofori",
        "Date of birth": "01/02/1980",
        "Email": "",
        "Postcode": "ZE2 1AA",
    }
    a_week(loaded, "corrected", {**reports(12)[-1], **other})
    refresh(loaded)
    assert people_of(loaded)[LAST] == LAST
    assert set(people_of(loaded).values()) == {FIRST, LAST}


def test_echoes_whose_first_is_told_anew_find_each_other_again(loaded: Home) -> None:
    refresh(loaded)
    assert set(table(loaded, "link_edge")["ref_a"]) == {FIRST}, "all say the same as the first"
    a_week(loaded, "corrected", {**reports(12)[0], "First names": "Yan", "Last name": "Ofori", "Date of birth": "01/02/1980",
                                 "Email": "", "Postcode": "ZE2 1AA"})  # fmt: skip
    refresh(loaded)
    assert set(people_of(loaded).values()) == {FIRST, SECOND}
    model = module.read_model("made-up-2026-11-27")
    anew = module.score_records(table(loaded, "link_record"), None, model, 50).sort(module.EDGE_KEY)
    assert anew.equals(table(loaded, "link_edge"))


def test_a_parting_holds_for_ever_and_a_later_answer_takes_its_place(loaded: Home) -> None:
    refresh(loaded)
    assert set(people_of(loaded).values()) == {FIRST}
    decided(loaded, 1, False, FIRST, LAST)
    refresh(loaded)
    assert people_of(loaded)[FIRST] != people_of(loaded)[LAST]
    a_week(loaded, "more", named("W1"), named("W2"))
    refresh(loaded)
    assert people_of(loaded)[FIRST] != people_of(loaded)[LAST], "no later record brings them together"
    decided(loaded, 2, True, LAST, FIRST)
    refresh(loaded)
    assert set(people_of(loaded).values()) == {FIRST}


def test_a_name_that_is_no_more_leads_to_the_older_one(loaded: Home) -> None:
    a_week(
        loaded,
        "one",
        named("W1", **{"First names": "Yan", "Last name": "Ofori", "Date of birth": "", "Email": ""}),
    )
    refresh(loaded)
    assert people_of(loaded)["W1"] == "W1"
    decided(loaded, 1, True, "W1", SECOND)
    refresh(loaded)
    assert people_of(loaded)["W1"] == FIRST
    assert table(loaded, "person_alias").rows() == [("W1", FIRST)]
    decided(loaded, 2, False, "W1", SECOND)
    refresh(loaded)
    assert people_of(loaded)["W1"] == "W1"
    assert table(loaded, "person_alias").rows() == []


def test_a_decision_that_names_no_pair_is_set_aside_at_the_door(loaded: Home) -> None:
    bad = {"decision_id": "b" * 32, "kind": "link_decision", "subject": "person", "subject_ref": "x", "made_by": "7",
           "value": {"join": "yes", "left": "fraud_report/A", "right": "B"}, "made_at": NOW}  # fmt: skip
    assert take_decisions(loaded, [bad]).quarantined == 1
    refresh(loaded)
    assert set(people_of(loaded).values()) == {FIRST}


def test_details_corrected_at_the_desk_find_the_next_report(loaded: Home) -> None:
    bare = {"Date of birth": "", "Email": "new@example.org", "Postcode": ""}
    a_week(loaded, "next", named("W1", **bare))
    refresh(loaded)
    assert people_of(loaded)["W1"] == "W1"
    take_decisions(
        loaded,
        [{"decision_id": "c" * 32, "kind": "details_corrected", "subject": "person", "subject_ref": FIRST,
          "value": {"fields": ["email"], "details": {"email": "new@example.org"}}, "made_by": "7", "made_at": NOW}],
    )  # fmt: skip
    refresh(loaded)
    assert people_of(loaded)["W1"] == FIRST
    assert table(loaded, "fraud_report")["email"].unique().sort().to_list() == [
        "new@example.org",
        "zq@example.org",
    ]


def test_repeat_victims_and_the_hand_over_follow_from_the_people(loaded: Home) -> None:
    a_week(loaded, "recovery", named("W1", **{"NFIB code": "NFIB1E"}))
    refresh(loaded)
    (again,) = table(loaded, "repeat_victim").filter(kind="person").to_dicts()
    assert (again["subject_ref"], again["reports"], again["goes_to_partner"]) == (FIRST, 13, True)
    assert (again["kinds"], again["recovery_by"]) == ('{"NFIB1D": 12, "NFIB1E": 1}', "code")


def test_a_model_is_trained_apart_says_its_effect_and_counts_only_once_it_is_named(loaded: Home) -> None:
    others = [
        named(f"V{n}", **{"First names": f"Ada{n}", "Last name": f"Long{n}", "Date of birth": f"{n + 1:02d}/03/1970",
                          "Email": f"ada{n}@example.org", "Postcode": f"ZE{n} 1AA"})
        for n in range(9)
    ]  # fmt: skip
    a_week(loaded, "others", *others)
    refresh(loaded)
    before = people_of(loaded)
    proposal = propose(loaded, "own-1", date(2026, 11, 27), "our first records")
    assert proposal.effect is not None
    assert proposal.effect.standing == "made-up-2026-11-27"
    assert proposal.effect.people_before == len(set(before.values())) == 10
    assert proposal.effect.pairs.height <= 40
    path = keep(proposal, loaded)
    assert path.parent == loaded.path / "models"
    refresh(loaded)
    assert people_of(loaded) == before
    (loaded.policy / "linkage.yaml").write_text(
        "model:\n  values:\n    - {value: own-1, from: 2018-01-01, source: minutes of the linkage board}\n"
    )
    refresh(loaded)
    assert Lake(loaded.lake).current().derived["link_edge"]["model"] == "own-1"


def test_a_repeat_victim_first_known_from_a_crime_is_found_on_the_list_of_victim_care(loaded: Home) -> None:
    earlier = crimes(1, (date(2020, 6, 1),))[0]
    same = {
        name: reports(1)[0][name]
        for name in ("First names", "Last name", "Date of birth", "Email", "Postcode")
    }
    victim = {"Crime number": earlier["Crime number"], "Person ref": "P1", "Role": "Victim", **same}
    take_in(loaded, [write(loaded.path / "crime.csv", CRIME_HEADINGS, [earlier])])
    take_in(loaded, [write(loaded.path / "people.csv", list(victim), [victim])])
    refresh(loaded)
    assert not people_of(loaded)[FIRST].startswith("NFRC"), "the person is named after the crime"
    (again,) = table(loaded, "repeat_victim").filter(kind="person").to_dicts()
    assert again["subject_ref"] == FIRST, "and the crime goes by the name that the reports have"
    assert (again["reports"], again["crimes"], again["first_on"]) == (12, 1, date(2020, 6, 1))
    assert again["listed_for"] is not None, "victim care was asked to contact them"
