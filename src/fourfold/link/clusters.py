"""Records put into people: pairs joined in falling probability, and never two whom somebody parted.

Where nobody was parted the people are the connected parts of the graph, which is quick. Within a part that holds a
forbidden pair the pairs are taken one by one, the surest first; one that would bring a forbidden pair together is
passed over (Kruskal 1956, with constraints as in Wagstaff and Cardie 2000). Hence no person ever holds a forbidden pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Pairs = NDArray[np.int64]
"""Shape (n, 2): two records each, by number."""


@dataclass(frozen=True)
class Clusters:
    """`person`: shape (n,), for each record the least record of its person. `refused`: the joins asked for by people
    that would have brought a parted pair together."""

    person: Whole
    refused: list[tuple[int, int]]


def cluster(records: int, joins: Pairs, must: Pairs, cannot: Pairs, apart: Pairs) -> Clusters:
    """Put `records` records into people.

    joins: pairs to join, in the order in which they are heard. must: pairs that people joined, those to be heard
    first first. cannot: pairs that people parted. apart: pairs that no chain of joins may bring together; people may.
    """
    person = components(records, np.concatenate([joins, must]))
    troubled = np.unique(person[np.concatenate([cannot[:, 0], cannot[:, 1], apart[:, 0], apart[:, 1]])])
    mine = np.isin(person, troubled)
    for rows in (joins, must, cannot, apart):
        assert rows.shape[1:] == (2,)
    if not mine.any():
        return Clusters(person, [])
    careful = Careful(np.flatnonzero(mine))
    for one, other in _within(cannot, mine):
        careful.forbid(one, other)
    refused = [pair for pair in _within(must, mine) if not careful.join(*pair)]
    for one, other in _within(apart, mine):
        careful.forbid(one, other)
    for one, other in _within(joins, mine):
        careful.join(one, other)
    person = person.copy()
    for record, root in careful.people():
        person[record] = root
    return Clusters(person, refused)


def _within(pairs: Pairs, mine: NDArray[np.bool_]) -> list[tuple[int, int]]:
    kept = pairs[mine[pairs[:, 0]] & mine[pairs[:, 1]]] if len(pairs) else pairs
    return [(int(one), int(other)) for one, other in kept]


class Careful:
    """People under way: each knows its records and which other people it may not be joined with."""

    def __init__(self, records: Whole) -> None:
        self.root = {int(record): int(record) for record in records}
        self.members = {int(record): [int(record)] for record in records}
        self.foes: dict[int, set[int]] = {int(record): set() for record in records}

    def forbid(self, one: int, other: int) -> None:
        """Let no later join bring two records together; those together already stay so."""
        left, right = self.root[one], self.root[other]
        if left != right:
            self.foes[left].add(right)
            self.foes[right].add(left)

    def join(self, one: int, other: int) -> bool:
        """Join the people of two records, unless they are forbidden to be one; say whether they are one now."""
        left, right = self.root[one], self.root[other]
        if left == right:
            return True
        if right in self.foes[left]:
            return False
        if len(self.members[left]) < len(self.members[right]):
            left, right = right, left
        for record in self.members[right]:
            self.root[record] = left
        self.members[left] += self.members.pop(right)
        for foe in self.foes.pop(right):
            self.foes[foe].discard(right)
            self.foes[foe].add(left)
            self.foes[left].add(foe)
        return True

    def people(self) -> list[tuple[int, int]]:
        """Return each record with the least record of its person."""
        least = {root: min(records) for root, records in self.members.items()}
        return [(record, least[root]) for record, root in self.root.items()]


def components(records: int, pairs: Pairs) -> Whole:
    """Return for each record the least record it is joined to, by any chain of pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not records:
        return np.zeros(0, dtype=np.int64)
    ones: NDArray[Any] = np.ones(len(pairs), dtype=np.int8)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(records, records))
    _, label = connected_components(graph, directed=False)
    least = np.full(label.max() + 1, records, dtype=np.int64)
    np.minimum.at(least, label, np.arange(records))
    return np.asarray(least[label], dtype=np.int64)


def no_pairs() -> Pairs:
    return np.zeros((0, 2), dtype=np.int64)
