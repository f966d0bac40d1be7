"""One list of every route, state and task (`every_page/`), each shown in a real Chromium.

Every page in each of its states, at two widths, with nothing for axe to find; every task with scripts, by keyboard
alone and without scripts; and nothing that the register of URLs knows left out of the list.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from every_page import ERROR, REFUSED, Task, Visit, desks
from every_page.accounts import HOLDER, KEYS, TOTP_KEY
from every_page.hands import HANDS, Hand
from test_browser_passkeys import with_authenticator
from test_browser_sign_in import code_of

HERE = Path(__file__).parent
WIDTHS = (1280, 360)
DESKS = desks()
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class Shown:
    """The served home, what was made in it, its routes, and what was seen to be visited and done."""

    address: str
    made: dict[str, Any]
    routes: list[dict[str, Any]]
    password: str
    sent: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def route_of(self, url: str) -> str:
        """Return the name of the route that answers an address."""
        path = urlsplit(url).path.lstrip("/")
        return next((one["name"] for one in self.routes if re.match(one["pattern"], path)), "")

    def of_hand(self, hand: str) -> dict[str, Any]:
        """Return what was made for one hand, and for all."""
        own = {key.partition("|")[2]: value for key, value in self.made.items() if key.startswith(f"{hand}|")}
        return self.made | own


@pytest.fixture(scope="module")
def shown(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """A small made-up force with all that the desks put into it, served."""
    from fourfold.home import Home
    from fourfold.pipeline.intake import take_in
    from fourfold.synthetic.force import make_force

    folder = tmp_path_factory.mktemp("every-page")
    home, out = Home(folder / "home"), folder / "made.json"
    home.prepare()
    made = make_force(folder / "force", scale=0.01, seed=1)
    # The force's own sign-in service is named, so that its pages are there; nothing answers at its address.
    service = {
        "oidc_server": "http://127.0.0.1:9/",
        "oidc_client_id": "none",
        "oidc_name": "Westshire sign-in",
    }
    home.write_settings({**made.settings, **service})
    for path in made.policy.glob("*.yaml"):
        (home.policy / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    take_in(home, [made.received])
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, str(HERE / "every_page_home.py"), str(home.path), str(out)],
        check=True,
        env=kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    told = json.loads(out.read_text(encoding="utf-8"))
    served = serve(home.path)
    return Shown(served.address, told["made"], told["routes"], told["made"]["password"])


@pytest.fixture(scope="module")
def signed_in(shown: Shown, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Return a page of its own on which somebody is signed in; nobody where no role is named."""
    contexts = []

    def start(role: str, scripts: bool = True) -> Any:
        context = chromium.new_context(
            viewport={"width": WIDTHS[0], "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.password, page.address = shown.password, shown.address
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if role:
            if role == KEYS:
                page.address = shown.address.replace("127.0.0.1", "localhost")
            page.goto(f"{page.address}/sign-in/")
            page.get_by_label("Email address").fill(f"{role}@demo.example")
            page.get_by_label("Password").fill(shown.password)
            page.get_by_role("button", name="Sign in", exact=True).click()
            if "/sign-in/code/" in page.url:
                give_code(page)
            page.wait_for_url(f"{page.address}/")
        if role == KEYS:
            set_up_passkey(page)
        return page

    yield start
    for context in contexts:
        context.close()


def set_up_passkey(page: Any) -> None:
    """Give the browser an authenticator that says yes, and set a passkey up with it."""
    with_authenticator(page)
    page.goto(f"{page.address}/account/passkeys/set-up/")
    page.get_by_label("Name of this passkey").fill("مفتاح العمل")
    page.get_by_role("button", name="Set up passkey").click()
    page.wait_for_url("**/account/recovery-codes/")


def give_code(page: Any) -> None:
    """Give the code of the second factor."""
    page.get_by_label("6-digit code").fill(code_of(TOTP_KEY, time.time()))
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_every_page_of_the_register_is_on_the_list_with_its_states(shown: Shown) -> None:
    """Fails on a page that nobody visits, an entry of a route that is gone, a form whose error is not shown."""
    listed: dict[str, set[str]] = defaultdict(set)
    left_out: dict[str, str] = {}
    no_error: dict[str, str] = {}
    for desk in DESKS.values():
        for visit in desk.visits:
            listed[visit.route].add(visit.state)
        left_out |= desk.not_pages
        no_error |= desk.no_error
    routes = {one["name"]: one for one in shown.routes}
    named = {*listed, *left_out, *no_error}
    assert sorted(named - set(routes)) == [], "these routes are listed and are gone"
    assert sorted(set(listed) & set(left_out)) == [], "these are listed as pages and as none"
    pages = {name: one for name, one in routes.items() if not one["by_token"] and name not in left_out}
    missing = [name for name, one in pages.items() if "GET" in one["methods"] and name not in listed]
    assert missing == [], "these pages are visited by nobody: name them in tests/browser/every_page"
    forms = [name for name, one in pages.items() if {"GET", "POST"} <= set(one["methods"])]
    unshown = [
        name for name in forms if name not in no_error and not any(ERROR in state for state in listed[name])
    ]
    assert unshown == [], "the error summary of these forms is shown to nobody"
    assert [name for name in no_error if any(ERROR in state for state in listed[name])] == []


def test_every_role_of_the_list_may_open_its_page_or_is_refused(shown: Shown) -> None:
    roles = {one["name"]: (one["roles"], one["is_open"]) for one in shown.routes}
    wrong = []
    for desk in DESKS.values():
        for visit in desk.visits:
            allowed, is_open = roles[visit.route]
            may = is_open or visit.role in allowed or visit.role in (HOLDER, KEYS)
            if may == (visit.state == REFUSED):
                wrong.append(str(visit))
    assert wrong == []


@pytest.mark.parametrize("desk", DESKS)
def test_every_page_in_each_of_its_states(
    desk: str, shown: Shown, signed_in: Any, check_axe: Any, keep_picture: Any
) -> None:
    """One page a role; each state is reached once, looked at, then made as narrow as a telephone and looked at."""
    pages: dict[str, Any] = {}
    for visit in DESKS[desk].visits:
        page = signed_in(visit.role) if visit.role == "" else pages.get(visit.role) or signed_in(visit.role)
        pages[visit.role] = page
        try:
            look(visit, page, shown, check_axe, keep_picture)
        except Exception as error:
            error.add_note(f"on the way to {visit}, at {page.url}")
            raise
    for page in pages.values():
        page.context.close()


def look(visit: Visit, page: Any, shown: Shown, check_axe: Any, keep_picture: Any) -> None:
    """Bring a page into its state, and check that it is this page, that axe finds nothing, and that it fits."""
    page.complaints.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = page.goto(page.address + visit.address.format(**shown.made))
    assert answer.status == visit.status, answer.status
    if visit.reach is not None:
        visit.reach(page)
        page.wait_for_load_state()
    assert shown.route_of(page.url) == visit.route, f"this is the page {shown.route_of(page.url)}"
    assert visit.says in page.inner_text("main"), (
        f"{visit.says!r} is not said: {page.inner_text('main')[:600]}"
    )
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"wider than {width}"
        keep_picture(page, re.sub(r"\W+", "-", f"{visit}-{width}"))
    said = [words for words in page.complaints if not re.search(r"status of (4\d\d|503)", words)]
    assert said == [], said


@pytest.mark.parametrize("desk", [name for name, desk in DESKS.items() if desk.tasks])
@pytest.mark.parametrize("way", HANDS)
def test_every_task(way: str, desk: str, shown: Shown, signed_in: Any) -> None:
    made, hands = shown.of_hand(way), dict[str, Hand]()
    for task in DESKS[desk].tasks:
        hand = hands.get(task.role) or HANDS[way](signed_in(task.role, HANDS[way].scripts), shown.address)
        if task.role not in hands:
            hand.page.on(
                "request",
                lambda sent: shown.sent[way].add(shown.route_of(sent.url)) if sent.method in WRITES else None,
            )
            hands[task.role] = hand
            hand.begin()
        do(task, hand, made)
    for hand in hands.values():
        assert [told for told in hand.page.complaints if "status of 4" not in told] == []
        hand.page.context.close()


def do(task: Task, hand: Hand, made: dict[str, Any]) -> None:
    try:
        task.do(hand, made)
    except Exception as error:
        error.add_note(f"at the task {task.words!r}, at {hand.page.url}")
        raise


def test_all_that_writes_is_done_as_a_task_in_each_way(shown: Shown) -> None:
    """Runs after the tasks: every route that takes something in was written to by each hand, or says why not."""
    if set(shown.sent) != set(HANDS):
        pytest.skip("not every task was run")
    left_out = {name for desk in DESKS.values() for name in desk.no_task}
    writing = {
        one["name"] for one in shown.routes if set(one["methods"]) & set(WRITES) and not one["by_token"]
    }
    missing = {way: sorted(writing - left_out - sent) for way, sent in shown.sent.items()}
    assert missing == {way: [] for way in HANDS}, "nobody does these"
    assert sorted(left_out - writing) == [], "these write nothing, and need no reason to be left out"
