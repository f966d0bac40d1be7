"""Drawing, giving out, reading, replacing, settling and signing off, as actions."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from audit_ground import answers, drawn, frame, give_all, in_sample, planned, read_by, read_everything

from fourfold.home import WrongUseError


def last() -> Any:
    from fourfold.web.trail.models import TrailEntry

    return TrailEntry.objects.first()


def decisions(kind: str) -> list[Any]:
    from fourfold.web.handover.models import OutboxDecision

    return list(OutboxDecision.objects.filter(kind=kind).order_by("made_at"))


@pytest.fixture
def people(make_person: Any) -> list[Any]:
    """Three auditors."""
    return [make_person(("auditor", "audit"), name=name) for name in ("Ada", "Ben", "Cleo")]


def readings(sample: Any, **asked: Any) -> list[Any]:
    from fourfold.web.audit.models import Reading

    return list(Reading.objects.filter(crime__sample=sample, **asked).select_related("crime"))


def test_a_plan_keeps_the_frame_and_a_seed_before_anything_is_drawn(people: Any) -> None:
    sample = planned(people[0])
    assert (sample.state, sample.size, sample.frame_hash) == ("planned", 250, frame().hash)
    assert [one["population"] for one in sample.frame["strata"]] == [12] * 5
    assert sample.seed is not None
    assert not sample.crimes.exists()
    assert (last().act, last().subject_refs) == ("audit_planned", [sample.ref])
    with pytest.raises(WrongUseError, match="already"):
        planned(people[0])


def test_a_draw_keeps_order_probability_and_design_and_tells_the_lake(people: Any, monkeypatch: Any) -> None:
    from fourfold.pipeline.audit_decisions import sample_of

    sample = drawn(people[0], monkeypatch, size=20)
    assert [one["drawn"] for one in sample.design] == [4] * 5
    first = in_sample(sample)
    assert [one.order for one in first] == [1, 2, 3, 4]
    assert {one.probability for one in first} == {4 / 12}
    assert set(sample.crimes.filter(role="replacement").values_list("state", flat=True)) == {"reserve"}
    assert sample.crimes.filter(is_twice=True).count() == 2, "a tenth of the sample"
    (decision,) = decisions("audit_drawn")
    assert (decision.subject, decision.subject_ref) == ("audit", sample.ref)
    told = sample_of(decision.value)
    assert told.frame_hash == sample.frame_hash
    assert sorted(told.crimes["crime_ref"]) == sorted(sample.crimes.values_list("crime_ref", flat=True))


def test_nothing_is_drawn_from_another_frame_than_the_one_that_was_seen(
    people: Any, monkeypatch: Any
) -> None:
    from fourfold.web.audit.actions import planning

    sample = planned(people[0])
    monkeypatch.setattr(planning, "frame_of", lambda sample: frame(each=13))
    with pytest.raises(planning.FrameChangedError):
        planning.draw(sample=sample.pk, allocation="equal", size=20, by=people[0], seen=sample.version)
    sample.refresh_from_db()
    assert (sample.state, sample.crimes.count(), decisions("audit_drawn")) == ("planned", 0, [])
    planning.look_again(sample=sample.pk, by=people[0])
    sample.refresh_from_db()
    assert sample.frame_hash == frame(each=13).hash


def test_crimes_are_given_out_evenly_and_second_readers_are_others(people: Any, monkeypatch: Any) -> None:
    sample = drawn(people[0], monkeypatch)
    found = give_all(sample, people[0])
    assert (found.given, found.without) == (22, 0)
    loads = Counter(one.reader_id for one in readings(sample))
    assert set(loads) == {one.pk for one in people}
    assert max(loads.values()) - min(loads.values()) <= 1
    for crime in sample.crimes.filter(is_twice=True):
        assert len(set(crime.readings.values_list("reader", flat=True))) == 2
    with pytest.raises(WrongUseError, match="its readers already"):
        give_all(sample, people[0])


def test_nobody_is_given_their_own_crimes_or_those_of_their_unit(make_person: Any, monkeypatch: Any) -> None:
    officer, of_unit, other = (
        make_person(("auditor", "audit"), name="Officer"),
        make_person(("auditor", "response-team-a"), name="Of unit"),
        make_person(("auditor", "audit"), name="Other"),
    )
    officer.officer_ref = "PC4711"
    officer.save()
    own = {f"HAT{n:03d}": "pc4711 " for n in range(12)}
    unit = {f"OTH{n:03d}": "Response Team A" for n in range(12)}
    sample = drawn(other, monkeypatch, frame(officer_ref=own, unit=unit), twice=["HAT000", "OTH000"])
    give_all(sample, other)
    strata = {
        pk: {one.crime.stratum for one in readings(sample, reader=pk)} for pk in (officer.pk, of_unit.pk)
    }
    assert "hate" not in strata[officer.pk]
    assert "other" not in strata[of_unit.pk]
    assert strata[officer.pk]
    assert strata[of_unit.pk]


def test_a_crime_that_nobody_may_read_stays_and_is_told(make_person: Any, monkeypatch: Any) -> None:
    alone = make_person(("auditor", "audit"))
    alone.officer_ref = "PC1"
    alone.save()
    sample = drawn(alone, monkeypatch, frame(officer_ref={f"HAT{n:03d}": "PC1" for n in range(12)}), twice=[])
    found = give_all(sample, alone)
    assert (found.given, found.without) == (16, 4)
    with pytest.raises(WrongUseError, match="Nobody may read"):
        give_all(sample, alone)


def test_whoever_reads_the_trail_is_no_reader_of_a_crime_that_two_read(
    make_person: Any, monkeypatch: Any
) -> None:
    sees_trail = make_person(("auditor", "audit"), ("data_protection", "information"))
    others = [make_person(("auditor", "audit")) for _ in range(2)]
    sample = drawn(others[0], monkeypatch)
    give_all(sample, others[0])
    assert readings(sample, reader=sees_trail)
    assert not readings(sample, reader=sees_trail, crime__is_twice=True)


def test_giving_by_hand_refuses_own_crimes_the_other_reader_and_what_is_handed_in(
    people: Any, monkeypatch: Any
) -> None:
    from fourfold.web.audit.actions.giving import give

    ada, ben, cleo = people
    ada.officer_ref = "PC1"
    ada.save()
    sample = drawn(cleo, monkeypatch, frame(officer_ref={f"HAT{n:03d}": "PC1" for n in range(12)}), twice=[])
    one, two = in_sample(sample)[:2]
    other = in_sample(sample, "other")[0]
    other.is_twice = True
    other.save()
    given, faults = give(sample=sample.pk, crimes=[one.pk, other.pk], reader=ada.pk, turn=1, by=cleo)
    assert (given, faults) == (1, [f"{one.crime_ref}: Ada may not read it."])
    for crime, reader, turn, by, fault in (
        (other, ada, 2, cleo, "in the other turn"),
        (two, ben, 2, cleo, "one reader alone"),
        (other, ben, 2, ben, "nobody gives it to themselves"),
        (other, ben, 2, ada, "you read it yourself"),
    ):
        with pytest.raises(WrongUseError, match=fault):
            give(sample=sample.pk, crimes=[crime.pk], reader=reader.pk, turn=turn, by=by)
    give(sample=sample.pk, crimes=[two.pk], reader=ben.pk, turn=1, by=cleo)
    give(sample=sample.pk, crimes=[two.pk], reader=cleo.pk, turn=1, by=ada)
    assert [r.reader_id for r in readings(sample, crime=two)] == [cleo.pk], "the other had not read it"
    read_by(cleo, two)
    with pytest.raises(WrongUseError, match="it is read"):
        give(sample=sample.pk, crimes=[two.pk], reader=ben.pk, turn=1, by=ada)


def test_a_reading_by_one_leaves_at_once_and_may_be_corrected_until_all_are_read(
    people: Any, monkeypatch: Any
) -> None:
    ada = people[0]
    sample = drawn(ada, monkeypatch, twice=[])
    give_all(sample, ada)
    reading = readings(sample, reader=ada)[0]
    read_by(ada, reading.crime)
    read_by(ada, reading.crime, answers(acknowledged="not_met"))
    told = decisions("audit_reading")
    assert [one.value["answers"]["acknowledged"]["answer"] for one in told] == ["met", "not_met"]
    assert {one.made_by for one in told} == {str(ada.pk)}
    assert {one.value["round"] for one in told} == {"first"}
    reading.crime.refresh_from_db()
    assert reading.crime.state == "read"
    read_everything(sample)
    assert sample.state == "read"
    with pytest.raises(WrongUseError):
        read_by(ada, reading.crime)


def test_a_crime_out_of_scope_is_counted_and_the_next_in_order_takes_its_place(
    people: Any, monkeypatch: Any
) -> None:
    from fourfold.web.audit.actions.reading import rule_out

    ada = people[0]
    sample = drawn(ada, monkeypatch, twice=[])
    give_all(sample, ada)
    order = list(sample.crimes.filter(stratum="hate").order_by("order").values_list("crime_ref", flat=True))
    took = []
    for gone in in_sample(sample)[:2]:
        (reading,) = readings(sample, crime=gone)
        rule_out(
            reading=reading.pk, reason="no_victim", words="The complaint was withdrawn", by=reading.reader
        )
        gone.refresh_from_db()
        assert gone.state == "out_of_scope"
        taker = gone.replaced_by.get()
        assert (taker.state, taker.readings.get().reader_id) == ("to_read", reading.reader_id)
        took.append(taker.crime_ref)
    assert took == order[4:6], "in the order that was drawn, which never changes"
    assert order == list(
        sample.crimes.filter(stratum="hate").order_by("order").values_list("crime_ref", flat=True)
    )
    assert [one.value["out_of_scope"] for one in decisions("audit_reading")] == ["no_victim"] * 2
    with pytest.raises(WrongUseError):
        read_by(ada, gone) if readings(sample, crime=gone, reader=ada) else rule_out(
            reading=reading.pk, reason="no_victim", words="Again", by=reading.reader
        )


def test_where_no_replacement_is_left_the_sample_is_smaller_and_says_so(
    people: Any, monkeypatch: Any
) -> None:
    from fourfold.web.audit.actions.reading import rule_out

    sample = drawn(people[0], monkeypatch, frame(each=4), twice=[])
    give_all(sample, people[0])
    gone = in_sample(sample)[0]
    (reading,) = readings(sample, crime=gone)
    rule_out(reading=reading.pk, reason="no_victim", words="None", by=reading.reader)
    assert not gone.replaced_by.exists()
    assert "No replacement is left" in sample.events.first().words
    read_everything(sample)
    assert sample.state == "read"


def twice(people: list[Any], monkeypatch: Any) -> tuple[Any, Any, Any, Any]:
    """A crime that two read, with its first and second reader."""
    sample = drawn(people[2], monkeypatch, twice=[])
    crime = in_sample(sample)[0]
    crime.is_twice = True
    crime.save()
    give_all(sample, people[2])
    first, second = (reading.reader for reading in crime.readings.order_by("turn"))
    return sample, crime, first, second


def test_nothing_of_a_crime_that_two_read_leaves_before_both_have_handed_it_in(
    people: Any, monkeypatch: Any
) -> None:
    sample, crime, first, second = twice(people, monkeypatch)
    before = sample.version
    read_by(first, crime)
    crime.refresh_from_db()
    sample.refresh_from_db()
    assert (crime.state, crime.version, decisions("audit_reading")) == ("to_read", 1, [])
    assert sample.version == before + 1, "giving out counted it on, reading did not"
    read_by(second, crime)
    crime.refresh_from_db()
    assert crime.state == "read"
    assert [(one.value["round"], one.made_by) for one in decisions("audit_reading")] == [
        ("first", str(first.pk)),
        ("second", str(second.pk)),
    ]


def test_differences_are_settled_by_the_two_and_both_are_kept(people: Any, monkeypatch: Any) -> None:
    from fourfold.web.accounts.permission import NotAllowedError
    from fourfold.web.audit.actions.settling import agree, propose

    _, crime, first, second = twice(people, monkeypatch)
    read_by(first, crime, answers(updated="not_met"))
    read_by(second, crime, answers(updated="not_recorded"))
    crime.refresh_from_db()
    assert (crime.state, decisions("audit_reading")) == ("to_settle", [])
    (third,) = [one for one in people if one.pk not in (first.pk, second.pk)]
    with pytest.raises(NotAllowedError):
        propose(crime=crime.pk, answers=answers(), by=third)
    propose(crime=crime.pk, answers=answers(updated="not_recorded"), by=first)
    with pytest.raises(WrongUseError, match="other reader has to agree"):
        agree(crime=crime.pk, by=first)
    with pytest.raises(WrongUseError, match="changed after you opened"):
        agree(crime=crime.pk, by=second, seen=crime.version)
    agree(crime=crime.pk, by=second)
    crime.refresh_from_db()
    assert crime.state == "read"
    told = [
        (one.value["round"], one.value["answers"]["updated"]["answer"]) for one in decisions("audit_reading")
    ]
    assert told == [("first", "not_met"), ("second", "not_recorded"), ("settled", "not_recorded")]


def test_two_who_differ_on_the_scope_settle_that(people: Any, monkeypatch: Any) -> None:
    from fourfold.web.audit.actions.reading import rule_out
    from fourfold.web.audit.actions.settling import agree, propose

    sample, crime, first, second = twice(people, monkeypatch)
    rule_out(reading=crime.readings.get(reader=first).pk, reason="other_force", words="Transferred", by=first)
    crime.refresh_from_db()
    assert (crime.state, sample.crimes.filter(replaces=crime).exists()) == ("to_read", False)
    read_by(second, crime)
    crime.refresh_from_db()
    assert crime.state == "to_settle"
    propose(crime=crime.pk, answers={}, scope_reason="other_force", scope_words="So it is", by=second)
    agree(crime=crime.pk, by=first)
    crime.refresh_from_db()
    assert crime.state == "out_of_scope"
    taker = crime.replaced_by.get()
    assert taker.is_twice
    assert {one.reader_id for one in taker.readings.all()} == {first.pk, second.pk}


def test_findings_are_the_arithmetic_of_the_engine_and_stand_as_they_were_signed(
    people: Any, monkeypatch: Any
) -> None:
    from fourfold.web.audit.actions.signing import approve
    from fourfold.web.audit.finding import findings_of

    ada, ben, _ = people
    sample = drawn(ada, monkeypatch, twice=[])
    give_all(sample, ada)
    for number, crime in enumerate(in_sample(sample)):
        (reading,) = readings(sample, crime=crime)
        read_by(
            reading.reader,
            crime,
            answers(updated=("met", "not_met", "not_recorded", "not_applicable")[number]),
        )
    read_everything(sample)
    told = findings_of(sample)
    row = next(r for r in told["findings"] if (r["question"], r["stratum"]) == ("updated", "hate"))
    assert [row[name] for name in ("met", "not_met", "not_recorded", "not_applicable")] == [1, 1, 1, 1]
    assert (row["recorded_value"], row["strict_value"], row["best_case_value"]) == (
        pytest.approx(1 / 2), pytest.approx(1 / 3), pytest.approx(2 / 3),
    )  # fmt: skip
    with pytest.raises(WrongUseError, match="You drew this sample"):
        approve(sample=sample.pk, findings=told, by=ada, seen=sample.version)
    with pytest.raises(WrongUseError, match="changed after you opened"):
        approve(sample=sample.pk, findings=told, by=ben, seen=sample.version - 1)
    approve(sample=sample.pk, findings=told, by=ben, seen=sample.version)
    sample.refresh_from_db()
    assert (sample.state, sample.approved_by_id) == ("approved", ben.pk)
    assert findings_of(sample)["findings"] == told["findings"]
    assert [one.subject_ref for one in decisions("audit_approved")] == [sample.ref]


def test_crimes_sent_back_are_read_again_and_findings_wait(people: Any, monkeypatch: Any) -> None:
    from fourfold.web.audit.actions.signing import send_back

    sample, crime, first, _ = twice(people, monkeypatch)
    read_everything(sample)
    alone = in_sample(sample)[1]
    signer = people[0]
    send_back(
        sample=sample.pk,
        crimes=[crime.pk, alone.pk],
        why="Evidence is missing",
        by=signer,
        seen=sample.version,
    )
    sample.refresh_from_db()
    crime.refresh_from_db()
    alone.refresh_from_db()
    assert (sample.state, crime.state, alone.state) == ("being_read", "to_settle", "to_read")
    (reading,) = readings(sample, crime=alone)
    read_by(reading.reader, alone)
    from fourfold.web.audit.actions.settling import agree, propose

    propose(crime=crime.pk, answers=answers(), by=first)
    agree(crime=crime.pk, by=crime.readings.exclude(reader=first).get().reader)
    sample.refresh_from_db()
    assert sample.state == "read"


def test_a_sample_withdrawn_stays_to_be_seen_and_another_may_be_planned(
    people: Any, monkeypatch: Any
) -> None:
    from fourfold.web.audit.actions.signing import withdraw

    ada = people[0]
    sample = drawn(ada, monkeypatch)
    with pytest.raises(WrongUseError, match="10 characters"):
        withdraw(sample=sample.pk, why="Because", by=ada)
    withdraw(sample=sample.pk, why="The extract lacked a week", by=ada)
    sample.refresh_from_db()
    assert (sample.state, last().act, last().why) == (
        "withdrawn",
        "audit_withdrawn",
        "The extract lacked a week",
    )
    assert [one.subject_ref for one in decisions("audit_withdrawn")] == [sample.ref]
    assert planned(ada).pk != sample.pk


def test_an_action_has_an_owner_and_a_day_and_ends_by_its_owner(
    people: Any, make_person: Any, monkeypatch: Any
) -> None:
    from datetime import date, timedelta

    from fourfold.web.accounts.permission import NotAllowedError
    from fourfold.web.audit.actions.acting import end_action, set_action

    ada = people[0]
    sample = drawn(ada, monkeypatch, twice=[])
    give_all(sample, ada)
    read_everything(sample)
    owner, other, nobody = make_person("victim_care"), make_person("analyst"), make_person("administrator")
    about = {"sample": sample.pk, "question": "updated", "stratum": "", "words": "Brief the teams", "by": ada}
    with pytest.raises(WrongUseError, match="today or later"):
        set_action(owner=owner, due_on=date.today() - timedelta(days=1), **about)
    with pytest.raises(WrongUseError, match="may not read findings"):
        set_action(owner=nobody, due_on=date.today(), **about)
    action = set_action(owner=owner, due_on=date.today(), **about)
    with pytest.raises(NotAllowedError):
        end_action(action=action.pk, state="done", words="Done", by=other)
    end_action(action=action.pk, state="done", words="Briefed on Monday", by=owner)
    with pytest.raises(WrongUseError, match="done already"):
        end_action(action=action.pk, state="dropped", words="No", by=ada)


def test_the_same_form_twice_changes_nothing(people: Any, monkeypatch: Any) -> None:
    from fourfold.web.audit.actions.changing import SavedAlreadyError
    from fourfold.web.audit.actions.reading import hand_in

    ada = people[0]
    sample = drawn(ada, monkeypatch, twice=[])
    give_all(sample, ada)
    reading = readings(sample, reader=ada)[0]
    hand_in(reading=reading.pk, answers=answers(), by=ada, seen=1, form_key="once")
    with pytest.raises(SavedAlreadyError):
        hand_in(reading=reading.pk, answers=answers("not_met"), by=ada, seen=1, form_key="once")
    with pytest.raises(WrongUseError, match="changed after you opened"):
        hand_in(reading=reading.pk, answers=answers("not_met"), by=ada, seen=1, form_key="twice")
    reading.refresh_from_db()
    assert reading.answers == answers()
