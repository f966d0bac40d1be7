"""Paging by key: every row once, in order, whichever way, where many share the sorted value."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("order", [["name", "id"], ["-name", "-id"]])
def test_every_row_is_met_once_forwards_and_backwards(order: list[str], make_person: Any) -> None:
    from fourfold.web.accounts.models import User
    from fourfold.web.ui.keyset import keyset_page

    for name in ("Bea", "Ann", "Bea", "Cat", "Ann", "Bea", "Bea"):
        make_person(name=name)
    wanted = list(User.objects.order_by(*order).values_list("pk", flat=True))
    met, token, pages = [], "", []
    while True:
        page = keyset_page(User.objects.all(), order, token, size=2)
        pages.append([row.pk for row in page.rows])
        met += pages[-1]
        if not page.later:
            break
        token = page.later
    assert met == wanted
    back = [pages[-1]]
    while page.earlier:
        page = keyset_page(User.objects.all(), order, page.earlier, size=2)
        back.insert(0, [row.pk for row in page.rows])
    assert back == pages


@pytest.mark.parametrize("token", ["after:999999", "after:x", "before:", "sideways:1", "after:" + "9" * 40])
def test_a_token_that_names_no_row_gives_the_first_page(token: str, make_person: Any) -> None:
    from fourfold.web.accounts.models import User
    from fourfold.web.ui.keyset import keyset_page

    first = make_person(name="Ann")
    assert keyset_page(User.objects.all(), ["name", "id"], token).rows == [first]
