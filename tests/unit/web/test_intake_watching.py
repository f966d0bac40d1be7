"""The watched folder: files that no longer grow are taken in once, moved and never deleted; what is over is cleared."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home

LIST = "NFRC reference,Date reported,NFIB code,Victim type,Last name\nR1,04/03/2022,90,individual,Smith\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    from fourfold.web.intake import watching

    now = [1000.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def watched(register: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A watched folder, and a home that knows it."""
    from django.conf import settings

    home = Home(tmp_path / "home")
    home.prepare()
    folder = tmp_path / "incoming"
    folder.mkdir()
    home.write_settings({"force": "kent", "watch_folder": str(folder)})
    monkeypatch.setattr(settings, "HOME", home)
    return folder


def home() -> Home:
    from django.conf import settings

    found: Home = settings.HOME
    return found


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def look_until_quiet(watcher: Any, clock: list[float], seconds: float = 11.0) -> Any:
    assert watcher.look(home()) is None, "nothing is taken at the first look"
    clock[0] += seconds
    return watcher.look(home())


def test_whole_files_are_taken_in_and_moved_to_taken_or_refused(watched: Path, clock: list[float]) -> None:
    from fourfold.web.intake.models import HandOver
    from fourfold.web.intake.tasks import take_in_hand_over
    from fourfold.web.intake.watching import Watcher

    (watched / "list.csv").write_text(LIST)
    (watched / "sub").mkdir()
    (watched / "sub" / "program.csv").write_bytes(b"MZ\x90\x00")
    made = look_until_quiet(Watcher(), clock)
    assert isinstance(made, HandOver)
    assert files_in(watched) == [
        f".being-read/{made.token}/list.csv",
        f".being-read/{made.token}/sub/program.csv",
    ]
    assert take_in_hand_over.func(made.pk) == "in_part"
    assert files_in(watched) == ["refused/sub/program.csv", "taken/list.csv"]
    assert not (watched / ".being-read" / made.token).exists()


def test_a_file_that_still_grows_is_left_until_it_is_whole(watched: Path, clock: list[float]) -> None:
    from fourfold.web.intake.watching import Watcher

    watcher, path = Watcher(), watched / "list.csv"
    path.write_text(LIST[:40])
    for _ in range(3):
        assert watcher.look(home()) is None
        clock[0] += 9
        with path.open("a") as out:
            out.write("more")
    assert watcher.look(home()) is None
    clock[0] += 9
    assert watcher.look(home()) is None, "not quiet for long enough"
    clock[0] += 2
    assert watcher.look(home()) is not None


def test_a_file_rewritten_with_an_old_date_is_seen_to_have_changed(watched: Path, clock: list[float]) -> None:
    from fourfold.web.intake.watching import Watcher

    watcher, path = Watcher(), watched / "list.csv"
    path.write_text(LIST)
    assert watcher.look(home()) is None
    path.write_text(LIST[:50])
    os.utime(path, (1, 1))
    clock[0] += 11
    assert watcher.look(home()) is None


@pytest.mark.parametrize("name", [".list.csv.x7Ty", "list.csv.part", "list.csv.filepart", "~$list.xlsx"])
def test_what_a_program_is_still_writing_is_left_alone(name: str, watched: Path, clock: list[float]) -> None:
    from fourfold.web.intake.watching import Watcher

    (watched / name).write_text(LIST)
    assert look_until_quiet(Watcher(), clock) is None
    assert files_in(watched) == [name]


def test_a_link_that_leads_elsewhere_is_not_followed(
    watched: Path, clock: list[float], tmp_path: Path
) -> None:
    from fourfold.web.intake.watching import Watcher

    (tmp_path / "secret.csv").write_text(LIST)
    (watched / "list.csv").symlink_to(tmp_path / "secret.csv")
    assert look_until_quiet(Watcher(), clock) is None


def test_two_watchers_do_not_take_one_file_twice(watched: Path, clock: list[float]) -> None:
    from fourfold.web.intake.models import HandOver
    from fourfold.web.intake.watching import Watcher, hand_over_found

    (watched / "list.csv").write_text(LIST)
    first, second = Watcher(), Watcher()
    first.look(home())
    second.look(home())
    clock[0] += 11
    assert first.look(home()) is not None
    assert second.look(home()) is None
    assert hand_over_found(watched, [watched / "list.csv"]) is None, "gone between the look and the taking"
    assert HandOver.objects.count() == 1


def test_a_file_of_a_name_that_was_taken_before_takes_no_ones_place(
    watched: Path, clock: list[float]
) -> None:
    from fourfold.web.intake.tasks import take_in_hand_over
    from fourfold.web.intake.watching import Watcher

    watcher = Watcher()
    for words in (LIST, LIST.replace("R1", "R2")):
        (watched / "list.csv").write_text(words)
        made = look_until_quiet(watcher, clock)
        take_in_hand_over.func(made.pk)
    assert files_in(watched) == ["taken/list (2).csv", "taken/list.csv"]
    assert (watched / "taken" / "list.csv").read_text() == LIST


def test_files_moved_for_a_hand_over_that_was_not_made_come_back(watched: Path, clock: list[float]) -> None:
    from fourfold.web.intake.watching import Watcher

    stray = watched / ".being-read" / "nobody" / "sub" / "list.csv"
    stray.parent.mkdir(parents=True)
    stray.write_text(LIST)
    Watcher().look(home())
    assert files_in(watched) == ["sub/list.csv"]


def test_without_the_setting_nothing_is_looked_at(register: Home, tmp_path: Path, monkeypatch: Any) -> None:
    from django.conf import settings

    from fourfold.web.intake.watching import Watcher

    plain = Home(tmp_path / "home")
    plain.prepare()
    monkeypatch.setattr(settings, "HOME", plain)
    assert Watcher().look(plain) is None


def test_refused_uploads_go_when_their_time_is_over_and_broken_off_ones_after_a_day(
    watched: Path, browse: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from fourfold.web.intake.models import HandedFile
    from fourfold.web.intake.storing import arriving
    from fourfold.web.intake.tasks import take_in_hand_over
    from fourfold.web.intake.watching import clear

    form = {"token": "t", "files": SimpleUploadedFile("notes.txt", b"nothing")}
    browse("analyst").post("/intake/upload/", form)
    file = HandedFile.objects.get()
    take_in_hand_over.func(file.hand_over_id)
    broken_off = arriving(home()) / "x.upload"
    broken_off.write_bytes(b"x")
    clear(home())
    file.refresh_from_db()
    assert (file.state, broken_off.exists()) == (HandedFile.TURNED_DOWN, True)
    HandedFile.objects.update(kept_until=file.kept_until - timedelta(days=31))
    os.utime(broken_off, (1, 1))
    clear(home())
    file.refresh_from_db()
    assert (file.state, broken_off.exists()) == (HandedFile.GONE, False)
    assert files_in(home().path / "handed-in") == []
    assert file.hand_over.accounts.count() == 1, "its account stays"


def test_the_desk_is_watched_beside_the_server(register: Home) -> None:
    from django.apps import apps

    from fourfold.web.intake.watching import watch

    assert apps.get_app_config("handover").watches["intake"] is watch
