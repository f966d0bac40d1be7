"""The papers desk in a real browser: a paper written, built, read, traced, sent, approved and handed out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from fourfold.home import Home
from fourfold.pipeline.intake import take_in
from fourfold.synthetic.force import make_force

TYPED = "Another 340 reports came late. عدد 漢字 🙂 {{fraud.reports@now}} reports."
BUILT_WITHIN_MS = 120_000


@pytest.fixture(scope="module")
def desk(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A served home with a small made-up force."""
    made = make_force(tmp_path_factory.mktemp("force"), scale=0.01, seed=1)
    served = serve(**made.settings)
    home = Home(served.home)
    for path in made.policy.glob("*.yaml"):
        shutil.copyfile(path, home.policy / path.name)
    take_in(home, [made.received])
    return served


def sign_in(page: Any, desk: Any, role: str) -> Any:
    page.goto(f"{desk.address}/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{desk.address}/")
    return page


@pytest.fixture(scope="module")
def paper(desk: Any, chromium: Any) -> str:
    """The address of a paper that an analyst started, wrote text for, and built."""
    page = sign_in(chromium.new_context().new_page(), desk, "analyst")
    page.goto(f"{desk.address}/papers/start/")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile(r"/papers/\d+/$"))
    address = str(page.url)
    page.get_by_role("link", name="Write the text").click()
    page.get_by_role("link", name="Fraud and cyber crime").click()
    page.get_by_label("Text", exact=True).fill(TYPED)
    page.get_by_role("button", name="Save the text").click()
    assert "typed by hand" in page.inner_text("main")
    page.get_by_role("button", name="Save the text").click()
    page.wait_for_url("**/text/")
    page.goto(address)
    page.get_by_role("button", name="Build the paper").click()
    page.get_by_role("link", name="Read it").wait_for(timeout=BUILT_WITHIN_MS)
    page.context.close()
    return address


def look(page: Any, check_axe: Any, keep_picture: Any, name: str) -> None:
    """Nothing for axe to find, nothing that scrolls sideways."""
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    keep_picture(page, name)


def test_every_figure_of_the_paper_opens_its_trace(desk: Any, paper: str, open_page: Any) -> None:
    page = sign_in(open_page(), desk, "analyst")
    page.goto(f"{paper}read/")
    contents = page.locator("nav.contents li").all_inner_texts()
    assert contents[:3] == ["Purpose of paper", "Background", "Fraud and cyber crime"]
    assert page.locator(".ff-paper svg[role=img]").count() > 3
    links = page.locator(".ff-paper a.figure")
    addresses = {link.get_attribute("href") for link in links.all()}
    assert len(addresses) > 50
    assert all(address.startswith("/papers/figure/?paper=") for address in addresses)
    typed = page.locator("p.numbered", has_text="漢字")
    printed = typed.locator("a.figure").inner_text()
    typed.locator("a.figure").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith(f": {printed}")
    assert f"{printed} in the calendar year 2021" in page.inner_text("main")
    rows = page.locator("table.ff-records tbody tr")
    assert rows.count() == 25
    page.get_by_role("link", name="Next page").click()
    assert "Records 26 to 50" in page.inner_text("main")
    page.go_back()
    page.go_back()
    for address in sorted(addresses)[:: max(1, len(addresses) // 12)]:
        assert page.goto(desk.address + address).status == 200, address


def test_a_reason_opens_names_in_a_trace_and_counts_are_counts(
    desk: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    address = f"{desk.address}/papers/figure/?name=fraud.reports@2021"
    page = sign_in(open_page(), desk, "data-protection")
    page.goto(address)
    assert "First name" not in page.inner_text("main") or "masked" in page.inner_text("main")
    look(page, check_axe, keep_picture, "trace-masked-1280")
    page.get_by_role("link", name="Give a reason to see names and contact details of victims").click()
    page.get_by_label("Why do you need to see this?").fill("Subject access request 12 of 2026")
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_role("link", name="Give a reason to see names and contact").count() == 0
    page = sign_in(open_page(360), desk, "performance")
    page.goto(address)
    assert "not the records" in page.inner_text("main")
    assert page.locator("table").count() == 0
    look(page, check_axe, keep_picture, "trace-counts-360")


def test_a_section_is_written_by_keyboard_alone(
    desk: Any, paper: str, open_page: Any, check_axe: Any
) -> None:
    page = sign_in(open_page(), desk, "analyst")
    page.goto(f"{paper}text/legal/")
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.type("Burglary changed by .")
    page.keyboard.press("ArrowLeft")
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("burglary change baseline")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^Add")).first.wait_for()
    assert page.get_by_label("Text", exact=True).input_value() == "Burglary changed by ."
    check_axe(page)
    page.get_by_role("button", name=re.compile("^Add")).first.focus()
    page.keyboard.press("Enter")
    assert "{{crime.burglary.change@now~baseline}}" in page.get_by_label("Text", exact=True).input_value()
    assert page.evaluate("document.activeElement.id") == "text"
    page.get_by_label("Text", exact=True).fill("")
    page.keyboard.type("The board is asked to note the law.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/text/")
    assert "Written" in page.inner_text("main")
    assert page.complaints == []


def test_a_second_writer_sees_both_texts(
    desk: Any, paper: str, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    one, other = (sign_in(open_page(), desk, "analyst") for _ in range(2))
    for page in (one, other):
        page.goto(f"{paper}text/equality/")
    for page, words in ((one, "First words."), (other, "Second words.")):
        page.get_by_label("Text", exact=True).fill(words)
        page.get_by_role("button", name="Save the text").click()
    assert "Somebody else saved this section" in other.inner_text("main")
    assert "First words." in other.inner_text("main")
    assert other.get_by_label("Text", exact=True).input_value() == "Second words."
    look(other, check_axe, keep_picture, "paper-both-texts-1280")


def test_the_whole_way_without_scripts(desk: Any, paper: str, open_page: Any, tmp_path: Any) -> None:
    """Written text made the paper a draft again: it is built, verified, sent, approved by another, handed out."""
    page = sign_in(open_page(360, scripts=False), desk, "analyst")
    page.goto(paper)
    for button in ("Build again", "Verify: make it again and compare"):
        page.get_by_role("button", name=button).click()
        page.wait_for_url("**/work/")
        # Without scripts the page loads itself again every five seconds.
        page.get_by_role("button", name="Open the paper").wait_for(timeout=BUILT_WITHIN_MS)
        page.get_by_role("button", name="Open the paper").click()
    assert "same byte for byte" in page.inner_text("main")
    page.goto(paper)
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_role("button", name="Send for approval").click()
    assert "Sent for approval" in page.inner_text("h1")
    for form in ("PDF", "Word", "HTML", "JSON"):
        with page.expect_download() as handed:
            page.get_by_role("link", name=form, exact=True).click()
        assert handed.value.suggested_filename.startswith(
            "made-up-board-paper-aldermere-2021-12-v1-not-approved."
        )
        path = tmp_path / form
        handed.value.save_as(path)
        assert path.stat().st_size > 10_000
    reader = sign_in(open_page(360, scripts=False), desk, "victim-care")
    assert reader.goto(paper).status == 404


def test_another_approves_by_keyboard_and_all_may_read(
    desk: Any, paper: str, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = sign_in(open_page(), desk, "performance")
    page.get_by_role("link", name="Papers that await your approval").press("Enter")
    page.get_by_role("link", name=re.compile("^Aldermere Police")).press("Enter")
    page.get_by_role("button", name="Decide").press("Enter")
    look(page, check_axe, keep_picture, "paper-decide-1280")
    page.get_by_role("button", name="Save the decision").press("Enter")
    page.get_by_role("link", name="Choose whether to approve the paper or send it back").press("Enter")
    look(page, check_axe, keep_picture, "paper-decide-error-1280")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("شكرا. Thank you.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(paper)
    assert "Approved" in page.inner_text("h1")
    look(page, check_axe, keep_picture, "paper-approved-1280")
    assert page.complaints == []
    reader = sign_in(open_page(360), desk, "victim-care")
    reader.get_by_role("button", name="Menu").click()
    reader.get_by_role("link", name="Papers", exact=True).click()
    reader.get_by_role("link", name=re.compile("^Aldermere Police")).click()
    reader.get_by_role("link", name="Read the paper").click()
    assert "Nobody has approved it" not in reader.inner_text("main")
    look(reader, check_axe, keep_picture, "paper-read-approved-360")
