"""Every page, state and task of the fraud desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Visit, press
from every_page.business import with_a_reason
from every_page.tasks_fraud import TASKS, VICTIM_CARE, WHO

LONG = {"first_names": "Bartholomew Maximilian", "last_name": "Featherstonehaugh-Cholmondeley-Wriothesley"}
RIGHT_TO_LEFT = {"first_names": "علي", "last_name": "حسن", "email": "ali@example.org"}
REPORTED = "قال لي إنه محقق وإن رجلا سيأتي ليأخذ بطاقتي"
MARKERS = ("courier_fraud", "recovery_fraud", "remote_access_fraud")
READ, UNREAD = "crash_for_cash", "keyless_theft"
EXAMPLES = 12


def rows(load: Any) -> None:
    """People and a home told of again under long and right-to-left names, and enough courier frauds for a marker."""
    from business_records import frame
    from fourfold.records import FraudReport
    from fraud_records import report, texts

    people = [
        report(f"{ref}{n}", 90 * n, **name, date_of_birth=date(1940, 5, n), address=f"{ref} House", phone=phone,
               postcode="ZE7 1AA", narrative=REPORTED, nfib_code=code, loss_gbp=4599)
        for ref, name, phone in (("LONG", LONG, "01999555881"), ("RTL", RIGHT_TO_LEFT, "01999555882"))
        for n, code in ((1, "NFIB1E"), (2, "NFIB1D"))
    ]  # fmt: skip
    home = [
        report(
            f"HOME{n}", 50 * n, first_names=first, last_name=last, address="9 Ash Road", postcode="ZE7 2AA"
        )
        for n, first, last in ((1, "Ada", "Blackwood"), (2, "太郎", "山田"))
    ]
    load.append(FraudReport.table, frame(FraudReport, [*texts(EXAMPLES, 0), *people, *home]))


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Let two readers differ in a round of a marker for the pages, and in one for each hand."""
    from django.utils import timezone

    from fourfold.policy.marker_definitions import markers
    from fourfold.web.accounts.models import Membership, Unit, User
    from fourfold.web.fraud.actions.handing_over import PARTNER, partner_facts
    from fourfold.web.fraud.models import RepeatVictim

    analyst = User.objects.get(email=f"{WHO}@demo.example")
    second = User.objects.create_user("second-reader@demo.example", "Second Reader", "")
    Membership.objects.create(person=second, unit=Unit.objects.get(code="intelligence"), role="analyst")
    labels = {one.name: one.label for one in markers(timezone.localdate(), home.policy)}
    (home.path / "handed-over").mkdir()
    made: dict[str, Any] = {
        f"{ref.lower().rstrip('12')}_victim": RepeatVictim.objects.get(subject_ref=ref, kind=kind).pk
        for ref, kind in (("LONG2", "person"), ("RTL2", "person"), ("HOME2", "home"))
    }
    made |= {"ground": partner_facts(PARTNER).grounds[0][1], "folder": str(home.path / "handed-over")}
    made |= {
        "examples": ", ".join(f"C{n:02d}" for n in range(EXAMPLES)),
        "read": differ(READ, analyst, second),
    }
    for hand, marker in zip(hands, MARKERS, strict=True):
        made |= {
            f"{hand}|marker_label": labels[marker],
            f"{hand}|differs": differ(marker, analyst, second),
            f"{hand}|new_marker": f"Police impostor {hand}",
        }
    return made


def differ(marker: str, first: Any, second: Any) -> str:
    """Draw a round, and let two readers differ about the first record that two of them read; return it."""
    from fourfold.web.fraud.actions.reviewing import give_answer

    ref = next(read_twice(marker, first))
    for reader, told in ((first, "yes"), (second, "no")):
        give_answer(marker=marker, record_ref=ref, told=told, by=reader)
    return ref


def read_twice(marker: str, by: Any) -> Iterator[str]:
    """Yield the records that two readers read of round after round: the lot may give none to a second reader."""
    from fourfold.classify.rounds import is_read_twice
    from fourfold.web.fraud.actions.reviewing import begin_round, review_settings
    from fourfold.web.fraud.reading import lot_of

    while True:
        lot = lot_of(begin_round(marker=marker, by=by))
        share = review_settings().second_read_share
        yield from (ref for ref, _ in lot.records if is_read_twice(ref, lot.seed, share))


def first_row(page: Any) -> None:
    """Follow the first link of the list."""
    with page.expect_navigation():
        page.locator("main tbody a").first.click()


def try_out(page: Any) -> None:
    """Fill a marker in and see what it would find."""
    for label, text in (
        ("Name of the marker", "Police impostor"),
        ("What it is", "Somebody poses as police to collect a card."),
        ("What it is not", "A real officer."),
        ("Codes in which it may lie", "NFIB90"),
        ("Words that find it", "detective + courier"),
        ("Ten examples", ", ".join(f"C{n:02d}" for n in range(EXAMPLES))),
        ("Who owns the definition", "Economic crime"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it would find").click()


def switch_on_without_a_source(page: Any) -> None:
    try_out(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Switch it on").click()


def skip_every_pair(page: Any) -> None:
    skip = page.get_by_role("button", name="Skip", exact=True)
    while skip.count():
        with page.expect_navigation():
            skip.click()


LIST = "/fraud/repeat-victims/"
ONE, MARKER = f"{LIST}{{%s_victim}}/", f"/fraud/markers/{READ}/"
VISITS = [
    Visit("fraud:overview", ORDINARY, WHO, "/fraud/", "Losses as victims state them"),
    Visit("fraud:overview", "three months", WHO, "/fraud/?span=quarter"),
    Visit("fraud:overview", "against before Covid-19", WHO, "/fraud/?against=pre_covid"),
    Visit("fraud:overview", "counts alone", "performance", "/fraud/"),
    Visit("fraud:overview", REFUSED, "administrator", "/fraud/", status=403),
    Visit("fraud:repeats", ORDINARY, VICTIM_CARE, LIST, "Hand a list over to Trading Standards"),
    Visit("fraud:repeats", "long name", VICTIM_CARE, f"{LIST}?q=LONG1", LONG["last_name"]),
    Visit("fraud:repeats", "right to left", VICTIM_CARE, f"{LIST}?q=RTL1&kind=person&vulnerable=on", "علي"),
    Visit("fraud:repeats", "masked", WHO, f"{LIST}?sort=-loss", "(masked)"),
    Visit("fraud:repeats", "empty", WHO, f"{LIST}?q=nowhere", "No victim is like that"),
    Visit("fraud:repeats", ERROR, WHO, f"{LIST}?kind=banana", "There is a problem"),
    Visit("fraud:repeats", REFUSED, "performance", LIST, status=404),
    Visit("fraud:repeat", ORDINARY, VICTIM_CARE, ONE % "long", LONG["last_name"]),
    Visit("fraud:repeat", "right to left", VICTIM_CARE, ONE % "rtl", "علي"),
    Visit("fraud:repeat", "home", "data-protection", ONE % "home", "山田", with_a_reason),
    Visit("fraud:repeat", "masked", WHO, ONE % "long", "(masked)"),
    Visit("fraud:accounts", ORDINARY, WHO, f"{ONE % 'rtl'}reports/", REPORTED),
    Visit("fraud:accounts", REFUSED, "performance", f"{ONE % 'rtl'}reports/", status=404),
    Visit("fraud:hand_over", ORDINARY, VICTIM_CARE, f"{LIST}hand-over/", "علي"),
    Visit("fraud:hand_over", ERROR, VICTIM_CARE, f"{LIST}hand-over/", "There is a problem",
          press("Hand over and save the file")),
    Visit("fraud:hand_over", REFUSED, WHO, f"{LIST}hand-over/", status=404),
    Visit("fraud:topics", ORDINARY, WHO, "/fraud/topics/", "NFIB90"),
    Visit("fraud:topic", ORDINARY, WHO, "/fraud/topics/", "Reports nearest to its middle", first_row),
    Visit("fraud:markers", ORDINARY, WHO, "/fraud/markers/", "Make a new marker"),
    Visit("fraud:markers", "only read", VICTIM_CARE, "/fraud/markers/"),
    Visit("fraud:new_marker", ORDINARY, WHO, "/fraud/markers/new/"),
    Visit("fraud:new_marker", ERROR, WHO, "/fraud/markers/new/", "There is a problem", press("Show what it would find")),
    Visit("fraud:new_marker", "tried out", WHO, "/fraud/markers/new/", "Nothing is kept yet", try_out),
    Visit("fraud:new_marker", f"{ERROR} at switching on", WHO, "/fraud/markers/new/", "Enter the source of the definition",
          switch_on_without_a_source),
    Visit("fraud:new_marker", REFUSED, VICTIM_CARE, "/fraud/markers/new/", status=404),
    Visit("fraud:marker", ORDINARY, WHO, MARKER, "Three counts, never one"),
    Visit("fraud:marker", "no round yet", WHO, f"/fraud/markers/{UNREAD}/", "Draw a round of review"),
    Visit("fraud:marker", "only read", "performance", MARKER),
    Visit("fraud:review", ORDINARY, WHO, f"{MARKER}review/", "Guideline"),
    Visit("fraud:review", "no round yet", WHO, f"/fraud/markers/{UNREAD}/review/", "No round is drawn yet"),
    Visit("fraud:review", "skipped", WHO, f"{MARKER}review/", "You skipped 1", press("Skip")),
    Visit("fraud:review", "keys off", WHO, f"{MARKER}review/", "Single keys are off", press("Turn single keys off")),
    Visit("fraud:review", "keys on again", WHO, f"{MARKER}review/", "U undo", press("Turn single keys on")),
    Visit("fraud:review", REFUSED, VICTIM_CARE, f"{MARKER}review/", status=404),
    Visit("fraud:differences", ORDINARY, WHO, f"{MARKER}differences/", "Second Reader"),
    Visit("fraud:differences", "empty", WHO, f"/fraud/markers/{UNREAD}/differences/", "Two readers differ about no record"),
    Visit("fraud:links", ORDINARY, VICTIM_CARE, "/fraud/links/", "What agrees and what does not"),
    Visit("fraud:links", "masked", WHO, "/fraud/links/", "Names and contact details are hidden from you"),
    Visit("fraud:links", "empty", VICTIM_CARE, "/fraud/links/", "No pair waits for a decision", skip_every_pair),
    Visit("fraud:links", "given back", VICTIM_CARE, "/fraud/links/", "wait", press("Put them back into the queue")),
    Visit("fraud:links", REFUSED, "performance", "/fraud/links/", status=404),
]  # fmt: skip

DESK = Desk(
    visits=VISITS,
    tasks=TASKS,
    rows=rows,
    fill=fill,
    not_pages={"fraud:export": "a file of rows"},
)
