"""A force's own policy that cannot be used: said to those who may mend it, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

BROKEN = "victim_care:\n  - this is: [not\n"


@pytest.fixture
def broken(register: Any) -> Iterator[Any]:
    register.policy.mkdir(exist_ok=True)
    path = register.policy / "victim_care.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    yield register
    path.unlink()


@pytest.mark.parametrize(("role", "is_told"), [("victim_care", False), ("administrator", True)])
def test_today_shows_what_it_can_and_says_what_it_cannot(
    broken: Any, browse: Any, role: str, is_told: bool
) -> None:
    answer = browse((role, "victim-care")).get("/")
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "policy cannot be used" in told
    assert ("victim_care.yaml" in told) == is_told


def test_a_page_that_rests_on_it_says_so_and_others_open(broken: Any, browse: Any) -> None:
    client = browse(("victim_care", "victim-care"))
    answer = client.get("/victim-care/stock/")
    assert answer.status_code == 503
    assert b"This page cannot be shown now" in answer.content
    assert b"victim_care.yaml" not in answer.content
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(("role", "is_told"), [("analyst", False), ("administrator", True)])
def test_a_broken_matrix_opens_nothing(register: Any, browse: Any, role: str, is_told: bool) -> None:
    register.policy.mkdir(exist_ok=True)
    path, client = register.policy / "access.yaml", browse(role)
    path.write_text("see_victims: {analyst: 'yes'}\n", encoding="utf-8")
    try:
        for page in ("/", "/people/", "/victim-care/"):
            answer = client.get(page)
            assert answer.status_code == 503, page
            assert (b"access.yaml would widen see_victims" in answer.content) == is_told
    finally:
        path.unlink()
    assert client.get("/").status_code == 200
