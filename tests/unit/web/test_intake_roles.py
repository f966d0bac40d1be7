"""Every page of the intake desk with every role, as a table: y answers, - is refused, ? is not found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fourfold.home import Home
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.refresh import refresh

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)

# One column a role, in the order above; a page that only takes forms (POST) is asked with an empty one.
TABLE = """
intake:hand_overs            -y---yy
intake:upload                -y----y
intake:hand_over             -y---yy
intake:read_again            -!----!
intake:discard               -y----y
intake:batches               -y---yy
intake:export_batches        -y---yy
intake:batch                 -y---yy
intake:faults                -y---yy
intake:export_faults         -y---yy
intake:rows                  -y---yy
intake:row                   -y---yy
intake:correct               -y----y
intake:download              -y-----
intake:corrections           -y----y
intake:completeness          -y---yy
intake:export_completeness   -y---yy
intake:field                 -y---yy
intake:sources               -y---yy
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]
POSTED = {"intake:read_again", "intake:correct"}
LIST = (
    "NFRC reference,Date reported,NFIB code,Victim type,Last name\n"
    "R1,04/03/2022,90,individual,Smith\nR2,31/02/2022,90,individual,Okafor\n"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with one list taken in, one row of it set aside."""
    home = Home(tmp_path_factory.mktemp("intake-roles") / "home")
    home.prepare()
    home.write_settings({"force": "kent"})
    path = home.path / "list.csv"
    path.write_text(LIST)
    take_in(home, [path])
    refresh(home)
    return home


@pytest.fixture
def desk(filled: Home, register: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    from django.conf import settings

    monkeypatch.setattr(settings, "HOME", filled)
    return filled


def arguments(page: str) -> list[Any]:
    from django.utils import timezone

    from fourfold.web.intake.frames import known_batches, waiting_faults
    from fourfold.web.intake.models import HandOver

    if page in ("intake:row", "intake:correct"):
        return [waiting_faults()["row_digest"][0]]
    if page in ("intake:hand_over", "intake:read_again", "intake:discard"):
        return [HandOver.objects.create(token="t", kind="upload", made_at=timezone.now()).pk]
    if page.startswith("intake:export"):
        return ["csv"]
    return {"intake:batch": [known_batches()["batch_id"][0]], "intake:field": ["crime.ho_code"]}.get(page, [])


def address(page: str) -> str:
    from django.urls import reverse

    told = reverse(page, args=arguments(page))
    return f"{told}?source=fraud_list" if page == "intake:download" else told


def test_every_page_of_the_desk_stands_in_the_table(register: Home) -> None:
    from fourfold.web.intake.urls import ACCESS, urlpatterns

    assert {row[0] for row in ROWS} == set(ACCESS) == {f"intake:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_each_role_is_answered_as_the_table_says(page: str, desk: Home, browse: Callable[..., Any]) -> None:
    where, got = address(page), ""
    for role in ROLES:
        client = browse(role)
        status = (client.post(where, {}) if page in POSTED else client.get(where)).status_code
        got += {200: "y", 403: "-", 404: "?", 409: "!"}.get(status, f"({status})")
    assert got == dict(ROWS)[page]


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_nobody_comes_in_without_signing_in(page: str, desk: Home) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").get(address(page))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_a_file_from_nobody_is_not_stored(desk: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form's files are read before its page is asked whether the person may."""
    from django.core.files import uploadedfile
    from django.test import Client

    stored: list[str] = []
    kept = uploadedfile.TemporaryUploadedFile.__init__

    def note(self: Any, *args: Any, **kwargs: Any) -> None:
        stored.append(str(args[0]))
        kept(self, *args, **kwargs)

    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", note)
    big = uploadedfile.SimpleUploadedFile("big.csv", b"x" * 3_000_000)
    nobody = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert nobody.get("/sign-in/").status_code == 200
    assert "csrftoken" in nobody.cookies, "with a cookie the form is read to find its token"
    nobody.post("/intake/upload/", {"files": big})
    assert stored == []


def test_today_tells_analysts_and_administrators_and_nobody_else(
    desk: Home, browse: Callable[..., Any]
) -> None:
    for role in ROLES:
        page = browse(role).get("/").content.decode()
        told = "Rows in quarantine" in page
        assert told == (role in ("analyst", "administrator")), role
        assert ("Sources that are late" in page) == told
    assert "1 new this week" in browse("analyst").get("/").content.decode()


def test_the_navigation_shows_the_desk_to_those_who_may(desk: Home, browse: Callable[..., Any]) -> None:
    assert 'href="/intake/"' in browse("data_protection").get("/").content.decode()
    assert 'href="/intake/"' not in browse("auditor").get("/").content.decode()
