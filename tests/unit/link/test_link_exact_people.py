"""Exact keys: who is joined, who is not, and that the oldest reference stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest

from fourfold.link.exact_people import components, link_exactly

COLUMNS = {
    "report_ref": pl.String,
    "reported_on": pl.Date,
    "force": pl.String,
    "first_names": pl.String,
    "last_name": pl.String,
    "date_of_birth": pl.Date,
    "email": pl.String,
    "phone": pl.String,
    "organisation_name": pl.String,
    "postcode": pl.String,
}


def people(*rows: dict[str, Any]) -> list[str]:
    """The person of each report, in the order of the reports."""
    told = [
        {"report_ref": f"R{number}", "reported_on": date(2021, 1, number), "force": "f", **row}
        for number, row in enumerate(rows, start=1)
    ]
    return link_exactly(pl.DataFrame(told, schema=COLUMNS))["person_id"].to_list()


ADA = {"first_names": "Zoë", "last_name": "O'Brien", "date_of_birth": date(1950, 2, 3)}


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        ({"first_names": "ZOE", "last_name": "OBrien", "date_of_birth": date(1950, 2, 3)}, True),
        ({"first_names": "Zoë", "last_name": "O'Brien", "date_of_birth": date(1950, 3, 2)}, False),
        ({"first_names": "Zoë", "last_name": "O'Brien", "date_of_birth": None}, False),
        ({**ADA, "force": "another"}, False),
    ],
)
def test_name_and_date_of_birth(other: dict[str, Any], joined: bool) -> None:
    assert (people(ADA, other)[1] == "R1") is joined


def test_a_household_that_shares_phone_and_surname_stays_two_people() -> None:
    one = {"first_names": "Zoë", "last_name": "Quill", "phone": "01999 123456"}
    other = {"first_names": "Yan", "last_name": "Quill", "phone": "+44 1999 123456"}
    assert people(one, other) == ["R1", "R2"]
    assert people(one, {**one, "phone": "0044 1999 123456"}) == ["R1", "R1"]


def test_nobody_is_joined_by_what_is_missing() -> None:
    assert people({}, {}, {"first_names": "Zoë"}, {"first_names": "Zoë"}) == ["R1", "R2", "R3", "R4"]


def test_a_chain_joins_and_the_oldest_reference_stays() -> None:
    first = {**ADA, "email": None}
    second = {**ADA, "email": "zoe@example.org"}
    third = {"first_names": "Zoë", "last_name": "O'Brien", "email": "Zoe@example.org", "date_of_birth": None}
    assert people(third, second, first) == ["R1", "R1", "R1"]


def test_components_agree_with_networkx_on_random_pairs() -> None:
    rng = np.random.default_rng(7)
    for _ in range(50):
        nodes = int(rng.integers(1, 40))
        pairs = rng.integers(0, nodes, size=(int(rng.integers(0, 40)), 2))
        graph = nx.Graph()
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from(map(tuple, pairs.tolist()))
        expected = {node: min(part) for part in nx.connected_components(graph) for node in part}
        assert components(nodes, pairs[:, 0], pairs[:, 1]).tolist() == [
            expected[node] for node in range(nodes)
        ]
