"""Every page, state and task of API tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

WHO = "analyst"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Make a token whose name runs from right to left."""
    from fourfold.web.accounts.models import User
    from fourfold.web.api.tokens import make_token

    person = User.objects.get(email="performance@demo.example")
    made = make_token(
        name="لوحة المعلومات 📊", scopes=["read_papers"], days=7, form_key="every-page", by_force_service=False,
        by=person,
    )  # fmt: skip
    assert made is not None
    return {"token": made.token.pk} | {
        f"{hand}|token": f"Daily table {number}" for number, hand in enumerate(hands)
    }


def _make(page: Any) -> None:
    page.get_by_label("Name", exact=True).fill("Tägliche Übersicht 📊")
    page.get_by_label("Read papers and the figures in them").check()
    page.get_by_role("button", name="Make token").click()


def _make_twice(page: Any) -> None:
    _make(page)
    page.reload()


def make_and_revoke(hand: Any, made: Any) -> None:
    hand.press("link", "Your account")
    hand.press("link", "API tokens", "main")
    hand.press("button", "Make a token")
    hand.write("Name", made["token"])
    hand.choose("Read papers and the figures in them")
    hand.write("Days until it ends", "7")
    hand.press("button", "Make token")
    assert hand.page.get_by_label(f"Token {made['token']}").input_value().startswith("fourfold_")
    hand.press("link", "API tokens", "main")
    hand.press_first("link", f"main tbody tr:has-text('{made['token']}')")
    hand.press("button", "Revoke this token")
    assert "Revoked" in hand.page.locator(f"main tbody tr:has-text('{made['token']}')").inner_text()


DESK = Desk(
    visits=[
        Visit("api:tokens", "empty", "auditor", "/account/tokens/", "Tokens appear here"),
        Visit("api:tokens", ORDINARY, "performance", "/account/tokens/", "لوحة"),
        Visit("api:new_token", ORDINARY, WHO, "/account/tokens/new/"),
        Visit("api:new_token", "nothing to offer", "administrator", "/account/tokens/new/"),
        Visit("api:new_token", ERROR, WHO, "/account/tokens/new/", "There is a problem", press("Make token")),
        Visit("api:new_token", "made", WHO, "/account/tokens/new/", "Your new API token", _make),
        Visit("api:tokens", "made already", WHO, "/account/tokens/new/", "made already", _make_twice),
        Visit("api:revoke_token", ORDINARY, "performance", "/account/tokens/{token}/revoke/", "لوحة"),
        Visit("api:all_tokens", ORDINARY, "administrator", "/people/tokens/", "لوحة"),
        Visit("api:all_tokens", REFUSED, WHO, "/people/tokens/", status=403),
    ],
    tasks=[Task("make a token for a program, and revoke it", WHO, make_and_revoke)],
    fill=fill,
    not_pages={
        "api:openapi": "the description of the API, as JSON",
        "api:nothing": "a problem, as JSON",
    },
    no_task={"api:nothing": "an address at which there is nothing"},
    no_error={"api:revoke_token": "a confirmation, with nothing to fill in"},
)
