"""The intake desk's pages: hand in, see what became of it, the batch history; each with a pinned query count."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold.home import Home

FRAUD = "NFRC reference,Date reported,NFIB code,Victim type,Last name,Date of birth,Loss (GBP),Narrative"
GOOD = "R1,04/03/2022,90,individual,Smith,04/03/1949,5,rang them"
BROKEN = "R2,31/02/2022,90,individual,Okafor,04/03/1950,5,rang them too"
BORN_LATE = "R3,04/03/2022,90,individual,Nguyễn,04/03/2031,5,rang them again"


def sheet(*rows: str) -> bytes:
    return ("\r\n".join([FRAUD, *rows]) + "\r\n").encode()


def uploaded(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def desk(register: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The register with a home of its own for lake and files."""
    from django.conf import settings

    home = Home(tmp_path / "home")
    home.prepare()
    home.write_settings({"force": "kent"})
    monkeypatch.setattr(settings, "HOME", home)
    return home


@pytest.fixture
def read_all() -> Callable[[], list[str]]:
    """Do what the worker would: every hand-over that waits."""
    from fourfold.web.intake.models import WAITING, HandOver
    from fourfold.web.intake.tasks import take_in_hand_over

    def run() -> list[str]:
        keys = HandOver.objects.filter(state=WAITING).order_by("pk").values_list("pk", flat=True)
        return [take_in_hand_over.func(key) for key in keys]

    return run


def hand_in(client: Any, *files: SimpleUploadedFile, token: str = "one", **more: str) -> Any:
    return client.post("/intake/upload/", {"token": token, "files": list(files), **more})


def test_a_file_is_handed_in_read_and_told_of_row_by_row(desk: Home, browse: Any, read_all: Any) -> None:
    from fourfold.web.intake.models import HandOver

    client = browse("analyst")
    answer = hand_in(client, uploaded("weekly list.csv", sheet(GOOD, BROKEN)))
    made = HandOver.objects.get()
    assert answer["Location"] == f"/intake/hand-overs/{made.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "Waiting" in page
    assert "intake/progress" in page
    assert read_all() == ["taken_in"]
    page = client.get(answer["Location"]).content.decode()
    assert "Taken in" in page
    assert "Weekly list of fraud victims" in page
    assert "intake/progress" not in page
    account = made.accounts.get()
    assert (account.received, account.accepted, account.quarantined) == (2, 1, 1)
    assert not any(path.is_file() for path in (desk.path / "handed-in").rglob("*")), "nothing is kept"


def test_the_same_file_again_changes_nothing_and_says_so(desk: Home, browse: Any, read_all: Any) -> None:
    from fourfold.lake import Lake

    client = browse("analyst")
    hand_in(client, uploaded("a.csv", sheet(GOOD)))
    read_all()
    before = Lake(desk.lake).current().name
    answer = hand_in(client, uploaded("a.csv", sheet(GOOD)), token="two")
    read_all()
    assert (
        "All of it was told before: nothing has changed." in client.get(answer["Location"]).content.decode()
    )
    assert Lake(desk.lake).current().name == before


def test_a_form_submitted_twice_makes_one_hand_over(desk: Home, browse: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.intake.models import HandOver

    client = browse("analyst")
    first = hand_in(client, uploaded("a.csv", sheet(GOOD)))
    second = hand_in(client, uploaded("a.csv", sheet(GOOD)))
    assert first["Location"] == second["Location"]
    assert HandOver.objects.count() == 1
    assert DBTaskResult.objects.filter(task_path__endswith="take_in_hand_over").count() == 1


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_password() -> bytes:
    data = bytearray(zipped(**{"a.csv": sheet(GOOD)}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    return out.getvalue()


def with_macro() -> bytes:
    return zipped(
        **{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"x"}
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("list.csv", b"MZ\x90\x00\x03\x00\x00", "It is a Windows program"),
        ("list.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "It is a picture (PNG)"),
        ("list.zip", with_password(), "It is protected by a password"),
        ("list.xlsx", bomb(), "It unpacks to more than"),
        ("list.xlsx", with_macro(), "The workbook contains macros"),
        ("notes.txt", b"Nothing to see.", "no source we know"),
        ("empty.csv", b"", "It is empty"),
    ],
)
def test_what_is_no_list_is_refused_in_words_and_kept_for_a_while(
    name: str, data: bytes, words: str, desk: Home, browse: Any, read_all: Any
) -> None:
    from fourfold.web.intake.models import HandedFile, HandOver

    client = browse("analyst")
    answer = hand_in(client, uploaded(name, data))
    assert read_all() == ["refused"]
    page = client.get(answer["Location"]).content.decode()
    assert words in page
    file = HandedFile.objects.get()
    kept = desk.path / "handed-in" / HandOver.objects.get().token / name
    assert file.state == HandedFile.TURNED_DOWN
    assert file.kept_until is not None
    assert kept.read_bytes() == data
    assert kept.stat().st_mode & 0o077 == 0, "nobody else may read it"
    assert f"{name}" in client.get("/intake/batches/?kind=refused").content.decode()


def test_a_refused_file_is_read_again_once_the_setting_is_right(
    desk: Home, browse: Any, read_all: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from fourfold.web.intake.models import HandOver

    forceless = Home(desk.path.parent / "forceless")
    forceless.prepare()
    monkeypatch.setattr(settings, "HOME", forceless)
    client = browse("analyst")
    answer = hand_in(client, uploaded("a.csv", sheet(GOOD)), uploaded("b.txt", b"nothing"))
    assert read_all() == ["refused"]
    page = client.get(answer["Location"]).content.decode()
    assert "do not say which force" in page
    assert "Read again what is left" in page
    forceless.write_settings({"force": "kent"})
    monkeypatch.setattr(settings, "HOME", Home(forceless.path))
    made = HandOver.objects.get()
    again = {"version": str(made.version)}
    old = client.post(f"{answer['Location']}read-again/", {"version": "7"})
    assert old.status_code == 409
    assert "Somebody else has changed this hand-over" in old.content.decode()
    assert client.post(f"{answer['Location']}read-again/", again).status_code == 302
    assert client.post(f"{answer['Location']}read-again/", again).status_code == 409
    assert read_all() == ["in_part"]
    made.refresh_from_db()
    assert sorted(one.refused == "" for one in made.accounts.all()) == [False, True]
    assert made.version == 1
    page = client.get(f"{answer['Location']}discard/").content.decode()
    assert "Delete the refused files" in page
    assert client.post(f"{answer['Location']}discard/", {"version": "1"}).status_code == 302
    assert "Refused and deleted" in client.get(answer["Location"]).content.decode()


def test_two_files_of_one_name_and_a_name_in_any_script_are_kept_apart(
    desk: Home, browse: Any, read_all: Any
) -> None:
    client = browse("analyst")
    name = "قائمة 週報 🙂.csv"
    answer = hand_in(client, uploaded(name, sheet(GOOD)), uploaded(name, sheet(BORN_LATE, GOOD)))
    assert read_all() == ["taken_in"]
    page = client.get(answer["Location"]).content.decode()
    assert "قائمة 週報 🙂.csv" in page
    assert "قائمة 週報 🙂 (2).csv" in page


def test_too_much_at_once_is_said_and_not_stored(
    desk: Home, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from fourfold.web.intake.models import HandOver

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the file was stored")

    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", refuse)
    monkeypatch.setattr(settings, "UPLOAD_LARGEST_BYTES", 1024 * 1024)
    answer = hand_in(browse("analyst"), uploaded("big.csv", b"x" * 3 * 1024 * 1024))
    assert answer.status_code == 413
    assert "The files hold 3 megabytes together, and the most at once is 1" in answer.content.decode()
    assert not HandOver.objects.exists()


def test_without_a_file_the_form_says_so(desk: Home, browse: Any) -> None:
    answer = hand_in(browse("analyst"))
    assert "Choose the files to hand in" in answer.content.decode()
    assert 'value="one"' in answer.content.decode(), "the form keeps its token"


def test_a_reading_that_fails_says_why_and_keeps_the_file(
    desk: Home, browse: Any, read_all: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.home import CouldNotRunError
    from fourfold.web.intake import taking_in

    def locked(*_: Any, **__: Any) -> None:
        raise CouldNotRunError("The lake is being loaded by process 7.", "Wait until it is done.")

    client = browse("analyst")
    answer = hand_in(client, uploaded("a.csv", sheet(GOOD)))
    with monkeypatch.context() as patched:
        patched.setattr(taking_in, "take_in", locked)
        assert read_all() == ["stopped"]
    page = client.get(answer["Location"]).content.decode()
    assert "The lake is being loaded by process 7. Wait until it is done." in page
    client.post(f"{answer['Location']}read-again/", {"version": "0"})
    assert read_all() == ["taken_in"]


def test_a_fault_of_ours_leaves_the_hand_over_stopped_and_is_raised(
    desk: Home, browse: Any, read_all: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.intake import taking_in
    from fourfold.web.intake.models import HandOver

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    hand_in(browse("analyst"), uploaded("a.csv", sheet(GOOD)))
    monkeypatch.setattr(taking_in, "take_in", broken)
    with pytest.raises(ZeroDivisionError):
        read_all()
    assert "Nothing is lost" in HandOver.objects.get(state="stopped").words


def test_progress_names_the_file_that_is_read(desk: Home, browse: Any) -> None:
    from fourfold.web.intake.models import HandOver
    from fourfold.web.intake.taking_in import progress_of

    client = browse("analyst")
    answer = hand_in(client, uploaded("a.csv", sheet(GOOD)))
    HandOver.objects.update(state="reading")
    progress_of(HandOver.objects.get())("archive.zip!2021-11.csv")
    page = client.get(answer["Location"]).content.decode()
    assert "archive.zip!2021-11.csv" in page
    assert "Being read" in page


def test_every_act_is_trailed_without_names(desk: Home, browse: Any, read_all: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    hand_in(client, uploaded("Smith.csv", sheet(GOOD)))
    read_all()
    client.get("/intake/batches/export/csv/")
    acts = list(TrailEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts[-3:] == ["files_handed_in", "files_taken_in", "batches_exported"]
    assert "Smith" not in str(list(TrailEntry.objects.values()))


def test_a_batch_page_accounts_for_its_file(desk: Home, browse: Any, read_all: Any) -> None:
    from fourfold.web.intake.frames import known_batches

    client = browse("analyst")
    hand_in(client, uploaded("a.csv", sheet(GOOD, BROKEN)), force="cumbria")
    read_all()
    (batch,) = known_batches().to_dicts()
    page = client.get(f"/intake/batches/{batch['batch_id']}/").content.decode()
    for words in ("Fraud report", "4 March 2022 to 4 March 2022", "cumbria", "Date reported cannot be read"):
        assert words in page, words
    assert client.get("/intake/batches/nothing/").status_code == 404


def test_batches_are_found_sorted_paged_and_exported(desk: Home, browse: Any) -> None:
    from fourfold.pipeline.intake import take_in

    folder = desk.path / "inbox"
    folder.mkdir()
    for number in range(60):
        rows = [f"R{number}-{row},04/03/2022,90,individual,Smith,,5,x" for row in range(number % 7 + 1)]
        (folder / f"list-{number:02d}.csv").write_bytes(sheet(*rows))
    (folder / "=cmd.csv").write_bytes(b"MZ\x90\x00")
    take_in(desk, [folder])
    client = browse("analyst")
    page = client.get("/intake/batches/?sort=file").content.decode()
    assert page.index("list-00.csv") < page.index("list-48.csv")
    assert "list-49.csv" not in page
    assert "61 batches" in page
    later = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "list-59.csv" in client.get(f"/intake/batches/{later}").content.decode()
    page = client.get("/intake/batches/?q=LIST-07&sort=-received").content.decode()
    assert "list-07.csv" in page
    assert "list-08.csv" not in page
    assert "Take off" in page
    told = b"".join(client.get("/intake/batches/export/csv/?kind=refused").streaming_content).decode()
    assert "inbox/=cmd.csv" in told
    assert client.get("/intake/batches/export/xlsx/").status_code == 200
    assert client.get("/intake/batches/export/exe/").status_code == 404
    assert "Take a filter off" in client.get("/intake/batches/?q=nobody").content.decode()
    page = client.get("/intake/batches/?since_day=31&since_month=2&since_year=2026").content.decode()
    assert "must be a real date" in page


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/intake/", 6),
        ("/intake/batches/", 3),
        ("/intake/quarantine/", 3),
        ("/intake/sources/", 3),
        ("/intake/completeness/", 3),
    ],
)
def test_lists_ask_the_register_as_often_whatever_they_hold(
    address: str, queries: int, desk: Home, browse: Any, read_all: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse("analyst")
    for number in range(4):
        hand_in(
            client,
            uploaded(f"{number}.csv", sheet(GOOD.replace("R1", f"R{number}"), BROKEN)),
            token=str(number),
        )
    read_all()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    told = [one["sql"][:90] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(told) == queries, told
