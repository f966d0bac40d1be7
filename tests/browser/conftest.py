"""A real Chromium on a server of its own; both are left out, saying so, where the machine has none."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
WIDTHS = (1280, 360)
PATIENCE_MS = 90_000


@dataclass(frozen=True)
class Served:
    """A home that is being served."""

    home: Path
    address: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(f"the server was not ready in time: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Serve a new home with these settings, or one that was made, on a free port; stopped at the end of the file."""
    running: list[subprocess.Popen[bytes]] = []

    def start(made: Path | None = None, **settings: str) -> Served:
        home = made or tmp_path_factory.mktemp("served") / "home"
        if made is None:
            home.mkdir()
            lines = [
                f"{key} = {value if value == 'true' else repr(value)}" for key, value in settings.items()
            ]
            (home / "fourfold.toml").write_text("\n".join(lines))
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))
        }
        port, log = free_port(), home.parent / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, str(HERE / "serve_home.py"), str(home), str(port)],
                stdout=out,
                stderr=out,
                env=kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        running.append(process)
        served = Served(home, f"http://127.0.0.1:{port}")
        wait_until_ready(served.address, process, log)
        return served

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        assert process.wait(90) == 0, "the server did not stop well when asked"


def reads_whole_pages(playwright: Any) -> None:
    """Let what reads a page at once, without waiting for an element, wait until the page has come whole.

    Pressing a button waits until the next page begins to arrive; on a busy machine `is_visible` and `count`
    would then look at the part of it that is there, and `inner_text` read that part.
    """
    at_once = {
        playwright.Locator: ("count", "inner_text", "is_checked", "is_visible"),
        playwright.Page: ("inner_text", "title"),
    }
    for kind, names in at_once.items():
        for name in names:
            if not hasattr(getattr(kind, name), "__wrapped__"):
                setattr(kind, name, _after_the_page(getattr(kind, name)))


def _after_the_page(read: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(read)
    def wait_first(seen: Any, *told: Any, **named: Any) -> Any:
        getattr(seen, "page", seen).wait_for_load_state("domcontentloaded")
        return read(seen, *told, **named)

    return wait_first


def patient(new_context: Callable[..., Any]) -> Callable[..., Any]:
    """Let pages wait longer than the usual half minute: a busy machine is slow."""

    def start(**told: Any) -> Any:
        context = new_context(**told)
        context.set_default_timeout(PATIENCE_MS)
        return context

    return start


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    reads_whole_pages(playwright)
    # The same engine without the browser's own windows: it takes less of the processor.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=flags)
        browser.new_context = patient(browser.new_context)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a page of its own at a width; what the browser complained of is in `page.complaints`."""
    contexts = []

    def start(width: int = 1280, scripts: bool = True) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def check_axe() -> Callable[[Any], None]:
    """Fail where axe finds anything on the page, best practice included."""
    source = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")

    def check(page: Any) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        # What passed is not told of, which a large page would take long to gather.
        found = page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
        told = [
            f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}" for one in found
        ]
        assert told == [], f"{page.url}: {told}"

    return check


@pytest.fixture(scope="session")
def keep_picture() -> Callable[[Any, str], None]:
    """Keep a picture of the whole page in the folder named by FOURFOLD_SCREENSHOTS, where it is set."""
    folder = os.environ.get("FOURFOLD_SCREENSHOTS")

    def keep(page: Any, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return keep
