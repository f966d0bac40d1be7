"""Suppression worked by hand, then attacked: a linear programme plays the reader who subtracts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from fourfold.statistics.disclosure import (
    round_to_base,
    small_counts,
    suppress_list,
    suppress_table,
    with_totals,
)

X = np.nan


def same(found, expected):
    return np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


def test_one_to_four_are_small_and_nought_is_not():
    assert small_counts([0, 1, 4, 5, 12]).tolist() == [False, True, True, False, False]
    assert small_counts([0, 1, 4, 5], hide_zero=True).tolist() == [True, True, True, False]
    assert small_counts([0, 9, 10], threshold=10).tolist() == [False, True, False]
    assert not small_counts([0, 1, 4], threshold=1).any()


def test_list_with_one_small_count_hides_the_next_smallest():
    # 3 alone would be 41 - 38.
    found = suppress_list([3, 20, 8, 10])
    assert same(found.shown, [X, 20, X, 10, 41])
    assert found.primary.tolist() == [True, False, False, False, False]
    assert found.secondary.tolist() == [False, False, True, False, False]


def test_list_with_two_small_counts_needs_no_more():
    assert same(suppress_list([3, 4, 8]).shown, [X, X, 8, 15])


def test_two_ones_are_given_away_by_their_sum():
    # Noughts are shown, so a hidden count is at least 1, and a sum of 2 can only be 1 and 1.
    assert same(suppress_list([1, 1, 8, 0, 30]).shown, [X, X, X, 0, 30, 40])


def test_hidden_noughts_are_given_away_by_their_sum():
    assert same(suppress_list([0, 0, 8, 30], hide_zero=True).shown, [X, X, X, 30, 38])
    assert same(suppress_list([0, 0, 8]).shown, [0, 0, 8, 8])


def test_nought_is_never_the_partner():
    # A nought is known to be shown where noughts are shown, so it would hide nothing: the total goes.
    assert same(suppress_list([3, 0, 0]).shown, [X, 0, 0, X])
    assert same(suppress_list([7, 0]).shown, [7, 0, 7])


def test_list_of_one_and_the_total_goes_last():
    assert same(suppress_list([3]).shown, [X, X])
    # Ones alone add up to a total that may be shown, and would say that each is 1.
    found = suppress_list([1, 1, 1, 1, 1, 1])
    assert same(found.shown, [X] * 7)
    assert found.secondary.tolist() == [False] * 6 + [True]


def test_table_by_hand():
    # 3 is small. Its row and its column each need a partner, and the partners' lines meet in a fourth
    # cell. Of the four ways 12 + 11 + 15 hides the fewest; the next, 12 + 80 + 20, hides 112.
    found = suppress_table([[3, 90, 12], [80, 70, 20], [11, 60, 15]])
    assert same(found.shown, [[X, 90, X, 105], [80, 70, 20, 170], [X, 60, X, 86], [94, 220, 47, 361]])
    assert found.primary.sum() == 1
    assert found.secondary.sum() == 3


def test_what_is_hidden_already_serves_the_next_small_count():
    # The 1 and the 2 share a row; the cells above them protect both, so 10 and 20 can stay.
    found = suppress_table([[20, 50, 30, 20], [10, 1, 2, 40]])
    assert same(found.shown, [[20, X, X, 20, 120], [10, X, X, 40, 53], [30, 51, 32, 60, 173]])


def test_grand_total_goes_last():
    # Hiding it alone would do, yet it is known from elsewhere: the 20 and its totals go instead.
    found = suppress_table([[3, 0], [0, 20]])
    assert same(found.shown, [[X, 0, X], [0, X, X], [X, X, 23]])


def test_four_small_counts_at_the_corners_protect_each_other():
    found = suppress_table([[3, 50, 2], [60, 70, 80], [4, 90, 1]])
    assert found.primary.sum() == 4
    assert not found.secondary.any()


def test_two_in_every_line_is_not_enough():
    # Two blocks of four hidden cells, joined by one: the joining cell has company in its row and its
    # column, yet the sums of the blocks give it away. Counting cells per line would pass it.
    blocks = np.full((4, 4), 50)
    blocks[:2, :2] = blocks[2:, 2:] = 3
    blocks[1, 2] = 4
    found = suppress_table(blocks)
    assert found.primary.sum() == 9
    assert found.secondary.any()
    assert widths(found, 1).min() >= 1


def test_two_ones_in_a_row_are_given_away_in_a_table_too():
    # Neither can be less than 1, so neither can be more: a third of the row goes.
    found = suppress_table([[1, 1, 30], [40, 50, 60]])
    assert np.isnan(found.shown[0, :3]).all()
    assert widths(found, 1).min() >= 1


def test_small_total_is_suppressed_with_its_row():
    found = suppress_table([[1, 2, 0], [30, 40, 50]])
    assert np.isnan(found.shown[0, 3])
    assert same(found.shown[:, 2], [0, 50, 50])
    assert widths(found, 1).min() >= 1


def test_safe_table_is_left_alone():
    found = suppress_table([[5, 0], [0, 9]])
    assert same(found.shown, [[5, 0, 5], [0, 9, 9], [5, 9, 14]])


def test_grand_total_is_kept_where_it_can_be():
    rng = np.random.default_rng(3)
    tables = rng.poisson(6, (40, 3, 4))
    assert not any(np.isnan(suppress_table(table).shown[-1, -1]) for table in tables)


def widths(found, lowest):
    """How far each hidden cell can move, given what is shown: the reader's best work, by linear programme."""
    shape = found.shown.shape
    index = np.arange(found.shown.size).reshape(shape)
    lines = [*index, *index.T] if len(shape) == 2 else [index]
    balance = np.zeros((len(lines), found.shown.size))
    for number, line in enumerate(lines):
        balance[number, line[:-1]], balance[number, line[-1]] = 1, -1
    flat = found.shown.ravel()
    bounds = [(lowest, None) if np.isnan(cell) else (cell, cell) for cell in flat]
    spans = []
    for cell in np.flatnonzero(np.isnan(flat)):
        goal = np.zeros(flat.size)
        goal[cell] = 1
        ends = []
        for sign in (1, -1):
            answer = linprog(sign * goal, A_eq=balance, b_eq=np.zeros(len(lines)), bounds=bounds)
            assert answer.status in (0, 3)  # solved, or without an end
            ends.append(sign * answer.fun if answer.status == 0 else np.inf)
        spans.append(ends[1] - ends[0])
    return np.array(spans)


COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))
TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(int, shape, elements=COUNTS)
)
LISTS = st.integers(1, 6).flatmap(lambda size: arrays(int, size, elements=COUNTS))


@settings(max_examples=35, deadline=None, derandomize=True)
@given(table=TABLES, threshold=st.sampled_from([2, 5, 10]), hide_zero=st.booleans())
def test_no_hidden_cell_of_a_table_can_be_worked_out(table, threshold, hide_zero):
    found = suppress_table(table, threshold, hide_zero=hide_zero)
    check_suppressed(found, with_totals(table), threshold, hide_zero)


@settings(max_examples=35, deadline=None, derandomize=True)
@given(counts=LISTS, threshold=st.sampled_from([2, 5, 10]), hide_zero=st.booleans())
def test_no_hidden_count_of_a_list_can_be_worked_out(counts, threshold, hide_zero):
    found = suppress_list(counts, threshold, hide_zero=hide_zero)
    check_suppressed(found, np.append(counts, counts.sum()), threshold, hide_zero)


def check_suppressed(found, whole, threshold, hide_zero):
    hidden = np.isnan(found.shown)
    assert np.array_equal(hidden, found.primary | found.secondary)
    assert np.array_equal(found.shown[~hidden], whole[~hidden])  # nothing else is altered
    assert np.array_equal(found.primary, small_counts(whole, threshold, hide_zero=hide_zero))
    assert not found.secondary[whole == 0].any()
    if hidden.any():
        assert widths(found, 0 if hide_zero else 1).min() >= 1 - 1e-6


def test_rounding_to_five_and_ten_halves_up():
    assert round_to_base([0, 1, 2, 3, 7, 8, 12, 13]).tolist() == [0, 0, 0, 5, 5, 10, 10, 15]
    assert round_to_base([4, 5, 14, 15, 25], base=10).tolist() == [0, 10, 10, 20, 30]
    assert round_to_base([1, 17], base=1).tolist() == [1, 17]
    assert np.isnan(round_to_base(np.nan))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: small_counts([1], threshold=0), "at least 1: got 0"),
        (lambda: small_counts([-1]), "counts cannot be negative"),
        (lambda: suppress_list([1.5, 2]), "whole counts"),
        (lambda: suppress_list([1, np.nan]), "Some counts are missing"),
        (lambda: suppress_list([[1, 2]]), r"one axis and at least one count: got shape \(1, 2\)"),
        (lambda: suppress_list([]), "at least one count"),
        (lambda: suppress_table([1, 2]), r"rows and columns and at least one cell: got shape \(2,\)"),
        (lambda: round_to_base([3], base=0), "at least 1: got 0"),
        (lambda: round_to_base([-3]), "counts cannot be negative"),
    ],
)
def test_wrong_use_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
