"""Clusters under must-link and cannot-link, against a plain reading of the rules by brute force."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.link.clusters import cluster, components

NODES = 9
PAIRS = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1]),
    max_size=14,
    unique_by=lambda pair: frozenset(pair),
)


def rows(pairs):
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def by_brute_force(joins, must, cannot, apart):
    """Join pair by pair over plain sets, and ask of each whole set whether it holds a forbidden pair."""
    groups = [{node} for node in range(NODES)]

    def try_to_join(pair, forbidden):
        one, other = (next(group for group in groups if node in group) for node in pair)
        if one is other:
            return True
        both = one | other
        if any(a in both and b in both for a, b in forbidden):
            return False
        groups.remove(one)
        groups.remove(other)
        groups.append(both)
        return True

    refused = [pair for pair in must if not try_to_join(pair, cannot)]

    def together(pair):
        return any(set(pair) <= group for group in groups)

    forbidden = cannot + [pair for pair in apart if not together(pair)]
    for pair in joins:
        try_to_join(pair, forbidden)
    return sorted(sorted(group) for group in groups), refused


@settings(max_examples=400, deadline=None)
@given(joins=PAIRS, must=PAIRS, cannot=PAIRS, apart=PAIRS)
def test_clusters_are_those_of_the_plain_rules(joins, must, cannot, apart):
    found = cluster(NODES, rows(joins), rows(must), rows(cannot), rows(apart))
    expected, refused = by_brute_force(joins, must, cannot, apart)
    groups: dict[int, list[int]] = {}
    for node, person in enumerate(found.person.tolist()):
        groups.setdefault(person, []).append(node)
    assert sorted(groups.values()) == expected
    assert all(person == min(members) for person, members in groups.items())
    assert sorted(map(sorted, found.refused)) == sorted(map(sorted, refused))


@settings(max_examples=200, deadline=None)
@given(joins=PAIRS, must=PAIRS, cannot=PAIRS)
def test_no_person_ever_holds_a_pair_that_was_parted_and_every_join_that_can_hold_holds(joins, must, cannot):
    decided = {frozenset(pair) for pair in cannot}
    must = [pair for pair in must if frozenset(pair) not in decided]
    person = cluster(NODES, rows(joins), rows(must), rows(cannot), rows([])).person
    refused = cluster(NODES, rows(joins), rows(must), rows(cannot), rows([])).refused
    assert all(person[a] != person[b] for a, b in cannot)
    assert all(person[a] == person[b] for a, b in must if (a, b) not in refused)


@pytest.mark.parametrize("seed", range(20))
def test_without_anybody_parted_people_are_the_connected_parts(seed):
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(1, 60))
    pairs = rng.integers(0, nodes, size=(int(rng.integers(0, 60)), 2))
    graph = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(map(tuple, pairs.tolist()))
    expected = {node: min(part) for part in nx.connected_components(graph) for node in part}
    assert components(nodes, pairs).tolist() == [expected[node] for node in range(nodes)]


def test_the_surest_pair_is_heard_first():
    none = rows([])
    parted = rows([(0, 2)])
    assert cluster(3, rows([(0, 1), (1, 2)]), none, parted, none).person.tolist() == [0, 0, 2]
    assert cluster(3, rows([(1, 2), (0, 1)]), none, parted, none).person.tolist() == [0, 1, 1]
