"""Rows set aside at the desk: shown as each may see them, corrected once, put back with who and why, in the trail."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold.home import CouldNotRunError, Home
from fourfold.lake import Lake
from fourfold.pipeline.intake import take_in

HEADINGS = "NFRC reference,Date reported,NFIB code,Victim type,Last name,Date of birth,Postcode,Shoe size,Ethnicity,Narrative"
ROWS = (
    "R0,04/03/2022,90,individual,Smith,04/03/1949,ME1 1AA,9,W1,first words",
    "R1,31/02/2022,90,individual,Okafor,04/03/1950,ME2 2BB,8,B2,second words",
    "R2,04/03/2022,90,individual,Nguyễn,04/03/2031,ME3 3CC,7,A5,third words",
    '=2+3,31/02/2022,90,individual,مريم,04/03/1951,ME4 4DD,6,O1,"a\nb 🙂"',
)
HIDDEN_FROM_ANALYST = ("Okafor", "Nguyễn", "04/03/1950", "ME2 2BB", "ME3 3CC")
PERSONAL = (*HIDDEN_FROM_ANALYST, "04/03/2031", "second words", "third words")
WHY = "Confirmed by the sender by email"


@pytest.fixture
def desk(register: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a list taken in whose rows but the first are set aside."""
    from django.conf import settings

    home = Home(tmp_path / "home")
    home.prepare()
    home.write_settings({"force": "kent"})
    (tmp_path / "list.csv").write_text("\n".join([HEADINGS, *ROWS]) + "\n", encoding="utf-8")
    take_in(home, [tmp_path / "list.csv"])
    monkeypatch.setattr(settings, "HOME", home)
    return home


def digest_of(ref: str) -> str:
    from fourfold.web.intake.frames import texts_of, waiting_faults

    rows = waiting_faults()
    texts = texts_of(rows.select("batch_id", "file_row").rows())
    for place, digest in rows.select("place", "row_digest").iter_rows():
        if json.loads(texts[place])["NFRC reference"] == ref:
            return str(digest)
    raise AssertionError(ref)


def faults() -> dict[str, str]:
    from fourfold.web.intake.frames import waiting_faults

    return {rule: fault for rule, fault in waiting_faults().select("rule", "fault").unique().iter_rows()}


def form_of(page: str) -> dict[str, str]:
    """Return what the page's form would send back unchanged."""
    import html
    import re

    found = dict(re.findall(r'name="(cell-\d+)" type="text" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea[^>]*name="(cell-\d+)"[^>]*>\n([^<]*)</textarea>', page))
    return {name: html.unescape(value) for name, value in found.items()}


def correct(client: Any, ref_or_digest: str, do: str = "put", reason: str = WHY, **cells: str) -> Any:
    """Send the form of a row with some cells changed, named by their number."""
    digest = ref_or_digest if len(ref_or_digest) == 64 else digest_of(ref_or_digest)
    told = form_of(client.get(f"/intake/quarantine/rows/{digest}/").content.decode())
    told |= {name.replace("_", "-"): value for name, value in cells.items()}
    return client.post(f"/intake/quarantine/rows/{digest}/correct/", {**told, "reason": reason, "do": do})


def in_lake(home: Home, table: str) -> list[dict[str, Any]]:
    frame = Lake(home.lake).scan(table)
    return [] if frame is None else frame.collect().to_dicts()


def test_faults_are_counted_by_source_and_rule(desk: Home, browse: Any) -> None:
    page = browse("analyst").get("/intake/quarantine/").content.decode()
    assert "3 rows wait" in page
    assert "Date reported cannot be read" in page
    assert "The date of birth is after the day of the report" in page
    assert "No fault is like that" in browse("analyst").get("/intake/quarantine/?q=nothing").content.decode()
    told = b"".join(browse("analyst").get("/intake/quarantine/export/csv/").streaming_content).decode()
    assert "reported_on|cannot_be_read" in told
    assert not any(word in told for word in PERSONAL)


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("analyst", ("R1", "31/02/2022", "second words"), (*HIDDEN_FROM_ANALYST, "ME2 2BB")),
        ("administrator", ("R1", "31/02/2022"), PERSONAL),
        ("data_protection", ("R1", "31/02/2022"), PERSONAL),
    ],
)
def test_each_role_sees_of_a_row_what_its_answers_say(
    role: str, shown: tuple[str, ...], hidden: tuple[str, ...], desk: Home, browse: Any
) -> None:
    client = browse(role)
    page = client.get(f"/intake/quarantine/rows/{digest_of('R1')}/").content.decode()
    page += client.get(
        f"/intake/quarantine/rows/?fault={faults()['reported_on|cannot_be_read']}"
    ).content.decode()
    for word in shown:
        assert word in page, word
    for word in hidden:
        assert word not in page, word


def test_an_analyst_sees_a_broken_personal_cell_and_an_administrator_does_not(
    desk: Home, browse: Any
) -> None:
    address = f"/intake/quarantine/rows/{digest_of('R2')}/"
    page = browse("analyst").get(address).content.decode()
    assert "04/03/2031" in page
    assert "Nguyễn" not in page
    page = browse("administrator").get(address).content.decode()
    assert "04/03/2031" not in page
    assert "An analyst can correct them" in page


def test_data_protection_sees_a_row_with_a_reason_and_changes_nothing(desk: Home, browse: Any) -> None:
    client = browse("data_protection")
    address = f"/intake/quarantine/rows/{digest_of('R1')}/"
    asked = f"/reason/?act=see_victims&next={address}"
    assert "Give a reason to see them" in client.get(address).content.decode()
    assert client.post(asked, {"why": "Subject access request 12 of 2026"})["Location"] == address
    page = client.get(address).content.decode()
    assert "Okafor" in page
    assert "second words" not in page, "narratives are another act with its own reason"
    assert "Put the row back" not in page
    assert client.post(f"{address}correct/", {}).status_code == 403


def test_what_was_shown_is_trailed_by_key_and_without_what_it_said(desk: Home, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    client.get(f"/intake/quarantine/rows/?fault={faults()['reported_on|cannot_be_read']}")
    entry = TrailEntry.objects.first()
    assert entry.act == "quarantine_rows_seen"
    assert len(entry.subject_refs) == 2
    client.get(f"/intake/quarantine/rows/{digest_of('R1')}/")
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.subject_refs) == ("quarantine_rows_seen", [digest_of("R1")])
    assert not any(word in str(list(TrailEntry.objects.values())) for word in PERSONAL)


def test_a_row_is_corrected_and_stands_with_who_and_why(desk: Home, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse(("analyst", "intelligence"), name="Ann Alyst")
    digest = digest_of("R1")
    answer = correct(client, digest, cell_1="28/02/2022")
    assert answer["Location"] == f"/intake/quarantine/rows/{digest}/"
    told = {row["report_ref"]: row for row in in_lake(desk, "fraud_report")}
    assert told["R1"]["last_name"] == "Okafor", "a hidden cell stays as it was received"
    assert f"{told['R1']['reported_on']}" == "2022-02-28"
    (decision,) = in_lake(desk, "desk_decision")
    assert (decision["made_by"], decision["role"], decision["unit"], decision["reason"]) == (
        str(client.person.pk),
        "analyst",
        "intelligence",
        WHY,
    )
    page = client.get(answer["Location"]).content.decode()
    for words in (
        "Corrected by",
        "Ann Alyst",
        "31/02/2022",
        "28/02/2022",
        WHY,
        "Next row with the same fault",
    ):
        assert words in page, words
    acts = list(TrailEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts[-3:] == ["correction_given", "rows_readmitted", "quarantine_rows_seen"]
    page = client.get("/intake/batches/?kind=corrected").content.decode()
    assert "1 batch<" in page


def test_a_check_changes_nothing_and_keeps_what_was_typed(desk: Home, browse: Any) -> None:
    client, before = browse("analyst"), Lake(desk.lake).current().name
    page = correct(client, "R1", do="check", reason="", cell_1="30/02/2022").content.decode()
    assert "The row is still wrong" in page
    assert 'value="30/02/2022"' in page
    assert "As received:" in page
    page = correct(client, "R1", do="check", reason="", cell_1="28/02/2022").content.decode()
    assert "This row would be let in" in page
    assert "Say why" not in page
    assert Lake(desk.lake).current().name == before


def test_a_correction_without_a_reason_or_still_wrong_is_not_taken(desk: Home, browse: Any) -> None:
    client, before = browse("analyst"), Lake(desk.lake).current().name
    page = correct(client, "R1", reason="short", cell_1="28/02/2022").content.decode()
    assert "Say why in 10 characters or more" in page
    assert 'value="28/02/2022"' in page
    page = correct(client, "R1", cell_1="30/02/2022").content.decode()
    assert "The row is still wrong" in page
    assert WHY in page
    assert Lake(desk.lake).current().name == before


def test_two_people_on_one_row_the_second_is_shown_both(desk: Home, browse: Any) -> None:
    first, second = browse("analyst", name="First"), browse("analyst", name="Second")
    digest = digest_of("R1")
    form = form_of(second.get(f"/intake/quarantine/rows/{digest}/").content.decode())
    correct(first, digest, cell_1="28/02/2022")
    before = Lake(desk.lake).current().name
    answer = second.post(
        f"/intake/quarantine/rows/{digest}/correct/",
        form | {"cell-1": "01/03/2022", "reason": WHY, "do": "put"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Somebody else has corrected this row meanwhile", "First", "28/02/2022", "01/03/2022"):
        assert words in page, words
    assert Lake(desk.lake).current().name == before


def test_a_double_submit_is_the_same_as_one(desk: Home, browse: Any) -> None:
    client, digest = browse("analyst"), digest_of("R1")
    form = form_of(client.get(f"/intake/quarantine/rows/{digest}/").content.decode())
    told = form | {"cell-1": "28/02/2022", "reason": WHY, "do": "put"}
    answers = [client.post(f"/intake/quarantine/rows/{digest}/correct/", told).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert len(in_lake(desk, "desk_decision")) == 1


def test_two_people_at_the_same_moment_the_second_changes_nothing(desk: Home, browse: Any) -> None:
    """Both pages were sent before either correction stood: the lake's lock settles it."""
    from fourfold.web.accounts.permission import check_may
    from fourfold.web.intake.correcting import correct_row
    from fourfold.web.intake.frames import rows_with_digest
    from fourfold.web.trail.models import TrailEntry

    person, digest = browse("analyst").person, digest_of("R1")
    cells = json.loads(rows_with_digest(digest)[0]["text_received"])
    facts = {"digest": digest, "reason": WHY, "by": person, "answer": check_may(person, "work_batches")}
    first = correct_row(cells=cells | {"Date reported": "28/02/2022"}, **facts)
    second = correct_row(cells=cells | {"Date reported": "01/03/2022"}, **facts)
    assert (first.accepted, second.accepted, second.corrected_before) == (1, 0, (digest,))
    assert TrailEntry.objects.filter(act="rows_readmitted").count() == 1
    assert len(in_lake(desk, "desk_decision")) == 1


def test_a_lake_that_is_being_loaded_loses_nothing_that_was_typed(
    desk: Home, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.intake import correcting

    def locked(*_: Any, **__: Any) -> None:
        raise CouldNotRunError("The lake is being loaded by process 7.", "Wait until it is done.")

    monkeypatch.setattr(correcting, "readmit_rows", locked)
    page = correct(browse("analyst"), "R1", cell_1="28/02/2022").content.decode()
    assert "The lake is being loaded by process 7. Wait until it is done." in page
    assert 'value="28/02/2022"' in page
    assert WHY in page


def test_line_ends_of_a_browser_do_not_change_a_narrative(desk: Home, browse: Any) -> None:
    client, digest = browse("analyst"), digest_of("=2+3")
    form = form_of(client.get(f"/intake/quarantine/rows/{digest}/").content.decode())
    (long,) = (name for name, value in form.items() if "🙂" in value)
    told = form | {long: form[long].replace("\n", "\r\n"), "cell-1": "28/02/2022", "reason": WHY, "do": "put"}
    assert client.post(f"/intake/quarantine/rows/{digest}/correct/", told).status_code == 302
    page = client.get(f"/intake/quarantine/rows/{digest}/").content.decode()
    assert page.count('<td class="govuk-table__cell fi-text"') == 2, "one cell was changed"


def downloaded(client: Any) -> list[dict[str, str]]:
    answer = client.get("/intake/quarantine/download/?source=fraud_list")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def uploaded(rows: list[dict[str, str]]) -> SimpleUploadedFile:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("corrected.csv", out.getvalue().encode())


def test_many_rows_are_downloaded_masked_corrected_and_handed_in(desk: Home, browse: Any) -> None:
    from fourfold.web.intake.models import HandOver
    from fourfold.web.intake.tasks import take_in_hand_over
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    rows = downloaded(client)
    assert len(rows) == 3
    told = {row["NFRC reference"]: row for row in rows}
    assert told["R1"]["Last name"] == told["R1"]["Date of birth"] == "[hidden]"
    assert told["R2"]["Date of birth"] == "04/03/2031", "the broken cell"
    assert "'=2+3" in told, "a cell that would run is harmless"
    assert TrailEntry.objects.first().act == "quarantine_rows_exported"
    for row in rows:
        row["Date reported"] = "28/02/2022"
    form = {"token": "t", "reason": WHY, "file": uploaded(rows)}
    answer = client.post("/intake/quarantine/corrections/", form)
    made = HandOver.objects.get()
    assert answer["Location"] == f"/intake/hand-overs/{made.pk}/"
    assert take_in_hand_over.func(made.pk) == "taken_in"
    page = client.get(answer["Location"]).content.decode()
    assert "still wrong" in page
    assert "the date of birth is after the day of the report" in page
    told = {row["report_ref"]: row for row in in_lake(desk, "fraud_report")}
    assert set(told) == {"R0", "R1", "=2+3"}
    assert (told["R1"]["last_name"], told["=2+3"]["last_name"]) == ("Okafor", "مريم")
    entry = TrailEntry.objects.filter(act="rows_readmitted").get()
    assert len(entry.subject_refs) == 2
    assert (entry.who_id, entry.why) == (str(client.person.pk), WHY)
    assert not any(path.is_file() for path in (desk.path / "handed-in").rglob("*"))


def test_a_file_of_corrections_that_is_none_says_so(desk: Home, browse: Any) -> None:
    from fourfold.web.intake.models import HandOver
    from fourfold.web.intake.tasks import take_in_hand_over

    client = browse("analyst")
    other = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    answer = client.post("/intake/quarantine/corrections/", {"token": "t", "reason": WHY, "file": other})
    assert take_in_hand_over.func(HandOver.objects.get().pk) == "stopped"
    assert "does not begin with the column quarantine_id" in client.get(answer["Location"]).content.decode()
    page = client.post("/intake/quarantine/corrections/", {"token": "u", "reason": WHY}).content.decode()
    assert "Choose the file of corrected rows" in page
    assert WHY in page


def test_a_row_nobody_knows_is_not_found(desk: Home, browse: Any) -> None:
    client = browse("analyst")
    assert client.get(f"/intake/quarantine/rows/{'0' * 64}/").status_code == 404
    assert "have all been corrected" in client.get("/intake/quarantine/rows/?fault=zzz").content.decode()
    assert client.get("/intake/quarantine/download/?source=persons").status_code == 404


def test_rows_are_asked_for_as_often_whatever_there_are(desk: Home, browse: Callable[..., Any]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse("analyst")
    client.get("/intake/quarantine/")
    counts = []
    for rule in ("born_before_report", "reported_on|cannot_be_read"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/intake/quarantine/rows/?fault={faults()[rule]}")
        counts.append(len([one for one in asked if "SAVEPOINT" not in one["sql"]]))
    assert counts == [7, 7]


def test_a_long_list_of_rows_is_paged(desk: Home, browse: Any, tmp_path: Path) -> None:
    bad = [f"Q{n},31/02/2022,90,individual,X,,,,,words" for n in range(60)]
    (tmp_path / "more.csv").write_text("\n".join([HEADINGS, *bad]) + "\n", encoding="utf-8")
    take_in(desk, [tmp_path / "more.csv"])
    client = browse("analyst")
    address = f"/intake/quarantine/rows/?fault={faults()['reported_on|cannot_be_read']}"
    seen: set[str] = set()
    page = client.get(address).content.decode()
    for _ in range(5):
        rows = {part.partition('"')[0] for part in page.split("/intake/quarantine/rows/")[1:]}
        seen |= {one for one in rows if len(one) == 65}
        head, found, _ = page.partition('rel="next"')
        if not found:
            break
        later = head.rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
        page = client.get(f"/intake/quarantine/rows/{later}").content.decode()
    assert len(seen) == 62


def test_a_row_that_contradicts_another_shows_what_stands_in_its_place(
    desk: Home, browse: Any, tmp_path: Path
) -> None:
    """Nobody can say which of two is right who may not see in what they differ."""
    twice = [
        "T1,04/03/2022,90,individual,Smith,04/03/1949,ME1 1AA,,W1,words",
        "T1,04/03/2022,90,individual,Smythe,04/03/1949,ME1 1AA,,W1,words",
    ]
    (tmp_path / "twice.csv").write_text("\n".join([HEADINGS, *twice]) + "\n", encoding="utf-8")
    take_in(desk, [tmp_path / "twice.csv"])
    client = browse("analyst")
    page = client.get(f"/intake/quarantine/rows/{digest_of('T1')}/").content.decode()
    assert "Says something else than the row that stands: Smith<" in page
    assert 'value="Smythe"' in page
    assert "ME1 1AA" not in page, "a cell that says the same stays hidden"
    page = browse("administrator").get(f"/intake/quarantine/rows/{digest_of('T1')}/").content.decode()
    assert "Smith" not in page
    assert "Smythe" not in page
    assert correct(client, "T1").status_code == 302
    told = {row["report_ref"]: row["last_name"] for row in in_lake(desk, "fraud_report")}
    assert told["T1"] == "Smythe"
