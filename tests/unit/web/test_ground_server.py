"""Settings from the home, headers, logs, health, and what the server refuses."""

from __future__ import annotations

import json
import logging
import sqlite3
from typing import Any

import pytest

from fourfold.home import Home, WrongUseError


def test_secrets_lie_in_the_home_for_its_owner_alone(web: Home) -> None:
    from django.conf import settings

    for name in ("secret.key", "trail.key", "register.sqlite3"):
        assert (web.path / name).stat().st_mode & 0o777 == 0o600
    assert (web.path / "secret.key").read_text().strip() == settings.SECRET_KEY
    assert len(settings.TRAIL_KEY) >= 50


def test_sqlite_takes_the_write_lock_first_and_no_unsafe_log(register: Home) -> None:
    from django.db import connection

    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        wait_ms = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    assert journal == ("wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "delete")
    assert wait_ms == 30_000


def test_an_address_of_postgresql_is_read(web: Home) -> None:
    from fourfold.web.settings import postgresql_database

    told = postgresql_database("postgresql://ada:p%40ss@db.force.example:5433/fourfold?sslmode=require")
    assert (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"]) == (
        "ada",
        "p@ss",
        "db.force.example",
        "5433",
    )
    assert (told["NAME"], told["OPTIONS"]) == ("fourfold", {"sslmode": "require"})
    with pytest.raises(WrongUseError, match="not an address of PostgreSQL"):
        postgresql_database("mysql://somewhere/else")


def test_pages_carry_their_headers_and_nothing_inline(browse: Any) -> None:
    answer = browse("administrator").get("/people/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    page = answer.content.decode()
    assert nonce
    assert page.count("<script") == page.count(f'<script nonce="{nonce}"') + page.count(
        '<script type="module" src="/static/'
    )
    assert " style=" not in page
    assert "<style" not in page
    assert not [
        part for part in ('"http://', '"https://', '"//') if part in page.replace("http://www.w3.org", "")
    ]
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_form_without_its_token_changes_nothing(make_person: Any) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(
        make_person("administrator"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.post("/units/", {"name": "Fraud"})
    assert answer.status_code == 403
    assert b"This form has gone stale" in answer.content


def test_another_host_name_is_refused(register: Home) -> None:
    from django.test import Client

    assert Client(SERVER_NAME="evil.example").get("/sign-in/").status_code == 400


def test_a_form_too_large_is_refused(browse: Any) -> None:
    answer = browse("administrator").post("/units/", {"name": "x" * (2 * 1024 * 1024 + 1)})
    assert answer.status_code in (400, 413)


def test_health_and_metrics(register: Home) -> None:
    from django.test import Client, override_settings

    client = Client(SERVER_NAME="localhost")
    assert client.get("/health/live").json() == {"state": "live"}
    assert client.get("/health/ready").json() == {"state": "ready", "parts": {"register": True}}
    assert b"fourfold_request_seconds_count" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    with override_settings(METRICS_TOKEN="a-token", PROXY_ENDS_TLS=True):
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer a-token"}).status_code == 200


def test_logs_name_the_page_and_nobody(browse: Any, caplog: pytest.LogCaptureFixture) -> None:
    from fourfold.web.ui.logs import Impersonal, JsonLines

    with caplog.at_level(logging.INFO, logger="fourfold.web.requests"):
        browse("administrator").get("/people/?q=Mavis+Beacon")
    lines = [JsonLines().format(entry) for entry in caplog.records if entry.name == "fourfold.web.requests"]
    told = json.loads(lines[-1])
    assert (told["page"], told["method"], told["status"]) == ("accounts:people", "GET", 200)
    assert "Mavis" not in "".join(lines)
    try:
        raise ValueError("Mavis Beacon, 1 High Street")
    except ValueError as error:
        entry = logging.LogRecord(
            "x", logging.ERROR, "x.py", 1, "failed", None, (ValueError, error, error.__traceback__)
        )
    Impersonal().filter(entry)
    line = JsonLines().format(entry)
    assert "Mavis" not in line
    assert json.loads(line)["error"] == "ValueError"
    assert "test_ground_server.py" in line


def test_a_page_that_breaks_says_so_and_keeps_its_words(browse: Any, monkeypatch: Any, caplog: Any) -> None:
    from fourfold.web.accounts import views

    def broken(*args: Any) -> None:
        raise RuntimeError("Mavis Beacon")

    client = browse("administrator")
    client.raise_request_exception = False
    monkeypatch.setattr(views, "keyset_page", broken)
    answer = client.get("/people/")
    assert answer.status_code == 500
    assert b"The fault is ours" in answer.content
    assert b"Mavis" not in answer.content
    ours = [
        entry
        for entry in caplog.records
        if entry.name == "fourfold.web.requests" and entry.levelno >= logging.ERROR
    ]
    assert [(entry.error, entry.page) for entry in ours] == [("RuntimeError", "accounts:people")]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "force.example"])
def test_the_server_refuses_an_address_that_others_can_reach(
    host: str, tmp_path: Any, monkeypatch: Any
) -> None:
    from fourfold.web.server import _check_host, serve

    with pytest.raises(WrongUseError, match="can be reached from other machines"):
        serve(Home(tmp_path), host=host)
    monkeypatch.setenv("FOURFOLD_PROXY", "https")
    _check_host(Home(tmp_path), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.8"])
def test_loopback_needs_no_proxy(host: str, tmp_path: Any) -> None:
    from fourfold.web.server import _check_host

    _check_host(Home(tmp_path), host)


def test_a_process_serves_one_home(web: Home, tmp_path: Any, monkeypatch: Any) -> None:
    from fourfold.home import CouldNotRunError
    from fourfold.web.server import start_django

    monkeypatch.setenv("FOURFOLD_HOME", str(web.path))
    with pytest.raises(CouldNotRunError, match="already serves the home"):
        start_django(Home(tmp_path))


def test_models_and_migrations_agree(register: Home) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("address", ["http://login.force.example", "login.force.example", "ftp://x"])
def test_a_sign_in_service_that_can_be_listened_to_is_refused(address: str, web: Home) -> None:
    from fourfold.web.settings import sign_in_service

    with pytest.raises(WrongUseError, match="begins with https"):
        sign_in_service(address)
    assert sign_in_service("https://login.force.example/tenant") == "https://login.force.example/tenant"
    assert sign_in_service("") == ""
