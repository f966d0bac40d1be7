"""Officers at their desks: threads with a session each, who list, filter, open a case and save a note on it."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from bench.desk_register import PASSWORD

DESK = "/victim-care/"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
INPUT = re.compile(r"<input[^>]+>")
PART = re.compile(r'(type|name|value)="([^"]*)"')
FILE = re.compile(r"/exports/[\w-]+/file/")
CASE = re.compile(r"/victim-care/cases/(\d+)/")
FILTERS = (
    "state=new", "state=all&sort=-last", "due=overdue", "due=week&sort=need", "rule=aged", "rule=romance&sort=-due",
    "officer=none", "repeat=on", "sort=name", "sort=-need", "q=Margaret", "q=Smith", "q=07700000123",
    "q=NFRC0000000500", "state=closed",
)  # fmt: skip
TIMEOUT_SECONDS = 30
WARMING_SECONDS = 10


@dataclass
class Told:
    """What was measured: milliseconds by kind of request, and what failed.

    Times of the first seconds are `warming`: a server that has just been started compiles its pages then.
    """

    times: dict[str, list[float]] = field(default_factory=dict)
    warming: list[float] = field(default_factory=list)
    counted_from: float = 0.0
    failures: list[str] = field(default_factory=list)
    notes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, milliseconds: float, fault: str) -> None:
        with self.lock:
            if time.monotonic() < self.counted_from:
                self.warming.append(milliseconds)
            else:
                self.times.setdefault(kind, []).append(milliseconds)
            if fault:
                self.failures.append(f"{kind}: {fault}")
            elif kind == "save":
                self.notes += 1


class Browser:
    """One person's browser: it keeps cookies, and opens a connection for each request as through a proxy."""

    def __init__(self, address: str, email: str) -> None:
        self.host = urlsplit(address).netloc
        self.email = email
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, place sent on to, and page."""
        body = urlencode(form) if form is not None else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}{path}",
            }
        connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location") or "", page
        finally:
            connection.close()

    def sign_in(self) -> None:
        """Sign in with the password; raises RuntimeError where the server does not let the officer in."""
        _, _, page = self.ask("GET", "/sign-in/")
        found = CSRF.search(page)
        assert found, page[:500]
        form = {"csrfmiddlewaretoken": found[1], "login": self.email, "password": PASSWORD}
        status, place, _ = self.ask("POST", "/sign-in/", form)
        if (status, place) != (302, "/"):
            raise RuntimeError(f"{self.email} was not let in: {status} {place}")


class Officer(threading.Thread):
    """One officer: works until told to stop, thinking a while between two pages."""

    def __init__(
        self, browser: Browser, number: int, told: Told, think_seconds: float, until: list[float]
    ) -> None:
        super().__init__(daemon=True)
        self.browser = browser
        self.draw = random.Random(number)
        self.told, self.think, self.until = told, think_seconds, until

    def timed(self, kind: str, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """Ask, note the time and what was wrong, and return the page."""
        began = time.perf_counter()
        fault, page = "", ""
        try:
            status, place, page = self.browser.ask(method, path, form)
        except (OSError, http.client.HTTPException) as error:
            fault = f"{type(error).__name__}"
        else:
            is_good = status == 302 and DESK in place if form is not None else status == 200
            fault = "" if is_good and "/sign-in" not in place else f"{status} {place}"
        self.told.add(kind, (time.perf_counter() - began) * 1000, fault)
        return page

    def run(self) -> None:
        time.sleep(self.draw.random() * self.think)
        while time.monotonic() < self.until[0]:
            self.work()

    def rest(self) -> None:
        time.sleep(self.draw.uniform(0.5, 1.5) * self.think)

    def work(self) -> None:
        """List, filter, open a case that was listed, open its note form, save a note."""
        listed = CASE.findall(self.timed("list", "GET", DESK))
        self.rest()
        asked = self.draw.choice(FILTERS)
        listed = CASE.findall(self.timed("filter", "GET", f"{DESK}?{quote(asked, safe='=&')}")) or listed
        self.rest()
        if not listed:
            self.told.add("case", 0.0, "no case was listed")
            return
        path = f"{DESK}cases/{self.draw.choice(listed)}/"
        self.timed("case", "GET", path)
        self.rest()
        page = self.timed("form", "GET", f"{path}note/")
        self.rest()
        self.timed("save", "POST", f"{path}note/", unseen_fields(page) | {"text": "Rang, no answer."})
        self.rest()


def unseen_fields(page: str) -> dict[str, str]:
    """Return what a form of a page carries unseen: its token against forgery, its key, the version that was seen."""
    inputs = [dict(PART.findall(told)) for told in INPUT.findall(page)]
    return {
        one["name"]: one.get("value", "") for one in inputs if one.get("type") == "hidden" and "name" in one
    }


def work(address: str, users: int, seconds: float, think_seconds: float) -> Told:
    """Have officers work for a time and return what was measured; signing in is not counted."""
    told, until = Told(), [0.0]
    officers = []
    for number in range(users):
        browser = Browser(address, f"officer{number}@bench.example")
        browser.sign_in()
        officers.append(Officer(browser, number, told, think_seconds, until))
    told.counted_from = time.monotonic() + WARMING_SECONDS
    until[0] = told.counted_from + seconds
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    return told


def export_all(address: str) -> tuple[int, float]:
    """Have an analyst export every case in the background; return the file's rows and the seconds until it lay there.

    Raises RuntimeError where it is not ready in ten minutes.
    """
    browser = Browser(address, "analyst@bench.example")
    browser.sign_in()
    began = time.monotonic()
    browser.ask("GET", f"{DESK}export/csv/?state=all")
    while time.monotonic() - began < 600:
        _, _, page = browser.ask("GET", "/exports/")
        found = FILE.search(page)
        if found:
            seconds = time.monotonic() - began
            _, _, text = browser.ask("GET", found[0])
            return text.count("NFRC"), seconds
        time.sleep(0.5)
    raise RuntimeError("the export was not ready in ten minutes")
