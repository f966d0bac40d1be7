"""Every page, state and task of long exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from every_page import ORDINARY, Desk, Task, Visit

WHO = "analyst"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Put an export in each state, and one for each hand that is ready to be fetched."""
    from django.utils import timezone

    from fourfold.web.accounts.models import User
    from fourfold.web.exports.models import Export

    person, now = User.objects.get(email=f"{WHO}@demo.example"), timezone.now()
    folder = home.path / "exports"
    folder.mkdir(exist_ok=True)
    named = [
        ("Cases of a very long name " * 4, "running"),
        ("Cases that failed", "failed"),
        ("Cases gone", "deleted"),
    ]
    named += [(f"Cases {hand}", "ready") for hand in hands]
    made = {}
    for number, (title, state) in enumerate(named):
        export = Export.objects.create(
            key=f"export{number}", person=person, name="test", title=title, kind="csv", state=state,
            fault="It was interrupted. Ask for it again." if state == "failed" else "", row_count=35_000,
            size_bytes=2048, asked_at=now - timedelta(minutes=number), made_at=now if state == "ready" else None,
        )  # fmt: skip
        if state == "ready":
            (folder / f"{export.key}.csv").write_text("OFFICIAL-SENSITIVE\r\n")
            made[f"{hands[number - 3]}|export"] = title
    return made


def fetch_and_delete(hand: Any, made: Any) -> None:
    hand.press("link", "Your account")
    hand.press("link", "Your exports", "main")
    row = f"main tbody tr:has-text('{made['export']}')"
    assert hand.fetch_first("link", row).endswith(".csv")
    hand.press_first("button", row)
    hand.page.locator(row).get_by_text("Deleted").wait_for()


DESK = Desk(
    visits=[
        Visit("exports:exports", ORDINARY, WHO, "/exports/", "It was interrupted"),
        Visit("exports:exports", "empty", "auditor", "/exports/", "You have asked for no export"),
        Visit("exports:fetch", "gone", WHO, "/exports/export2/file/", "This file is not there", status=404),
    ],
    tasks=[Task("fetch an export and delete it", WHO, fetch_and_delete)],
    fill=fill,
)
