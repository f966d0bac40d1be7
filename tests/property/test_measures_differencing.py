"""What a reader can work out from printed counts, against every table that the prints allow, one by one."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.measures.differencing import Reader, hide_until_safe, to_protect
from fourfold.measures.overlap import Claim, Groups
from fourfold.measures.period import Period

THRESHOLD = 3
YEAR = Period.calendar_year(2021)


def groups(holds, sizes) -> Groups:
    held = np.array(holds, dtype=bool)
    claims = tuple(Claim("crime.all", (("district", str(number)),), YEAR) for number in range(len(held)))
    return Groups(claims, held, np.array(sizes, dtype=float))


@st.composite
def tables(draw):
    """A few groups of records, and overlapping claims on them."""
    size = draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(1, 4), min_size=size, max_size=size))
    rows = st.lists(st.booleans(), min_size=size, max_size=size).filter(any)
    return groups(draw(st.lists(rows, min_size=1, max_size=6)), sizes)


def possible(found: Groups, printed) -> list[tuple[int, ...]]:
    """Every way the records can lie in the groups that agrees with what is printed; hidden counts are not 0."""
    most = int(found.sizes.sum()) + THRESHOLD
    holds = found.holds.astype(int)
    ways = np.array(list(itertools.product(range(most + 1), repeat=len(found.sizes))))
    counts = ways @ holds.T
    agree = np.where(printed, counts == found.counts, counts >= 1).all(axis=1)
    return [tuple(way) for way in ways[agree]]


def nothing_fixed(found: Groups):
    return np.zeros(len(found.claims), dtype=bool)


def first_printed(found: Groups):
    return found.counts >= THRESHOLD


@settings(deadline=None, max_examples=150)
@given(tables())
def test_no_small_number_can_be_worked_out_from_what_is_left(found):
    before = first_printed(found)
    after = hide_until_safe(found, before, THRESHOLD)
    assert not (after & ~before).any()  # it only ever hides
    ways = np.array(possible(found, after))
    for counted in to_protect(found, before, THRESHOLD, nothing_fixed(found)):
        assert len(set((ways @ counted).tolist())) > 1


@settings(deadline=None, max_examples=100)
@given(tables())
def test_what_is_hidden_for_another_s_sake_had_to_be(found):
    before = first_printed(found)
    after = hide_until_safe(found, before, THRESHOLD)
    if (after == before).all():
        return
    ways = np.array(possible(found, before))
    fixed = [
        len(set((ways @ counted).tolist())) == 1
        for counted in to_protect(found, before, THRESHOLD, nothing_fixed(found))
    ]
    assert any(fixed)  # nothing is hidden where nothing could be worked out


def test_a_hidden_part_of_a_printed_total_takes_the_smallest_other_part_with_it():
    # 2 + 8 + 40 = 50, all parts and the total asked for.
    found = groups([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], [2, 8, 40])
    after = hide_until_safe(found, first_printed(found), THRESHOLD)
    assert after.tolist() == [False, False, True, True]


def test_two_hidden_ones_that_add_up_to_two_are_both_known():
    # Each hidden count is at least 1, so 1 and 1: a third part must go too.
    found = groups([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], [1, 1, 40])
    assert Reader(found, first_printed(found)).knows(np.array([1.0, 0, 0])) is not None
    assert hide_until_safe(found, first_printed(found), THRESHOLD).tolist() == [False, False, False, True]


def test_a_small_difference_of_two_printed_counts_is_closed():
    # 40 of 42: who is in the one and not in the other is two people.
    found = groups([[1, 0], [1, 1]], [40, 2])
    assert hide_until_safe(found, np.array([True, True]), THRESHOLD).tolist() == [False, True]


def test_two_tables_with_one_total_between_them():
    # Ages within individuals (rows 0 to 2), organisations (3), individuals (4), all reports (5): the
    # organisations are few, and are the difference of two totals of two tables.
    holds = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0], [1, 1, 1, 1]]
    found = groups(holds, [10, 20, 30, 2])
    after = hide_until_safe(found, first_printed(found), THRESHOLD)
    assert not after[3]
    assert not after[4]  # the individuals
    assert not after[:3].all()  # whose ages would add up to them
    assert after[5]


def test_what_is_public_is_reckoned_with_and_stays():
    # All crimes (public) less the burglaries is three robberies: it is the burglaries that must go.
    found = groups([[1, 0], [1, 1]], [40, 2])
    public = np.array([False, True])
    assert hide_until_safe(found, np.array([True, True]), THRESHOLD, public).tolist() == [False, True]
    # Where public figures alone give it away there is nothing left to hide.
    both = groups([[1, 0], [0, 1], [1, 1]], [40, 2])
    public = np.array([True, False, True])
    assert hide_until_safe(both, np.array([True, False, True]), THRESHOLD, public).tolist() == [
        True,
        False,
        True,
    ]
