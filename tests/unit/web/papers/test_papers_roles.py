"""Every address of the papers desk with every role, as a table: y answers, - is refused, ? is as if not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)

# One column a role, in the order above: of a paper that is built, then of one that is approved.
TABLE = """
papers:list             yyyyyy- yyyyyy-
papers:list_export      yyyyyy- yyyyyy-
papers:start            -y--y-- -y--y--
papers:paper            ?y??y?- yyyyyy-
papers:read             ?y??y?- yyyyyy-
papers:checks           ?y??y?- yyyyyy-
papers:figures          ?y??y?- yyyyyy-
papers:figures_export   ?y??y?- yyyyyy-
papers:download         ?y??y?- yyyyyy-
papers:figure           yyyyyy- yyyyyy-
papers:figure_export    -y----- -y-----
papers:accept           -y--y-- -y--y--
papers:send             -y--y-- -y--y--
papers:throw_away       -y--y-- -y--y--
papers:decide           ----y-- ----y--
papers:work             -y--y-- -y--y--
papers:work_state       -y--y-- -y--y--
papers:texts            -y--y-- -y--y--
papers:text             -y--y-- -y--y--
papers:text_earlier     -y--y-- -y--y--
papers:build            -y--y-- -y--y--
papers:verify           -y--y-- -y--y--
papers:next_version     -y--y-- -y--y--
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
POSTED = ("papers:build", "papers:verify", "papers:next_version")
"""Addresses that answer to a button only: asked for by GET they say that, to those who may press it."""
SEEN = {200: "y", 302: "y", 405: "y", 409: "y", 403: "-", 404: "?"}
WARNING = ("warning", "typed_figure", "paragraph 1", "12: typed by hand.")


def arguments(page: str, paper: Any) -> list[Any]:
    from fourfold.web.papers.approving import digest_of

    own: dict[str, list[Any]] = {
        "papers:list": [], "papers:start": [], "papers:figure": [], "papers:list_export": ["csv"],
        "papers:figure_export": ["csv"], "papers:figures_export": [paper.pk, "csv"], "papers:download": [paper.pk, "pdf"],
        "papers:accept": [paper.pk, digest_of(*WARNING[1::2])], "papers:text": [paper.pk, "legal"],
        "papers:text_earlier": [paper.pk, "legal", 1],
    }  # fmt: skip
    return own.get(page, [paper.pk])


def prepare(paper: Any) -> None:
    from django.utils import timezone

    from fourfold.web.papers.models import Run, SectionText

    now = timezone.now()
    SectionText.objects.create(
        paper=paper, section="legal", number=1, text="Words.", author=paper.built_by, written_at=now
    )
    Run.objects.create(
        paper=paper, kind="build", stage="done", asked_by=paper.built_by, asked_at=now, seen_at=now
    )


def test_every_address_of_the_desk_stands_in_the_table(register: Any) -> None:
    from fourfold.web.papers.urls import ACCESS, urlpatterns

    assert set(ROWS) == set(ACCESS) == {f"papers:{pattern.name}" for pattern in urlpatterns}


@pytest.mark.parametrize("which", [0, 1], ids=["built", "approved"])
def test_each_role_is_answered_as_the_table_says(
    which: int, built: Callable[..., Any], approved: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    from django.urls import reverse

    paper = (built, approved)[which](findings=(WARNING,))
    prepare(paper)
    clients = {role: browse(role) for role in ROLES}
    got = {}
    for page in ROWS:
        address = reverse(page, args=arguments(page, paper))
        more = (
            {"name": "crime.burglary@2021"}
            if page.startswith("papers:figure") and "figures" not in page
            else {}
        )
        got[page] = "".join(SEEN.get(clients[role].get(address, more).status_code, "!") for role in ROLES)
    assert got == {page: row[which] for page, row in ROWS.items()}


@pytest.mark.parametrize("page", sorted(ROWS))
def test_nobody_comes_in_without_signing_in(page: str, built: Callable[..., Any]) -> None:
    from django.test import Client
    from django.urls import reverse

    address = reverse(page, args=arguments(page, built(findings=(WARNING,))))
    client = Client(SERVER_NAME="localhost")
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("role", ROLES)
def test_buttons_answer_only_those_who_may_press_them(
    role: str, built: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    from django.urls import reverse

    paper, client = built(), browse(role)
    for page in (*POSTED, "papers:send", "papers:decide", "papers:text"):
        answer = client.post(reverse(page, args=arguments(page, paper)), {"seen": "x", "text": "x"})
        may = ROWS[page][0][ROLES.index(role)] == "y"
        assert (answer.status_code in (200, 302, 409)) == may, page
        assert may or answer.status_code == 403, page
