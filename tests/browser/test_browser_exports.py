"""Your exports, and the answer to a subject access request, in a real browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

EXPORT = (
    "INSERT INTO export (key, person_id, name, title, kind, asked, task, state, fault, row_count, size_bytes, asked_at, "
    "made_at) VALUES (?, (SELECT id FROM accounts_user WHERE email = 'analyst@demo.example'), 'test', ?, 'csv', '{}', '', "
    "?, ?, ?, 2048, datetime('now'), ?)"
)


@pytest.fixture(scope="module")
def demo(serve: Callable[..., Any]) -> Any:
    return serve(made_up="true", force_name="Westshire Police (made up)")


def sign_in(page: Any, demo: Any, role: str) -> None:
    page.goto(f"{demo.address}/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/")


def test_exports_are_followed_fetched_and_deleted(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    sign_in(page, demo, "analyst")
    page.goto(f"{demo.address}/exports/")
    assert "You have asked for no export" in page.inner_text("main")
    check_axe(page)
    (demo.home / "exports").mkdir()
    (demo.home / "exports" / "ready.csv").write_text("OFFICIAL-SENSITIVE\r\n")
    with sqlite3.connect(demo.home / "register.sqlite3", timeout=30) as register:
        now = register.execute("SELECT datetime('now')").fetchone()[0]
        register.execute(EXPORT, ("ready", "Victim care cases", "ready", "", 100_000, now))
        register.execute(
            EXPORT, ("running", "Referrals of a very long name " * 3, "running", "", 35_000, None)
        )
        register.execute(
            EXPORT, ("failed", "Cases", "failed", "It was interrupted. Ask for it again.", 0, None)
        )
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{demo.address}/exports/")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        check_axe(page)
        keep_picture(page, f"exports-{width}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").press("Enter")
    assert download.value.suggested_filename.startswith("victim-care-cases-")
    with sqlite3.connect(demo.home / "register.sqlite3", timeout=30) as register:
        register.execute("UPDATE export SET state = 'ready', made_at = datetime('now') WHERE key = 'running'")
    page.get_by_text("Being made").wait_for(state="hidden", timeout=90_000)  # without loading the page again
    page.get_by_role("button", name="Delete now Victim care cases").press("Enter")
    page.get_by_text("Deleted").first.wait_for()
    assert not (demo.home / "exports" / "ready.csv").exists()
    assert page.complaints == []


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)])
def test_a_subject_access_request_is_answered(
    width: int, scripts: bool, demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page(width, scripts)
    sign_in(page, demo, "data-protection")
    page.goto(f"{demo.address}/trail/?subject=1")
    page.get_by_role("link", name="Export these for a subject access request").press("Enter")
    assert page.get_by_label("Keys of the person").input_value() == "1"
    if scripts:
        check_axe(page)
    keep_picture(page, f"subject-access-{width}")
    page.get_by_role("button", name="Make the file").press("Enter")
    assert page.get_by_role("link", name="Enter the reference of the request").is_visible()
    if scripts:
        check_axe(page)
    page.get_by_label("Reference of the request").fill("SAR 2026/118")
    page.get_by_label("Excel workbook").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")
    assert page.complaints == []
