"""The intake desk in a real browser with its worker: hand in, follow, correct, by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.refresh import refresh

HEADINGS = (
    "NFRC reference,Date reported,NFIB code,Victim type,Last name,Date of birth,Age,Loss (GBP),Narrative"
)


def weekly(path: Path, week: int, rows: int = 6, name: str = "مريم الزهراني") -> Path:
    """Write a made-up weekly list; of its rows one has no real day and one a birth after the report."""
    lines = [HEADINGS]
    for number in range(rows):
        day = "31/02/2021" if number == 1 else f"{number + 1:02d}/{week:02d}/2021"
        born = "04/03/2049" if number == 2 else "04/03/1949"
        age = "" if number % 2 else "71"
        lines.append(f"W{week}-{number},{day},90,individual,{name},{born},{age},{100 * number},they rang 🙂")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def demo(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A home with a year of lists taken in and its desks served."""
    served = serve(made_up="true", force="kent", force_name="Westshire Police (made up)")
    folder = tmp_path_factory.mktemp("lists") / "received"
    folder.mkdir()
    for month in range(1, 13):
        weekly(folder / f"victims-2021-{month:02d}.csv", month)
    (folder / "program.csv").write_bytes(b"MZ\x90\x00\x03")
    take_in(Home(served.home), [folder])
    refresh(Home(served.home))
    return served


def sign_in(page: Any, demo: Any, role: str = "analyst") -> None:
    page.goto(f"{demo.address}/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/")


def test_files_are_handed_in_and_followed_while_the_worker_reads_them(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any, tmp_path: Path
) -> None:
    page = open_page()
    sign_in(page, demo)
    page.get_by_role("link", name="Intake").click()
    page.get_by_role("button", name="Hand in files").click()
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)
    page.get_by_label("Files", exact=True).set_input_files(
        [weekly(tmp_path / "victims-2022-01.csv", 1, 9), picture]
    )
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(re.compile(r"/intake/hand-overs/\d+/"))
    page.get_by_role("heading", name="Refused").wait_for(timeout=90_000)
    told = page.inner_text("main")
    assert "It is a picture (PNG)" in told
    assert "Partly taken in" in told
    assert "Weekly list of fraud victims" in told
    check_axe(page)
    keep_picture(page, "intake-hand-over-1280")
    page.get_by_role("link", name="Delete the refused files").click()
    check_axe(page)
    page.get_by_role("button", name="Delete the refused files").click()
    assert "Refused and deleted" in page.inner_text("main")
    assert page.complaints == []


def test_without_a_file_the_fault_links_to_its_field(demo: Any, open_page: Any, check_axe: Any) -> None:
    page = open_page(360)
    sign_in(page, demo)
    page.goto(f"{demo.address}/intake/upload/")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("link", name="Choose the files to hand in").click()
    assert page.evaluate("document.activeElement.id") == "id_files"
    check_axe(page)


def test_a_row_is_corrected_by_keyboard_alone(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    sign_in(page, demo)
    page.goto(f"{demo.address}/intake/quarantine/?q=cannot be read")
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"fault="))
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    cell = page.get_by_label("Date reported")
    assert cell.input_value() == "31/02/2021"
    assert "مريم" not in page.inner_text("main"), "a name that broke no rule is hidden"
    cell.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("30/02/2021")
    page.get_by_role("button", name="Check only").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The row is still wrong").wait_for()
    check_axe(page)
    keep_picture(page, "intake-row-wrong-1280")
    page.get_by_label("Date reported").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("28/02/2021")
    page.get_by_label("Why the correction is right").focus()
    page.keyboard.type("Confirmed by the sender by email")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Put the row back"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What was changed").wait_for()
    assert "Demo analyst" in page.inner_text("main")
    check_axe(page)
    keep_picture(page, "intake-row-corrected-1280")


def test_all_of_it_works_without_scripts(demo: Any, open_page: Any, tmp_path: Path) -> None:
    page = open_page(360, scripts=False)
    sign_in(page, demo, "administrator")
    page.goto(f"{demo.address}/intake/upload/")
    page.get_by_label("Files", exact=True).set_input_files([weekly(tmp_path / "victims-2022-02.csv", 2, 3)])
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(re.compile(r"/intake/hand-overs/\d+/"))
    for _ in range(60):
        again = page.get_by_role("link", name="Reload to see how far it is")
        if not again.count():
            break
        page.wait_for_timeout(500)
        again.click()
    assert "What became of the rows" in page.inner_text("main")
    page.goto(f"{demo.address}/intake/batches/?sort=file")
    page.get_by_label("File", exact=True).fill("2022-02")
    page.get_by_role("button", name="Filter").click()
    tag = page.get_by_role("link", name="Take off File: 2022-02")
    tag.wait_for()
    assert page.locator("tbody tr").count() == 1
    tag.click()
    tag.wait_for(state="detached")
    assert page.locator("tbody tr").count() > 5
