"""Exports made in the background: privately, trailed with every key, deleted after a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from fourfold.home import Home, WrongUseError


def listing(person: Any, answer: Any, asked: Mapping[str, str]) -> Any:
    from fourfold.web.exports.registering import Listing

    def rows() -> Iterator[tuple[str, list[Any]]]:
        for number in range(int(asked.get("rows", "3"))):
            yield f"p-{number}", [f"=Person {number}", answer.scope]

    if asked.get("broken"):
        raise ValueError("Mavis Beacon")
    return Listing(["Who", "Scope"], rows(), "OFFICIAL-SENSITIVE", "person")


@pytest.fixture
def desk(register: Home) -> Iterator[None]:
    from django.apps import apps

    from fourfold.web.exports.registering import register_export

    register_export("test.people", "People of the test", listing)
    yield
    del apps.get_app_config("exports").makers["test.people"]


def ask(client: Any, kind: str = "csv", **asked: str) -> Any:
    from fourfold.web.exports.asking import ask_for

    return ask_for("test.people", by=client.person, kind=kind, asked=asked)


def made(export: Any) -> Any:
    from fourfold.web.exports.making import make

    make(export.key)
    export.refresh_from_db()
    return export


@pytest.fixture
def analyst(browse: Any, desk: None) -> Any:
    return browse("analyst")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_made_privately_and_fetched_by_who_asked(kind: str, analyst: Any, register: Home) -> None:
    from fourfold.web.trail.models import TrailEntry, TrailSubject

    export = ask(analyst, kind, q="Mavis Beacon")
    assert "Waiting" in analyst.get("/exports/").content.decode()
    assert analyst.get(f"/exports/{export.key}/file/").status_code == 404
    export = made(export)
    assert (export.state, export.row_count, export.asked) == ("ready", 3, {})
    assert export.path.stat().st_mode & 0o777 == 0o600
    assert export.path.parent.stat().st_mode & 0o777 == 0o700
    page = analyst.get("/exports/").content.decode()
    assert "Ready" in page
    assert f"/exports/{export.key}/file/" in page
    answer = analyst.get(f"/exports/{export.key}/file/")
    content = b"".join(answer.streaming_content)
    assert content == export.path.read_bytes()
    assert "people-of-the-test-20" in answer["Content-Disposition"]
    if kind == "csv":
        assert content.decode().splitlines()[2] == "'=Person 0,masked"
    acts = list(TrailEntry.objects.filter(act__startswith="export").order_by("number"))
    assert [entry.act for entry in acts] == ["export_asked", "export_made", "export_fetched"]
    assert (acts[1].who_id, acts[1].role) == (str(analyst.person.pk), "analyst")
    assert acts[1].subject_refs == ["p-0", "p-1", "p-2"]
    assert "Mavis" not in str([entry.detail for entry in acts])
    assert TrailSubject.objects.filter(ref="p-1").exists()


def test_a_long_list_is_told_to_the_trail_in_parts_before_it_can_be_fetched(analyst: Any) -> None:
    from fourfold.web.exports.models import Export
    from fourfold.web.trail.models import TrailEntry, TrailSubject

    export = made(ask(analyst, rows="4500"))
    told = TrailEntry.objects.filter(act="export_made").order_by("number")
    assert [len(entry.subject_refs) for entry in told] == [2000, 2000, 500]
    assert [entry.detail["part"] for entry in told] == [1, 2, 3]
    assert TrailSubject.objects.filter(kind="person").count() == 4500
    assert Export.objects.get().row_count == 4500 == export.row_count


def test_somebody_elses_export_is_as_if_it_were_not_there(analyst: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    export, other = made(ask(analyst)), browse("analyst")
    assert export.key not in other.get("/exports/").content.decode()
    assert other.get(f"/exports/{export.key}/file/").status_code == 404
    assert other.post(f"/exports/{export.key}/delete/").status_code == 404
    assert export.path.exists()
    assert TrailEntry.objects.filter(act="access_denied", who_id=str(other.person.pk)).count() == 2


def test_it_is_deleted_after_a_day_and_forgotten_after_a_month(analyst: Any, register: Home) -> None:
    from django.utils import timezone

    from fourfold.web.exports.clearing import clear
    from fourfold.web.exports.models import Export

    export = made(ask(analyst))
    clear(register)
    assert export.path.exists()
    Export.objects.update(made_at=timezone.now() - timedelta(days=1, seconds=1))
    assert analyst.get(f"/exports/{export.key}/file/").status_code == 404, "before it is cleared, too"
    clear(register)
    assert not export.path.exists()
    assert "Deleted" in analyst.get("/exports/").content.decode()
    Export.objects.update(asked_at=timezone.now() - timedelta(days=31))
    clear(register)
    assert Export.objects.count() == 0


def test_its_person_deletes_it_sooner_and_twice_does_no_harm(analyst: Any) -> None:
    export = made(ask(analyst))
    for _ in range(2):
        assert analyst.post(f"/exports/{export.key}/delete/").status_code == 302
    assert not export.path.exists()
    assert analyst.get(f"/exports/{export.key}/file/").status_code == 404


def test_the_same_asked_twice_is_one_and_five_at_once_are_enough(analyst: Any) -> None:
    assert ask(analyst, rows="1") == ask(analyst, rows="1")
    for number in range(2, 6):
        ask(analyst, rows=str(number))
    with pytest.raises(WrongUseError, match="5 of your exports"):
        ask(analyst, rows="6")


def test_a_role_taken_away_meanwhile_is_asked_again(analyst: Any) -> None:
    export = ask(analyst)
    analyst.person.memberships.all().delete()
    export = made(export)
    assert (export.state, "may no longer export" in export.fault) == ("failed", True)
    assert not export.path.exists()


def test_a_fault_of_ours_says_so_without_its_words(analyst: Any) -> None:
    export = ask(analyst, broken="yes")
    with pytest.raises(ValueError, match="Mavis"):
        made(export)
    export.refresh_from_db()
    assert export.state == "failed"
    assert "Mavis" not in export.fault
    assert "The fault is ours" in analyst.get("/exports/").content.decode()


def test_what_the_worker_left_when_it_was_ended_is_struck_out(analyst: Any, register: Home) -> None:
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.exports.clearing import clear
    from fourfold.web.exports.tasks import make_export

    export = ask(analyst)
    result = make_export.enqueue(export.key)
    type(export).objects.update(task=str(result.id), state="running")
    clear(register)
    export.refresh_from_db()
    assert export.state == "running"
    DBTaskResult.objects.update(status="FAILED")
    clear(register)
    export.refresh_from_db()
    assert (export.state, export.fault) == ("failed", "It was interrupted. Ask for it again.")


def test_who_may_not_export_has_no_page_of_exports(browse: Any) -> None:
    assert browse("administrator").get("/exports/").status_code == 403
    page = browse("performance").get("/exports/").content.decode()
    assert "You have asked for no export" in page


def test_rows_are_read_in_batches_by_key(make_person: Any) -> None:
    from fourfold.web.accounts.models import User
    from fourfold.web.ui.exports import by_key

    for _ in range(7):
        make_person()
    assert [one.pk for one in by_key(User.objects.all(), size=3)] == sorted(
        User.objects.values_list("pk", flat=True)
    )
    assert [one.pk for one in by_key(User.objects.order_by("-name"), size=7)] == [
        one.pk for one in by_key(User.objects.all())
    ]
