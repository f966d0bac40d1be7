"""Sign-in by the force's own service in a real browser: its policy of where forms may lead lets it through."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PROVIDER = Path(__file__).parents[1] / "integration" / "open_id_provider.py"


@pytest.fixture(scope="module")
def provider() -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("open_id_provider", PROVIDER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.Provider()
    made.client, made.secret = module.CLIENT, module.SECRET
    yield made
    made.stop()


@pytest.fixture(scope="module")
def force(serve: Callable[..., Any], provider: Any) -> Any:
    return serve(
        force_name="Westshire Police",
        oidc_server=provider.address,
        oidc_client_id=provider.client,
        oidc_client_secret=provider.secret,
        oidc_name="Westshire sign-in",
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_who_was_added_comes_in_and_a_stranger_is_told(
    scripts: bool, force: Any, provider: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    provider.claims = {"sub": "s-1", "email": "admin@force.example", "email_verified": True}
    page = open_page(1280 if scripts else 360, scripts)
    page.goto(f"{force.address}/people/")
    if scripts:
        check_axe(page)
        keep_picture(page, "sign-in-with-the-force")
    page.get_by_role("button", name="Sign in with Westshire sign-in").press("Enter")
    page.wait_for_url(f"{force.address}/people/")
    assert "Ada Administrator" in page.inner_text("footer, .govuk-footer")

    provider.claims = {"sub": "s-9", "email": "stranger@force.example", "email_verified": True}
    page = open_page(1280 if scripts else 360, scripts)
    page.goto(f"{force.address}/sign-in/")
    page.get_by_role("button", name="Sign in with Westshire sign-in").press("Enter")
    page.get_by_role("heading", name="You are not on the list of people").wait_for()
    if scripts:
        check_axe(page)
    assert page.complaints == []
