"""The pages of exports by role, every address of the app."""

from __future__ import annotations

from typing import Any

import pytest

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)
PAGES = {"exports:exports": "", "exports:fetch": "no-such-key/file/", "exports:delete": "no-such-key/delete/"}
MAY = "yyyyyy-"


@pytest.mark.parametrize("page", PAGES)
def test_each_role_is_answered_as_the_matrix_says(page: str, browse: Any) -> None:
    got = ""
    for role in ROLES:
        client, address = browse(role), f"/exports/{PAGES[page]}"
        answer = client.post(address) if page == "exports:delete" else client.get(address)
        got += "-" if answer.status_code == 403 else "y"
        assert answer.status_code in (403, 200 if page == "exports:exports" else 404)
        assert ("Your exports" in client.get("/account/").content.decode()) == (got[-1] == "y")
    assert got == MAY


def test_every_address_of_the_app_stands_here(register: Any) -> None:
    from fourfold.web.exports.urls import ACCESS

    assert set(ACCESS) == set(PAGES)
