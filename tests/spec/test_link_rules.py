"""When two records are taken for one person: thresholds from stated costs, and the reasons in words."""

from __future__ import annotations

from datetime import date

import pytest

from fourfold.home import WrongUseError
from fourfold.link.costs import Costs, costs_on
from fourfold.link.evidence import words_of
from fourfold.link.names import family_name, given_name, name_lists, sound


@pytest.mark.parametrize(
    ("false_join", "missed_join", "look", "joins_from", "looks_from", "looks_to"),
    [
        (20, 1, 0.1, 20 / 21, 0.1, 0.995),
        (1, 1, 0.1, 0.5, 0.1, 0.9),
        # A look that costs more than either mistake is never worth it: the band is empty.
        (1, 1, 2, 0.5, 0.5, 0.5),
        (100, 1, 0.5, 100 / 101, 0.5, 0.995),
    ],
)
def test_thresholds_follow_from_what_mistakes_cost(
    false_join, missed_join, look, joins_from, looks_from, looks_to
):
    costs = Costs(false_join, missed_join, look)
    assert costs.joins_from == pytest.approx(joins_from)
    assert costs.looks_from == pytest.approx(looks_from)
    assert costs.looks_to == pytest.approx(looks_to)


def test_the_shipped_costs_put_a_false_join_at_twenty_missed_ones():
    assert costs_on(date(2026, 11, 27)) == Costs(20, 1, 0.1)


def test_costs_of_nought_are_refused():
    with pytest.raises(WrongUseError, match="above nought"):
        Costs(0, 1, 1)


@pytest.mark.parametrize(
    ("levels", "kind", "words"),
    [
        ("544224", "person", "the same first names, the same last name, the same date of birth, the same e-mail "
         "address, the same phone number, the same house and postcode"),
        ("44xxx0", "person", "first names that are forms of one name, the same last name, but different addresses"),
        ("33x2xx", "person", "first and last name the other way round, the same e-mail address"),
        ("040xxx", "person", "the same last name, but different first names and different dates of birth or ages"),
        ("523xxx", "person", "the same first names, last names written nearly alike, dates of birth one slip apart "
         "(day and month swapped, a digit, a day, one or ten years)"),
        ("3xx4", "organisation", "the same name, the same house and postcode"),
        ("xxxxxx", "person", "nothing the same"),
    ],
)  # fmt: skip
def test_a_join_gives_its_reasons_in_words(levels, kind, words):
    assert words_of(levels, kind) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Muhammad"),
        ("Mohammed", "محمد"),
        ("Khan", "Kahn"),
        ("Chowdhury", "Choudhury"),
        ("Stephen", "Steven"),
        ("Thompson", "Thomson"),
        ("Geoffrey", "Jeffrey"),
        ("Catherine", "Kathryn"),
        ("O'Brien", "Obrien"),
        ("Siobhán", "Siobhan"),
        ("Łukasz", "Lukasz"),
    ],
)
def test_spellings_of_one_name_sound_alike(one, other):
    lists = name_lists()
    left, right = family_name(one, lists), family_name(other, lists)
    assert left is not None
    assert right is not None
    assert left.sound == right.sound


@pytest.mark.parametrize(("one", "other"), [("Smith", "Jones"), ("Anna", "Hannah"), ("Patel", "Khan")])
def test_other_names_sound_otherwise(one, other):
    assert sound(one.lower()) != sound(other.lower())


@pytest.mark.parametrize(
    ("told", "whole", "first", "is_form_of"),
    [
        ("Dr. Margaret Ann", "margaretann", "margaret", "margaret"),
        ("Peggy", "peggy", "peggy", "margaret"),
        ("Bob", "bob", "bob", "robert"),
        ("Олександр", "oleksandr", "oleksandr", "alexander"),
        ("Γιώργος", "giorgos", "giorgos", "giorgos"),
        ("王芳", "王芳", "王芳", "王芳"),
    ],
)
def test_first_names_without_titles_in_any_script_with_what_they_are_short_for(
    told, whole, first, is_form_of
):
    name = given_name(told, name_lists())
    assert name is not None
    assert (name.whole, name.first) == (whole, first)
    assert is_form_of in name.forms


def test_a_title_alone_is_no_first_name_but_may_be_a_last_one():
    lists = name_lists()
    assert given_name("Mr", lists) is None
    assert given_name(" - ", lists) is None
    dean = family_name("Lord", lists)
    assert dean is not None
    assert dean.whole == "lord"
