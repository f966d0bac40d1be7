"""Every page, state and task of the audit desk."""

from __future__ import annotations

from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Visit, press
from every_page.audits import fill
from every_page.tasks_audit import TASKS

WHO = "auditor"


def _see_margins(page: Any) -> None:
    page.get_by_label("Crimes to draw").fill("0")
    page.get_by_role("button", name="Show the margins").click()


def _unfold(page: Any) -> None:
    for one in page.locator("main details").all():
        one.evaluate("one => one.open = true")


def _answer(page: Any) -> None:
    """Answer every question as met, and hand in."""
    for question in page.locator("[data-question]").all():
        question.get_by_label("Met", exact=True).check()
        question.get_by_label("Evidence").fill("Acknowledgement sent, 3 July. شكرا")
    page.get_by_role("button", name="Hand in").click()


def _read_meanwhile(page: Any) -> None:
    """Hand the crime in from a second window after it was opened in the first."""
    other = page.context.new_page()
    other.goto(page.url)
    _answer(other)
    other.close()
    _answer(page)


def _send_nothing_back(page: Any) -> None:
    page.get_by_label("Have crimes read again").check()
    page.get_by_role("button", name="Save decision").click()


WRONG = "There is a problem"
VISITS = [
    Visit("audit:list", ORDINARY, WHO, "/audit/", "Plan an audit"),
    Visit("audit:list", "filtered", WHO, "/audit/?state=read&sort=period", "Read"),
    Visit("audit:list", "empty", WHO, "/audit/?q=nothing-like-this", "No audit is like that"),
    Visit("audit:list", ERROR, WHO, "/audit/?state=banana", WRONG),
    Visit("audit:list", "signed off", "performance", "/audit/", "Findings"),
    Visit("audit:list", REFUSED, "administrator", "/audit/", status=403),
    Visit("audit:plan", ORDINARY, WHO, "/audit/plan/", "Nothing is drawn yet"),
    Visit("audit:plan", ERROR, WHO, "/audit/plan/", "Choose a quarter", press("Look at the frame")),
    Visit("audit:plan", REFUSED, "analyst", "/audit/plan/", status=403),
    Visit("audit:draw", ORDINARY, WHO, "/audit/{planned}/draw/", "What is drawn from", _unfold),
    Visit("audit:draw", ERROR, WHO, "/audit/{planned}/draw/", "Crimes to draw must be 1 or more", _see_margins),
    Visit("audit:sample", "drawn", WHO, "/audit/{drawn}/", "no reader yet"),
    Visit("audit:sample", ORDINARY, WHO, "/audit/{reading}/", "How far it has been read"),
    Visit("audit:sample", "read", WHO, "/audit/{unsigned}/", "Sign the findings off"),
    Visit("audit:sample", "withdrawn", WHO, "/audit/{withdrawn}/", "Withdrawn: "),
    Visit("audit:withdraw", ORDINARY, WHO, "/audit/{drawn}/withdraw/", "Nobody reads it any more"),
    Visit("audit:withdraw", ERROR, WHO, "/audit/{drawn}/withdraw/", "Say why", press("Withdraw")),
    Visit("audit:crimes", ORDINARY, WHO, "/audit/{reading}/crimes/", "Give the ticked crimes to"),
    Visit("audit:crimes", "filtered", WHO, "/audit/{reading}/crimes/?state=out_of_scope&twice=on"),
    Visit("audit:crimes", "empty", WHO, "/audit/{reading}/crimes/?q=nothing", "No crime of the sample is like that"),
    Visit("audit:crimes", ERROR, WHO, "/audit/{reading}/crimes/?state=banana", WRONG),
    Visit("audit:crimes", "nothing ticked", WHO, "/audit/{reading}/crimes/", "Nothing was given to anybody",
          press("Give to reader")),
    Visit("audit:answers", ORDINARY, WHO, "/audit/{unsigned}/crimes/{answered}/", "Inclusion probability"),
    Visit("audit:answers", "settled", WHO, "/audit/{approved_audit}/crimes/{settled}/", "Settled by"),
    Visit("audit:mine", ORDINARY, WHO, "/audit/reading/", "To be read"),
    Visit("audit:mine", "handed in", WHO, "/audit/reading/?state=in"),
    Visit("audit:mine", "empty", WHO, "/audit/reading/?q=nothing", "No crime is like that"),
    Visit("audit:mine", ERROR, WHO, "/audit/reading/?state=banana", WRONG),
    Visit("audit:mine", REFUSED, "analyst", "/audit/reading/", status=404),
    Visit("audit:read", "long and right-to-left names", WHO, "/audit/crimes/{to_read}/", "علي حسن", _unfold),
    Visit("audit:read", ERROR, WHO, "/audit/crimes/{to_read}/", WRONG, press("Hand in")),
    Visit("audit:read", "handed in", WHO, "/audit/crimes/{handed_in}/", "You may still correct your answers"),
    Visit("audit:read", "handed in as out of scope", WHO, "/audit/crimes/{ruled_out}/", "as out of scope"),
    Visit("audit:read", "changed meanwhile", WHO, "/audit/crimes/{changed}/", "What stands now", _read_meanwhile),
    Visit("audit:scope", ORDINARY, WHO, "/audit/crimes/{to_read}/out-of-scope/"),
    Visit("audit:scope", ERROR, WHO, "/audit/crimes/{to_read}/out-of-scope/", WRONG, press("Hand in as out of scope")),
    Visit("audit:settle", ORDINARY, WHO, "/audit/crimes/{to_settle}/settle/", "Propose what counts"),
    Visit("audit:settle", ERROR, WHO, "/audit/crimes/{to_settle}/settle/", WRONG, press("Propose")),
    Visit("audit:settle", "proposed", WHO, "/audit/crimes/{proposed}/settle/", "Propose something else"),
    Visit("audit:settle", "whether it counts", WHO, "/audit/crimes/{scope_apart}/settle/", "What counts?"),
    Visit("audit:settle", f"whether it counts, {ERROR}", WHO, "/audit/crimes/{scope_apart}/settle/", WRONG,
          press("Propose")),
    Visit("audit:findings", ORDINARY, WHO, "/audit/{unsigned}/findings/", "Not signed off yet", _unfold),
    Visit("audit:findings", "signed off, with a change and actions", WHO, "/audit/{approved_audit}/findings/",
          "Signed off on", _unfold),
    Visit("audit:findings", "to read alone", "performance", "/audit/{approved_audit}/findings/", "Signed off on"),
    Visit("audit:sign_off", ORDINARY, WHO, "/audit/{unsigned}/sign-off/", "You sign the findings"),
    Visit("audit:sign_off", ERROR, WHO, "/audit/{unsigned}/sign-off/", WRONG, press("Save decision")),
    Visit("audit:sign_off", f"no crime to be read again, {ERROR}", WHO, "/audit/{unsigned}/sign-off/",
          "Enter the references of the crimes", _send_nothing_back),
    Visit("audit:sign_off", "drawn oneself", WHO, "/audit/{own_sample}/sign-off/", "You drew this sample"),
    Visit("audit:add_action", ORDINARY, WHO, "/audit/{unsigned}/actions/add/", "What is to be done"),
    Visit("audit:add_action", ERROR, WHO, "/audit/{unsigned}/actions/add/", WRONG, press("Set the action")),
    Visit("audit:actions", ORDINARY, WHO, "/audit/actions/?state=all", "لديهم"),
    Visit("audit:actions", "late", WHO, "/audit/actions/?state=late", "Late"),
    Visit("audit:actions", "one's own", "victim-care", "/audit/actions/", "What became of it"),
    Visit("audit:actions", "empty", WHO, "/audit/actions/?q=nothing", "No action is like that"),
    Visit("audit:actions", ERROR, WHO, "/audit/actions/?state=banana", WRONG),
    Visit("audit:end_action", ORDINARY, "victim-care", "/audit/actions/{action}/end/"),
    Visit("audit:end_action", ERROR, "victim-care", "/audit/actions/{action}/end/", WRONG, press("Save")),
]  # fmt: skip

DESK = Desk(
    visits=VISITS,
    tasks=TASKS,
    fill=fill,
    not_pages={
        "audit:crimes_export": "a file of rows",
        "audit:actions_export": "a file of rows",
        "audit:pack": "a file to read on paper",
        "audit:findings_download": "a file of findings",
    },
    no_task={"audit:autosave": "the page sends it by itself; without scripts Save draft does the same"},
)
