"""Every page, state and task of the intake desk."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

HEADINGS = (
    "NFRC reference,Date reported,NFIB code,Victim type,Last name,Date of birth,Age,Loss (GBP),Narrative"
)
NAME = "مريم الزهراني"
WHO = "analyst"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Take in lists of which rows are wrong, one a hand, and hand in files of which one is refused."""
    from fourfold.pipeline.intake import take_in
    from fourfold.web.accounts.models import User
    from fourfold.web.intake.frames import waiting_faults

    folder = home.path / "received-wrong"
    folder.mkdir()
    for number in range(len(hands) + 1):
        lines = [HEADINGS]
        lines += [
            f"W{number}-{row},31/02/2021,90,individual,{NAME},04/03/1949,71,100,they rang 🙂"
            for row in range(2)
        ]
        (folder / f"victims-wrong-{number}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "program.csv").write_bytes(b"MZ\x90\x00\x03")
    take_in(home, [folder])
    rows = waiting_faults().to_dicts()
    mine = [row for row in rows if "victims-wrong-0" in row["file"]]
    analyst = User.objects.get(email=f"{WHO}@demo.example")
    made = {
        "fault": mine[0]["fault"],
        "row": mine[0]["row_digest"],
        "hand_over": _refused_hand_over(analyst, "shown"),
    }
    for number, hand in enumerate(hands):
        made |= {f"{hand}|file": f"victims-wrong-{number + 1}.csv"}
    return made


def _refused_hand_over(by: Any, name: str) -> int:
    """Hand in a file that is a picture and have it read at once."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from fourfold.web.accounts.permission import may
    from fourfold.web.intake.handing_in import hand_in
    from fourfold.web.intake.tasks import take_in_hand_over

    upload = SimpleUploadedFile(f"{name}.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)
    made = hand_in(uploads=[upload], token=f"every-page-{name}", by=by, answer=may(by, "work_batches"))
    take_in_hand_over.call(made.pk)
    return int(made.pk)


def _someone_corrects_first(page: Any) -> None:
    """Correct the row in a second window, then send what was typed in the first."""
    other = page.context.new_page()
    other.goto(page.url)
    for one, day in ((other, "27/02/2021"), (page, "28/02/2021")):
        one.get_by_label("Date reported").fill(day)
        one.get_by_label("Why the correction is right").fill("Confirmed by the sender by email")
        one.get_by_role("button", name="Put the row back").click()
    other.close()


def hand_in_and_discard(hand: Any, made: Any) -> None:
    hand.press("link", "Intake")
    hand.press("button", "Hand in files")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.xlsx"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)
        hand.attach("Files", path)
        hand.press("button", "Hand in")
    hand.until("Read again what is left", "Reload to see how far it is")
    hand.press("button", "Read again what is left")
    hand.until("Delete the refused files", "Reload to see how far it is")
    hand.press("link", "Delete the refused files", "main")
    hand.press("button", "Delete the refused files")
    hand.says("Refused and deleted")


def correct_a_row(hand: Any, made: Any) -> None:
    hand.press("link", "Intake")
    hand.press("link", "Quarantine")
    hand.write("Words of the fault", "cannot be read")
    hand.press("button", "Filter")
    hand.press_first("link", f"main tbody th:has(a[href*='{made['fault']}'])")
    hand.write("File", made["file"])
    hand.press("button", "Filter")
    hand.press_first("link", "main tbody")
    hand.write("Date reported", "30/02/2021")
    hand.press("button", "Check only")
    hand.says("The row is still wrong")
    hand.write("Date reported", "28/02/2021")
    hand.write("Why the correction is right", "Confirmed by the sender by email")
    hand.press("button", "Put the row back")
    hand.says("What was changed")


def correct_many_rows(hand: Any, made: Any) -> None:
    hand.press("link", "Intake")
    hand.press("link", "Quarantine")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrected.csv"
        hand.fetch_to("link", "Weekly list of fraud victims", path)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        wanted = [line.replace("31/02/2021", "28/02/2021") for line in lines if made["file"] in line]
        assert wanted
        path.write_text("\n".join([lines[0], *wanted[:1]]) + "\n", encoding="utf-8")
        hand.press("link", "Hand in the corrected file", "main")
        hand.attach("File of corrected rows", path)
        hand.write("Why the correction is right", "Confirmed by the sender by email")
        hand.press("button", "Hand in corrected rows")
    hand.until("Taken in", "Reload to see how far it is")


DESK = Desk(
    visits=[
        Visit("intake:hand_overs", ORDINARY, WHO, "/intake/"),
        Visit("intake:hand_overs", "empty", WHO, "/intake/?q=nothing-like-this", "No hand-over is like that"),
        Visit("intake:hand_overs", ERROR, WHO, "/intake/?state=banana", "There is a problem"),
        Visit("intake:hand_overs", REFUSED, "victim-care", "/intake/", status=403),
        Visit("intake:upload", ORDINARY, WHO, "/intake/upload/"),
        Visit("intake:upload", ERROR, WHO, "/intake/upload/", "There is a problem", press("Hand in")),
        Visit("intake:hand_over", ORDINARY, WHO, "/intake/hand-overs/{hand_over}/", "It is a picture"),
        Visit("intake:hand_over", "only read", "data-protection", "/intake/hand-overs/{hand_over}/"),
        Visit("intake:discard", ORDINARY, WHO, "/intake/hand-overs/{hand_over}/discard/"),
        Visit("intake:batches", ORDINARY, WHO, "/intake/batches/"),
        Visit("intake:batches", "refused files", WHO, "/intake/batches/?kind=refused&sort=file"),
        Visit("intake:batches", "empty", WHO, "/intake/batches/?q=nobody-at-all", "No batch is like that"),
        Visit("intake:batches", ERROR, WHO, "/intake/batches/?since_day=40&since_month=1&since_year=2021",
              "There is a problem"),
        Visit("intake:batch", ORDINARY, WHO, "/intake/batches/?kind=file",
              reach=lambda page: page.locator("main tbody a").first.click()),
        Visit("intake:batch", "of a refused file", WHO, "/intake/batches/?kind=refused",
              reach=lambda page: page.locator("main tbody a").first.click()),
        Visit("intake:faults", ORDINARY, WHO, "/intake/quarantine/"),
        Visit("intake:faults", "empty", WHO, "/intake/quarantine/?q=nothing-like-this", "No fault is like that"),
        Visit("intake:rows", ORDINARY, WHO, "/intake/quarantine/rows/?fault={fault}"),
        Visit("intake:rows", "empty", WHO, "/intake/quarantine/rows/?fault={fault}&q=nothing", "No row is like that"),
        Visit("intake:rows", "none waits", WHO, "/intake/quarantine/rows/?fault=none", "No row with this fault waits"),
        Visit("intake:row", ORDINARY, WHO, "/intake/quarantine/rows/{row}/", "In quarantine"),
        Visit("intake:row", "only read", "data-protection", "/intake/quarantine/rows/{row}/", "As received"),
        Visit("intake:correct", ERROR, WHO, "/intake/quarantine/rows/{row}/", "There is a problem",
              press("Put the row back")),
        Visit("intake:correct", "still wrong", WHO, "/intake/quarantine/rows/{row}/", "The row is still wrong",
              press("Check only")),
        Visit("intake:correct", "corrected meanwhile", WHO, "/intake/quarantine/rows/{row}/", "meanwhile",
              _someone_corrects_first),
        Visit("intake:row", "corrected", WHO, "/intake/quarantine/rows/{row}/", "What was changed"),
        Visit("intake:corrections", ORDINARY, WHO, "/intake/quarantine/corrections/"),
        Visit("intake:corrections", ERROR, WHO, "/intake/quarantine/corrections/", "There is a problem",
              press("Hand in corrected rows")),
        Visit("intake:completeness", ORDINARY, WHO, "/intake/completeness/"),
        Visit("intake:field", ORDINARY, WHO, "/intake/completeness/fraud_report.age_years/"),
        Visit("intake:sources", ORDINARY, WHO, "/intake/sources/"),
    ],
    tasks=[
        Task("hand files in, read a refused one again, delete it", WHO, hand_in_and_discard),
        Task("correct a row in quarantine", WHO, correct_a_row),
        Task("correct many rows at once", WHO, correct_many_rows),
    ],
    fill=fill,
    not_pages={
        "intake:export_batches": "a file of rows",
        "intake:export_faults": "a file of rows",
        "intake:export_completeness": "a file of rows",
        "intake:download": "a file of rows",
    },
    no_error={"intake:discard": "a confirmation, with nothing to fill in"},
)  # fmt: skip
