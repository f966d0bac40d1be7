"""A browser without JavaScript, for tests that drive a server: it keeps cookies and sends the form's token."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request


class PlainBrowser:
    """Opens pages of one server."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.status = 0
        self._token = ""
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, **form: str) -> str:
        """Send a form with the token of the page opened last, and return the page that follows."""
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": self._token, **form}).encode()
        return self._open(urllib.request.Request(self.address + path, sent, {"Referer": self.address + path}))

    def sign_in(self, email: str, password: str) -> str:
        self.get("/sign-in/")
        return self.post("/sign-in/", login=email, password=password)

    def _open(self, asked: urllib.request.Request) -> str:
        try:
            with self._opener.open(asked, timeout=60) as answer:
                self.status, page = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            self.status, page = error.code, error.read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self._token = token[1] if token else self._token
        return str(page)
