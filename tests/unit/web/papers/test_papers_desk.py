"""What is done with a paper: written by one, built, sent, decided by another, locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from fourfold.home import DataProblemError, WrongUseError

TYPED = "عدد الاحتيال 漢字 🙂 {{fraud.reports@now}}"


def acts() -> list[str]:
    from fourfold.web.trail.models import TrailEntry

    return list(TrailEntry.objects.order_by("number").values_list("act", flat=True))


def test_a_paper_starts_with_the_text_of_the_home_and_one_version_at_a_time(
    start: Callable[..., Any], desk: Any
) -> None:
    from fourfold.pipeline.paper import STAFF_TEXT
    from fourfold.web.papers.starting import AlreadyOpenError
    from fourfold.web.papers.writing import text_by_section

    folder = desk.papers / STAFF_TEXT
    folder.mkdir()
    (folder / "purpose.md").write_text("The board is asked to note this.", encoding="utf-8")
    try:
        paper = start()
    finally:
        (folder / "purpose.md").unlink()
        folder.rmdir()
    assert (str(paper), paper.state) == ("Kent (made up), calendar year 2021, version 1", "draft")
    assert text_by_section(paper) == {"purpose": "The board is asked to note this."}
    with pytest.raises(AlreadyOpenError) as caught:
        start()
    assert caught.value.paper == paper
    assert acts() == ["paper_started"]
    with pytest.raises(WrongUseError, match="month has not ended"):
        start(to=date.today())


def test_text_is_kept_in_versions_in_any_script_and_makes_a_built_paper_a_draft(
    built: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.writing import save_text, standing_texts

    paper, writer = built(), make_person("performance", name="Siân Ó Briain")
    first = save_text(paper=paper, section="fraud", text=f"{TYPED}\r\nmore\x00", based_on=0, by=writer)
    again = save_text(paper=paper, section="fraud", text=f"{TYPED}\r\nmore", based_on=0, by=writer)
    assert first == again, "the same text sent twice makes one version"
    assert (first.number, first.text) == (1, f"{TYPED}\nmore")
    save_text(paper=paper, section="fraud", text="", based_on=1, by=writer)
    paper.refresh_from_db()
    assert paper.state == "draft"
    assert [one.number for one in paper.texts.filter(section="fraud")] == [2, 1]
    assert standing_texts(paper)["fraud"].author == writer
    with pytest.raises(WrongUseError, match="60,001 characters"):
        save_text(paper=paper, section="fraud", text="x" * 60_001, based_on=2, by=writer)


def test_a_second_writer_is_refused_and_shown_what_the_first_wrote(
    start: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.writing import ChangedMeanwhileError, save_text, standing_texts

    paper, one, other = start(), make_person("analyst"), make_person("analyst")
    save_text(paper=paper, section="legal", text="Mine.", based_on=0, by=one)
    with pytest.raises(ChangedMeanwhileError) as caught:
        save_text(paper=paper, section="legal", text="Also mine.", based_on=0, by=other)
    assert (caught.value.standing.text, caught.value.standing.author) == ("Mine.", one)
    assert standing_texts(paper)["legal"].text == "Mine."
    save_text(paper=paper, section="legal", text="Ours.", based_on=1, by=other)
    assert standing_texts(paper)["legal"].text == "Ours."


def test_the_worker_builds_the_paper_and_the_same_bytes_come_again(
    start: Callable[..., Any], desk: Any
) -> None:
    from fourfold.web.papers.building import ask_for
    from fourfold.web.papers.keeping import FOLDER, FORMS, folder_of, read_document, read_form
    from fourfold.web.papers.tasks import carry_out_run
    from fourfold.web.papers.titles import SECTION_TITLES
    from fourfold.web.papers.writing import save_text

    paper = start()
    save_text(paper=paper, section="legal", text="All {{fraud.reports@now}}; 12 more.", based_on=0,
              by=paper.started_by)  # fmt: skip
    run = ask_for(paper=paper, kind="build", by=paper.started_by)
    carry_out_run.call(run.pk)
    run.refresh_from_db()
    paper.refresh_from_db()
    assert (run.stage, run.what, paper.state, paper.build) == ("done", "The paper is built.", "built", 1)
    assert paper.warnings >= 1
    assert any(check == "typed_figure" for _, check, _, _ in paper.findings)
    document = read_document(paper)
    for section in document.sections:
        assert SECTION_TITLES[section.key] == section.title
    assert dict(document.made_from.staff_text) == {"legal": "All {{fraud.reports@now}}; 12 more."}
    assert all(read_form(paper, form) for form in FORMS)
    assert read_form(paper, "pdf").startswith(b"%PDF")
    assert (desk.papers / FOLDER).stat().st_mode & 0o077 == 0
    first = read_form(paper, "json")
    verified = ask_for(paper=paper, kind="verify", by=paper.started_by)
    carry_out_run.call(verified.pk)
    verified.refresh_from_db()
    paper.refresh_from_db()
    assert verified.stage == "done"
    assert "byte for byte" in verified.what
    assert paper.verified_at is not None
    assert (folder_of(paper, 1) / "board-paper.json").read_bytes() == first
    assert acts()[-4:] == ["paper_build_asked", "paper_built", "paper_verify_asked", "paper_verified"]


def test_one_piece_of_work_at_a_time_and_a_dead_one_gives_way(
    start: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.building import SILENT, UnderWayError, ask_for
    from fourfold.web.papers.models import Run
    from fourfold.web.papers.tasks import begin

    paper = start()
    run = ask_for(paper=paper, kind="build", by=paper.started_by)
    with pytest.raises(UnderWayError):
        ask_for(paper=paper, kind="build", by=make_person("performance"))
    assert begin(run.pk) is not None
    assert begin(run.pk) is None, "a second worker leaves it alone"
    Run.objects.filter(pk=run.pk).update(seen_at=run.seen_at - SILENT - timedelta(seconds=1))
    other = ask_for(paper=paper, kind="build", by=paper.started_by)
    run.refresh_from_db()
    assert (run.stage, other.stage) == ("failed", "waiting")
    assert "ask the administrator" in run.next_step


def test_work_whose_worker_was_ended_is_given_up_at_once(start: Callable[..., Any], desk: Any) -> None:
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.papers.building import ask_for, give_up_interrupted
    from fourfold.web.papers.tasks import begin

    paper = start()
    run = ask_for(paper=paper, kind="build", by=paper.started_by)
    begin(run.pk)
    give_up_interrupted(desk)
    run.refresh_from_db()
    assert run.stage == "running"
    DBTaskResult.objects.filter(id=run.task).update(status=TaskResultStatus.FAILED)
    give_up_interrupted(desk)
    run.refresh_from_db()
    assert run.stage == "failed"


def test_a_build_that_fails_says_what_to_do_and_leaves_the_paper(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.papers import tasks
    from fourfold.web.papers.building import ask_for

    def fail(*args: Any) -> None:
        raise DataProblemError("Nothing is loaded.", "Hand in files.")

    paper = start()
    monkeypatch.setattr(tasks, "made_from", fail)
    run = ask_for(paper=paper, kind="build", by=paper.started_by)
    tasks.carry_out_run.call(run.pk)
    run.refresh_from_db()
    paper.refresh_from_db()
    assert (run.stage, run.what, run.next_step) == ("failed", "Nothing is loaded.", "Hand in files.")
    assert (paper.state, paper.build) == ("draft", 0)

    def break_down(*args: Any) -> None:
        raise ZeroDivisionError("Zebedee")

    monkeypatch.setattr(tasks, "made_from", break_down)
    run = ask_for(paper=paper, kind="build", by=paper.started_by)
    with pytest.raises(ZeroDivisionError):
        tasks.carry_out_run.call(run.pk)
    run.refresh_from_db()
    assert run.stage == "failed"
    assert "Zebedee" not in run.what + run.next_step


def test_text_changed_while_the_paper_was_built_leaves_it_a_draft(
    start: Callable[..., Any], made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.papers import tasks
    from fourfold.web.papers.building import ask_for
    from fourfold.web.papers.writing import save_text

    paper = start()

    def forms(run: Any, document: Any) -> dict[str, bytes]:
        save_text(paper=paper, section="legal", text="Written meanwhile.", based_on=0, by=paper.started_by)
        return {"json": b"{}"}

    monkeypatch.setattr(tasks, "forms_of", forms)
    monkeypatch.setattr(tasks, "compose", lambda *args: made.document)
    run = ask_for(paper=paper, kind="build", by=paper.started_by)
    tasks.carry_out_run.call(run.pk)
    run.refresh_from_db()
    paper.refresh_from_db()
    assert (paper.state, run.stage) == ("draft", "done")
    assert "text was changed" in run.what


def test_nobody_decides_about_a_paper_they_made(
    built: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.accounts.permission import NotAllowedError
    from fourfold.web.papers.approving import approve, send, send_back
    from fourfold.web.papers.models import State
    from fourfold.web.papers.writing import save_text

    builder, sender, writer = (make_person("performance") for _ in range(3))
    paper = built(by=builder)
    save_text(paper=paper, section="legal", text="Words.", based_on=0, by=writer)
    type(paper).objects.filter(pk=paper.pk).update(state=State.BUILT)
    seen = paper.hashes["json"]
    send(paper=paper, seen=seen, by=sender)
    for maker in (builder, sender, writer):
        for act in (approve, send_back):
            with pytest.raises(WrongUseError, match="You made this paper"):
                act(paper=paper, seen=seen, words="long enough words", by=maker)
    for role in ("auditor", "analyst", "data_protection", "administrator"):
        with pytest.raises(NotAllowedError):
            approve(paper=paper, seen=seen, words="", by=make_person(role))
    assert approve(paper=paper, seen=seen, words="", by=make_person("performance")).state == "approved"


def test_an_approval_is_of_one_document_and_goes_to_the_lake(
    sent: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.papers.approving import approve
    from fourfold.web.trail.models import TrailEntry

    paper, approver = sent(), make_person("performance")
    with pytest.raises(WrongUseError, match="built again since you opened"):
        approve(paper=paper, seen="of another", words="", by=approver)
    approve(paper=paper, seen=paper.hashes["json"], words="Thank you.", by=approver)
    decision = OutboxDecision.objects.get()
    assert (decision.kind, decision.subject, decision.subject_ref) == (
        "paper_approved",
        "paper",
        "kent/2021-12/1",
    )
    assert decision.value["sha256"] == paper.hashes["json"]
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.detail["sha256"]) == ("paper_approved", paper.hashes["json"])
    with pytest.raises(WrongUseError, match="It cannot be approved"):
        approve(paper=paper, seen=paper.hashes["json"], words="", by=approver)
    assert OutboxDecision.objects.count() == 1


def test_what_is_sent_or_approved_is_locked_and_a_new_version_takes_its_place(
    approved: Callable[..., Any], start: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.approving import approve, send
    from fourfold.web.papers.building import ask_for
    from fourfold.web.papers.keeping import keep_forms, read_document
    from fourfold.web.papers.models import State
    from fourfold.web.papers.writing import save_text

    first = approved()
    with pytest.raises(WrongUseError, match="Its text cannot be changed: the paper is approved"):
        save_text(paper=first, section="legal", text="Later.", based_on=0, by=first.started_by)
    with pytest.raises(WrongUseError, match="It cannot be built again"):
        ask_for(paper=first, kind="build", by=first.started_by)
    second = start()
    assert (second.number, second.state) == (2, "draft")
    second.build, second.state, second.hashes = 1, State.BUILT, keep_forms(second, 1, {"json": b"{}"})
    second.built_by = second.started_by
    second.save()
    send(paper=second, seen=second.hashes["json"], by=second.built_by)
    approve(paper=second, seen=second.hashes["json"], words="", by=make_person("performance"))
    first.refresh_from_db()
    assert first.state == "superseded"
    assert read_document(first).made_from.force == "kent", "the earlier version can still be read"


def test_sending_back_needs_a_reason_and_opens_the_paper_again(
    sent: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.approving import send_back
    from fourfold.web.papers.history import history_of
    from fourfold.web.papers.writing import save_text

    paper, approver = sent(), make_person("performance", name="Ada")
    with pytest.raises(WrongUseError, match="10 characters or more"):
        send_back(paper=paper, seen=paper.hashes["json"], words=" no     ", by=approver)
    back = send_back(paper=paper, seen=paper.hashes["json"], words="Say why losses fell.", by=approver)
    assert back.state == "sent_back"
    save_text(paper=paper, section="fraud", text="Because.", based_on=0, by=paper.started_by)
    told = [(one.words, one.by, one.detail) for one in history_of(back)]
    assert ("Sent back", "Ada", "Say why losses fell.") in told


def test_errors_stop_a_paper_and_a_warning_is_accepted_with_a_reason(
    built: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.approving import accept_warning, digest_of, send
    from fourfold.web.papers.findings import findings_of

    error = ("error", "added_averages", "paragraph 12", "Averages are added.")
    warning = ("warning", "typed_figure", "paragraph 3", "12: typed by hand.")
    paper = built(findings=(warning, error))
    with pytest.raises(WrongUseError, match="its checks found 1 error"):
        send(paper=paper, seen=paper.hashes["json"], by=paper.built_by)
    found = findings_of(paper)
    assert [one.href for one in found] == [f"/papers/{paper.pk}/read/#paragraph-{n}" for n in (12, 3)]
    with pytest.raises(WrongUseError, match="An error cannot be accepted"):
        accept_warning(
            paper=paper, digest=digest_of(*error[1::2]), words="because I say so", by=paper.built_by
        )
    with pytest.raises(WrongUseError, match="no longer find"):
        accept_warning(paper=paper, digest="0" * 16, words="because I say so", by=paper.built_by)
    for _ in range(2):
        accept_warning(paper=paper, digest=found[1].digest, words="It is a target.", by=paper.built_by)
    assert [bool(one.accepted) for one in findings_of(paper)] == [False, True]
    assert acts().count("paper_warning_accepted") == 1


@pytest.mark.parametrize(
    ("place", "anchor"),
    [
        ("paragraph 12, table 'Average loss'", "#paragraph-12"), ("footnote 3", "#note-3"), ("chart 2", "#chart-2"),
        ("section next_steps", "#section-next-steps"), ("the title", ""), ("heading 'Losses'", ""),
    ],
)  # fmt: skip
def test_a_finding_links_to_its_place(place: str, anchor: str, register: Any) -> None:
    from fourfold.web.papers.findings import anchor_of

    assert anchor_of(place) == anchor


def test_a_paper_changed_on_disk_is_never_shown_sent_or_approved(
    sent: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.approving import approve
    from fourfold.web.papers.keeping import DamagedPaperError, folder_of, read_document

    paper = sent()
    path = folder_of(paper, 1) / "board-paper.json"
    path.write_text(path.read_text(encoding="utf-8").replace("made up", "real"), encoding="utf-8")
    with pytest.raises(DamagedPaperError):
        read_document(paper)
    with pytest.raises(DamagedPaperError):
        approve(paper=paper, seen=paper.hashes["json"], words="", by=make_person("performance"))
    path.unlink()
    with pytest.raises(DamagedPaperError, match="is not the one that was built"):
        read_document(paper)


def test_a_paper_started_by_mistake_is_thrown_away_with_its_reason_and_another_begins(
    start: Callable[..., Any], browse: Any
) -> None:
    from fourfold.web.papers.models import Paper
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    paper = start()
    page = f"/papers/{paper.pk}/throw-away/"
    assert b"The reason must have 10 characters or more" in client.post(page, {"words": "oops"}).content
    assert client.post(page, {"words": "Started for the wrong month"}).status_code == 302
    assert Paper.objects.get(pk=paper.pk).state == "thrown_away"
    entry = TrailEntry.objects.filter(act="paper_thrown_away").get()
    assert (entry.why, entry.subject_refs) == ("Started for the wrong month", [str(paper.pk)])
    told = client.get(f"/papers/{paper.pk}/").content.decode()
    assert "Started for the wrong month" in told
    assert "Build the paper" not in told
    again = start()
    assert (again.number, again.state) == (2, "draft")


def test_a_paper_that_was_sent_once_is_not_thrown_away(start: Callable[..., Any], browse: Any) -> None:
    from django.utils import timezone

    from fourfold.web.papers.models import Paper
    from fourfold.web.papers.throwing import throw_away

    client = browse("analyst")
    paper = start()
    Paper.objects.filter(pk=paper.pk).update(sent_at=timezone.now())
    with pytest.raises(WrongUseError, match="it was sent for approval once"):
        throw_away(paper=paper, words="Started for the wrong month", by=client.person)
    assert client.get(f"/papers/{paper.pk}/throw-away/").status_code == 302
