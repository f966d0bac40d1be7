"""Every page, state and task of the papers desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

TYPED = "Another 340 reports came late. عدد 漢字 🙂 {{fraud.reports@now}} reports."
WHO = "analyst"
CHANGE = "name=crime.burglary.change@2021~2020"
PAPER = "/papers/{paper}/"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Build a paper with text of its own, and have copies of it stand in every other state."""
    from fourfold.web.accounts.models import User
    from fourfold.web.papers import approving, building
    from fourfold.web.papers.findings import findings_of
    from fourfold.web.papers.models import Run
    from fourfold.web.papers.starting import start_paper
    from fourfold.web.papers.tasks import carry_out_run
    from fourfold.web.papers.writing import save_text

    analyst, second = (User.objects.get(email=f"{role}@demo.example") for role in ("analyst", "performance"))
    force = home.settings["force"]
    paper = start_paper(force=force, to=date(2021, 12, 1), by=analyst)
    save_text(paper=paper, section="fraud", text=TYPED, based_on=0, by=analyst)
    run = building.ask_for(paper=paper, kind="build", by=analyst)
    carry_out_run.call(run.pk)
    paper.refresh_from_db()
    assert paper.build, Run.objects.get(pk=run.pk).what
    sent, approved = (_copy(paper, date(2021, month, 1), analyst) for month in (11, 10))
    for one in (sent, approved):
        approving.send(paper=one, seen=one.hashes["json"], by=analyst)
    approving.approve(paper=approved, seen=approved.hashes["json"], words="شكرا. Thank you.", by=second)
    drafted = start_paper(force=force, to=date(2021, 9, 1), by=analyst)
    warning = next(one for one in findings_of(paper) if one.severity == "warning")
    made = {
        "paper": paper.pk,
        "sent": sent.pk,
        "approved": approved.pk,
        "draft": drafted.pk,
        "digest": warning.digest,
    }
    for number, hand in enumerate(hands):
        made |= {f"{hand}|month": ("June", "July", "August")[number]}
    return made


def _copy(paper: Any, to: date, by: Any) -> Any:
    """Start a paper to another month and give it what was built for this one: a build takes seconds."""
    from fourfold.web.papers.keeping import FORMS, PAGE, keep_forms, read_form
    from fourfold.web.papers.starting import start_paper

    made = start_paper(force=paper.force, to=to, by=by)
    for name in (
        "state",
        "built_by",
        "built_at",
        "build",
        "manifest",
        "marking",
        "made_up",
        "findings",
        "warnings",
    ):
        setattr(made, name, getattr(paper, name))
    made.hashes = keep_forms(made, paper.build, {form: read_form(paper, form) for form in (*FORMS, PAGE)})
    made.save()
    return made


def _second_writer(page: Any) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    for one, words in ((other, "First words."), (page, "Second words. كلمات")):
        one.get_by_label("Text", exact=True).fill(words)
        one.get_by_role("button", name="Save the text").click()
    other.close()


def _typed_number(page: Any) -> None:
    page.get_by_label("Text", exact=True).fill("Burglary rose by 340 %.")
    page.get_by_role("button", name="Save the text").click()


def start_write_build(hand: Any, made: Any) -> None:
    hand.press("link", "Papers")
    hand.press("button", "Start a paper")
    hand.pick("Last month of the paper's year", made["month"])
    hand.write("Year", "2021")
    hand.press("button", "Start")
    hand.press("link", "Write the text", "main")
    hand.press("link", "Legal implications", "main")
    hand.write("Words of the figure", "burglary change baseline")
    hand.press("button", "Find")
    hand.press_first("button", "main .ff-sections")
    hand.write("Text", "The board is asked to note the law. It was told so by 340 people.")
    hand.press("button", "Save the text")
    hand.says("typed by hand")
    hand.press("button", "Save the text")
    hand.says("Written")
    _to_paper(hand, made)
    hand.press("button", "Build the paper")
    _until_done(hand)
    hand.says("Send for approval")


def check_and_verify(hand: Any, made: Any) -> None:
    _open(hand, made)
    hand.press("link", "Check results", "main")
    hand.press_first("link", "main li.ff-finding p:has-text('Accept this warning')")
    hand.write("Why may the paper say this all the same?", "The force knows, and says so.")
    hand.press("button", "Accept the warning")
    hand.says("The force knows, and says so.")
    _to_paper(hand, made)
    hand.press("button", "Verify: make it again and compare")
    _until_done(hand)
    hand.says("same byte for byte")


def read_and_trace(hand: Any, made: Any) -> None:
    _open(hand, made)
    hand.press("link", "Read the paper", "main")
    hand.press_first("link", ".ff-paper p.numbered:has(a.figure)")
    assert "/papers/figure/" in hand.page.url
    _open(hand, made)
    assert hand.fetch("link", "PDF").endswith(".pdf")
    hand.press("button", "Send for approval")
    hand.press("button", "Send for approval")
    assert "Sent for approval" in hand.page.inner_text("h1")


def decide(hand: Any, made: Any) -> None:
    _open(hand, made)
    hand.press("button", "Decide")
    hand.choose("Approve the paper", "What do you decide?")
    hand.press("button", "Save the decision")
    assert "Approved" in hand.page.inner_text("h1")


def next_version(hand: Any, made: Any) -> None:
    _open(hand, made)
    hand.press("button", "Start the next version")
    assert "version 2" in hand.page.inner_text("h1")


def throw_away(hand: Any, made: Any) -> None:
    hand.press("link", "Throw the paper away", "main")
    hand.write("Why is it thrown away?", "Started by mistake, for the wrong month")
    hand.press("button", "Throw it away")
    assert "Thrown away" in hand.page.inner_text("h1")


def look_a_figure_up(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Papers")
    hand.press("link", "Look a figure up", "main")
    hand.write("Name of the figure", "fraud.reports@2021")
    hand.press("button", "Look it up")
    hand.says("in the calendar year 2021")


def _open(hand: Any, made: Any) -> None:
    hand.begin()
    hand.press("link", "Papers")
    hand.press_first("link", f"main tbody tr:has-text('{made['month']}')")


def _to_paper(hand: Any, made: Any) -> None:
    hand.press_first("link", "nav[aria-label='Back']")
    if "/papers/" in hand.page.url and not hand.page.url.rstrip("/").rsplit("/", 1)[-1].isdigit():
        _to_paper(hand, made)


def _until_done(hand: Any) -> None:
    if hand.scripts:
        hand.page.wait_for_url(
            lambda url: url.endswith("/work/") or url.rstrip("/").rsplit("/", 1)[-1].isdigit()
        )
    hand.page.get_by_role("button", name="Open the paper").wait_for(timeout=120_000)
    hand.press("button", "Open the paper")


DESK = Desk(
    visits=[
        Visit("papers:list", ORDINARY, WHO, "/papers/"),
        Visit("papers:list", "approved ones alone", "victim-care", "/papers/"),
        Visit("papers:list", "empty", WHO, "/papers/?year=1990", "No paper is like that"),
        Visit("papers:list", ERROR, WHO, "/papers/?year=1", "There is a problem"),
        Visit("papers:list", REFUSED, "administrator", "/papers/", status=403),
        Visit("papers:start", ORDINARY, WHO, "/papers/start/"),
        Visit("papers:start", ERROR, WHO, "/papers/start/", "There is a problem", lambda page: (
            page.get_by_label("Year", exact=True).fill(""), press("Start")(page))),
        Visit("papers:paper", ORDINARY, WHO, PAPER, "Build again"),
        Visit("papers:paper", "draft", WHO, "/papers/{draft}/", "Build the paper"),
        Visit("papers:paper", "sent", WHO, "/papers/{sent}/", "Sent for approval"),
        Visit("papers:paper", "approved", "victim-care", "/papers/{approved}/", "Approved"),
        Visit("papers:paper", "not theirs to read", "victim-care", PAPER, status=404),
        Visit("papers:read", ORDINARY, WHO, f"{PAPER}read/", "漢字"),
        Visit("papers:checks", ORDINARY, WHO, f"{PAPER}checks/"),
        Visit("papers:checks", "empty", WHO, "/papers/{draft}/checks/", "nothing has been checked"),
        Visit("papers:accept", ORDINARY, WHO, f"{PAPER}checks/{{digest}}/"),
        Visit("papers:accept", ERROR, WHO, f"{PAPER}checks/{{digest}}/", "There is a problem", press("Accept the warning")),
        Visit("papers:figures", ORDINARY, WHO, f"{PAPER}figures/"),
        Visit("papers:figures", "empty", WHO, f"{PAPER}figures/?q=nothing-like-this", "No figure of the paper"),
        Visit("papers:work", ORDINARY, WHO, f"{PAPER}work/"),
        Visit("papers:build", "cannot be done", WHO, "/papers/{sent}/", "It cannot be built again", lambda page: (
            page.evaluate("""() => { const form = document.querySelector("form[action$='/verify/']");
                form.action = form.action.replace("/verify/", "/build/"); form.submit() }"""),
            page.wait_for_url("**/build/"))),
        Visit("papers:send", ORDINARY, WHO, f"{PAPER}send/"),
        Visit("papers:throw_away", ORDINARY, WHO, f"{PAPER}throw-away/"),
        Visit("papers:throw_away", ERROR, WHO, f"{PAPER}throw-away/", "There is a problem", press("Throw it away")),
        Visit("papers:decide", ORDINARY, "performance", "/papers/{sent}/decide/"),
        Visit("papers:decide", ERROR, "performance", "/papers/{sent}/decide/", "There is a problem", press("Save the decision")),
        Visit("papers:texts", ORDINARY, WHO, f"{PAPER}text/"),
        Visit("papers:texts", "locked", WHO, "/papers/{sent}/text/", "The text cannot be changed now"),
        Visit("papers:text", ORDINARY, WHO, f"{PAPER}text/fraud/", "{{fraud.reports@now}}"),
        Visit("papers:text", "preview", WHO, f"{PAPER}text/fraud/", "Preview", press("Preview")),
        Visit("papers:text", "locked", WHO, "/papers/{sent}/text/fraud/", "The text cannot be changed now"),
        Visit("papers:text", "what the checks found", WHO, f"{PAPER}text/equality/", "typed by hand", _typed_number),
        Visit("papers:text", "changed meanwhile", WHO, f"{PAPER}text/legal/", "What stands now", _second_writer),
        Visit("papers:text_earlier", ORDINARY, WHO, f"{PAPER}text/fraud/1/", "漢字"),
        Visit("papers:figure", "to be asked for", WHO, "/papers/figure/"),
        Visit("papers:figure", ORDINARY, WHO, f"/papers/figure/?{CHANGE}"),
        Visit("papers:figure", "masked", "data-protection", "/papers/figure/?name=fraud.reports@2021"),
        Visit("papers:figure", "counts", "performance", "/papers/figure/?name=fraud.reports@2021", "not the records"),
        Visit("papers:figure", ERROR, WHO, "/papers/figure/?name=crime.burgalry@2021", "There is a problem", status=400),
    ],
    tasks=[
        Task("start a paper, write its text and build it", WHO, start_write_build),
        Task("look at what its checks found, and verify it", WHO, check_and_verify),
        Task("read it, follow a figure, take it out, send it", WHO, read_and_trace),
        Task("approve a paper", "performance", decide),
        Task("start the next version", WHO, next_version),
        Task("throw away a paper that was started by mistake", WHO, throw_away),
        Task("look a figure up", WHO, look_a_figure_up),
    ],
    fill=fill,
    not_pages={
        "papers:list_export": "a file of rows",
        "papers:figure_export": "a file of rows",
        "papers:figures_export": "a file of rows",
        "papers:download": "the paper as a file",
        "papers:verify": "sends on to the work, or answers as papers:build does",
        "papers:next_version": "sends on to the version",
        "papers:work_state": "how far the work has come, as JSON",
    },
    no_error={"papers:send": "a confirmation, with nothing to fill in", "papers:build": "a button of the paper's page",
              "papers:text": "what the checks found stands above the text, and it is saved all the same"},
)  # fmt: skip
