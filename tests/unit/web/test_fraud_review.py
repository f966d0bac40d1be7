"""Review of markers: rounds, answers, skip, undo, two readers, differences settled, and a new marker tried out first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from fraud_records import COURIER, fraud_lake

NAME = "courier_fraud"


@pytest.fixture(scope="module")
def lake(web: Any) -> Iterator[Any]:
    with fraud_lake(web):
        yield web


def page(what: str) -> str:
    return reverse(f"fraud:{what}", args=[NAME])


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def shown(client: Any) -> str:
    """The reference of the record that the queue shows; '' where it shows none."""
    found = re.search(r'name="ref" value="([^"]+)"', client.get(page("review")).content.decode())
    return found[1] if found else ""


def answer(client: Any, told: str, ref: str = "") -> str:
    ref = ref or shown(client)
    client.post(page("answer"), {"ref": ref, "answer": told})
    return ref


@pytest.fixture
def reader(lake: Any, register: Any, browse: Any) -> Any:
    client = browse("analyst")
    assert client.post(page("begin"))["Location"] == page("review")
    return client


def decisions(kind: str = "marker_review") -> list[Any]:
    from fourfold.web.handover.models import OutboxDecision

    return list(OutboxDecision.objects.filter(kind=kind).order_by("made_at"))


def test_a_round_is_drawn_by_lot_and_is_a_decision(reader: Any) -> None:
    from fourfold.web.fraud.models import ReviewRound

    opened = ReviewRound.objects.get()
    (drawn,) = decisions("marker_round")
    assert (drawn.subject, drawn.subject_ref) == ("marker", NAME)
    assert drawn.value["records"] == opened.value["records"]
    assert len(opened.value["records"]) > 20


def test_an_answer_leaves_with_round_stratum_and_chance_and_is_trailed(reader: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    ref = answer(reader, "yes")
    (sent,) = decisions()
    assert (sent.subject, sent.subject_ref, sent.value["is"], sent.value["marker"]) == (
        "fraud_report",
        ref,
        "yes",
        NAME,
    )
    assert sent.value["round"] == f"{NAME}/1"
    assert 0 < sent.value["probability"] <= 1
    assert sent.value["reader"] == str(reader.person.pk)
    assert TrailEntry.objects.filter(act="record_reviewed").get().subject_refs == [ref]
    assert shown(reader) != ref


def test_each_record_shown_is_trailed_and_the_guideline_stands_beside_it(reader: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    told = words_of(reader.get(page("review")))
    assert "Guideline" in told
    assert "poses as police" in told
    assert "open it after you have made up your mind" in told
    assert TrailEntry.objects.filter(act="narratives_read").count() == 1


def test_the_same_answer_sent_twice_is_one_and_another_answer_takes_its_place(reader: Any) -> None:
    from fourfold.web.fraud.models import Reading

    ref = answer(reader, "yes")
    answer(reader, "yes", ref)
    assert len(decisions()) == 1
    answer(reader, "no", ref)
    assert [one.value["is"] for one in decisions()] == ["yes", "no"]
    assert Reading.objects.filter(record_ref=ref, is_standing=True).get().answer == "no"


def test_what_is_skipped_comes_back_when_it_is_asked_for_and_never_leaves(reader: Any) -> None:
    ref = answer(reader, "skipped")
    assert shown(reader) != ref
    assert decisions() == []
    assert "You skipped 1" in words_of(reader.get(page("review")))
    reader.post(page("again"))
    assert shown(reader) == ref


def test_undo_takes_the_last_answer_back_and_shows_the_record_again(reader: Any) -> None:
    first = answer(reader, "yes")
    second = answer(reader, "no")
    reader.post(page("undo"))
    assert shown(reader) == second
    assert [(one.subject_ref, one.value["is"]) for one in decisions()] == [
        (first, "yes"),
        (second, "no"),
        (second, "undone"),
    ]
    reader.post(page("undo"))
    reader.post(page("undo"))
    assert "no answer of yours" in words_of(reader.get(page("review")))
    assert decisions()[-1].value == {**decisions()[0].value, "is": "undone"}


@pytest.mark.parametrize("told", ["undone", "maybe", ""])
def test_no_other_answer_is_taken(told: str, reader: Any) -> None:
    answer(reader, told)
    assert decisions() == []
    assert "no answer to a record under review" in words_of(reader.get(page("review")))


@pytest.mark.parametrize("ref", ["NOWHERE", "", "R1"])
def test_a_record_that_was_not_drawn_is_not_answered(ref: str, reader: Any) -> None:
    reader.post(page("answer"), {"ref": ref, "answer": "yes"})
    assert decisions() == []


def drawn_for(client: Any, other: Any, at_most: int = 200) -> str:
    """Read until a record comes that a second reader is given, and return it as the second is shown it."""
    from fourfold.web.fraud.actions.reviewing import review_settings
    from fourfold.web.fraud.models import ReviewRound
    from fourfold.web.fraud.reading import lot_of, may_still_read

    lot = lot_of(ReviewRound.objects.order_by("-id")[0])
    for _ in range(at_most):
        ref = answer(client, "yes")
        assert ref
        if may_still_read(lot, ref, other.person, review_settings()):
            return ref
    raise AssertionError("nothing is given to a second reader")


def test_two_readers_read_one_record_in_ten_apart_and_what_they_differ_about_is_settled(
    reader: Any, browse: Any
) -> None:
    from fourfold.web.fraud.reading import agreement_of, disputes

    other = browse("analyst", name="Second Reader")
    ref = drawn_for(reader, other)
    answer(other, "no", ref)
    assert disputes(NAME) == [ref]
    assert agreement_of(NAME).read == 1
    told = words_of(other.get(page("differences")))
    assert "Second Reader : it is not" in told or "Second Reader: it is not" in told
    reader.post(page("settle"), {"ref": ref, "answer": "no"})
    assert disputes(NAME) == []
    assert decisions()[-1].value["settles"] is True
    reader.post(page("settle"), {"ref": ref, "answer": "yes"})
    assert decisions()[-1].value["is"] == "no"


def test_a_record_that_is_not_read_twice_is_refused_to_a_second_reader(reader: Any, browse: Any) -> None:
    from fourfold.web.fraud.actions.reviewing import review_settings
    from fourfold.web.fraud.models import ReviewRound
    from fourfold.web.fraud.reading import lot_of, may_still_read

    other = browse("analyst")
    lot = lot_of(ReviewRound.objects.get())
    for _ in range(50):
        ref = answer(reader, "yes")
        if not may_still_read(lot, ref, other.person, review_settings()):
            break
    before = len(decisions())
    answer(other, "no", ref)
    assert len(decisions()) == before
    assert "Somebody else has read this record meanwhile" in words_of(other.get(page("review")))


def test_the_marker_says_three_counts_and_the_true_number_once_a_sample_is_read(reader: Any) -> None:
    before = words_of(reader.get(page("marker")))
    assert "Not known: nobody has read a sample" in before
    ref = shown(reader)
    while ref:
        text = reader.get(page("review")).content.decode()
        answer(reader, "yes" if "detective" in text else "no", ref)
        ref = shown(reader)
    after = words_of(reader.get(page("marker")))
    assert "Confirmed by a reader 24" in after
    assert re.search(
        r"Estimated true number, with its 95% interval 24 \( 24 to 24 \)|interval 24 \(24 to 24\)", after
    ), after[-3000:]
    assert "Where it hides" in after


def test_single_keys_can_be_turned_off(reader: Any) -> None:
    assert b"data-keys-on" in reader.get(page("review")).content
    reader.post(page("keys"))
    assert b"data-keys-on" not in reader.get(page("review")).content
    assert "Turn single keys on" in words_of(reader.get(page("review")))


def form(**told: str) -> dict[str, str]:
    return {
        "label": "Police impostor", "record": "fraud_report", "what_it_is": "Somebody poses as police.",
        "what_it_is_not": "A real officer.", "codes": "NFIB90", "cues": "detective + courier\npolice + envelope",
        "unless": "redelivery", "examples": ", ".join(f"C{n:02d}" for n in range(10)), "owner": "Economic crime",
        **told,
    }  # fmt: skip


@pytest.fixture
def own_markers(lake: Any) -> Iterator[Any]:
    folder = lake.policy / "markers"
    yield folder
    for path in folder.glob("*.yaml"):
        path.unlink()


def test_a_new_marker_shows_what_it_would_find_before_anything_is_kept(reader: Any, own_markers: Any) -> None:
    told = words_of(reader.post(reverse("fraud:new_marker"), form()))
    assert "What Police impostor would find" in told
    assert "its words find 24" in told
    assert "None: its words find every example" in told
    assert not own_markers.exists() or not list(own_markers.glob("*.yaml"))
    assert decisions("marker_defined") == []


def test_it_is_switched_on_with_a_source_and_is_a_decision(reader: Any, own_markers: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    refused = words_of(reader.post(reverse("fraud:new_marker"), form(switch_on="yes", source="")))
    assert "Enter the source of the definition" in refused
    gone = reader.post(reverse("fraud:new_marker"), form(switch_on="yes", source="Force order 12 of 2022"))
    assert gone["Location"] == reverse("fraud:marker", args=["police_impostor"])
    assert (own_markers / "police_impostor.yaml").exists()
    assert decisions("marker_defined")[0].subject_ref == "police_impostor"
    assert TrailEntry.objects.filter(act="marker_switched_on").get().why == "Force order 12 of 2022"
    again = words_of(
        reader.post(reverse("fraud:new_marker"), form(switch_on="yes", source="Force order 12 of 2022"))
    )
    assert "There is a marker police_impostor already" in again
    assert len(decisions("marker_defined")) == 1


@pytest.mark.parametrize(
    ("gap", "fault"),
    [
        ({"examples": "C01, C02"}, "needs 10 examples"),
        ({"examples": "X1 C01"}, "cannot be an example"),
        ({"cues": ""}, "Enter the words"),
        ({"label": "!!!"}, "needs letters"),
    ],
)
def test_a_definition_that_cannot_be_used_is_refused_in_words(
    gap: dict[str, str], fault: str, reader: Any
) -> None:
    told = words_of(reader.post(reverse("fraud:new_marker"), form(**gap)))
    assert fault in told
    assert "would find" not in told.replace("What it would find is shown", "").replace(
        "Show what it would find", ""
    )


def test_words_that_look_like_a_pattern_are_taken_as_words(lake: Any, register: Any) -> None:
    from datetime import date

    from fourfold.web.fraud.actions.marking import definition_from

    made = definition_from(form(cues="(.*) + card   and pin"), date(2022, 1, 1))
    assert [one.words for one in made.cues[0].where] == [r"\b\(\.\*\)\b", r"\bcard\s+and\s+pin\b"]
    assert COURIER
