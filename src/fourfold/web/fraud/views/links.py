"""Review of pairs that may be one person: both side by side with what agrees, join or part, skip and undo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fourfold.home import FourfoldError
from fourfold.link.answers import key_parts, key_text
from fourfold.pipeline.fraud_facts import LINK_COLUMNS, compared, pairs_to_look_at
from fourfold.pipeline.trace import MASK
from fourfold.web.fraud.actions import linking
from fourfold.web.fraud.models import LinkAnswer
from fourfold.web.fraud.scope import shows_names
from fourfold.web.fraud.views.parts import tell
from fourfold.web.fraud.views.review import KEYS_OFF

KEYS = (("join", "J", "One person"), ("part", "P", "Two people"), ("skipped", "S", "Skip"))
COLUMN_WORDS = {
    "names": "Names as compared", "born": "Date of birth", "street": "Address as compared", "postcode": "Postcode",
    "phone": "Phone", "email": "Email",
}  # fmt: skip
RECORD_WORDS = {
    "fraud_report": "Fraud report",
    "person_role": "Part in a crime",
    "desk_decision": "Correction at the desk",
}
STANDS = {"joined": "one person", "parted": "two people"}


@require_safe
def queue(request: Any) -> HttpResponse:
    """Show the next pair; that it was looked at is trailed."""
    linking.permitted(request.user)
    done = answered(request.user)
    pairs = [row for row in pairs_to_look_at(settings.HOME) if linking.pair_of(row) not in done]
    row = pairs[0] if pairs else None
    named = shows_names(request, linking.ACT) and shows_names(request)
    sides = sides_of(row, named) if row else []
    if row:
        tell(request, "pair_shown", "record", [row["ref_a"], row["ref_b"]])
    mine = LinkAnswer.objects.filter(reviewer=request.user, is_standing=True)
    context = {
        "row": row,
        "left": key_text(row["record_a"], row["ref_a"]) if row else "",
        "right": key_text(row["record_b"], row["ref_b"]) if row else "",
        "sides": sides,
        "column_words": COLUMN_WORDS,
        "named": named,
        "waiting": len(pairs),
        "stands": STANDS,
        "keys": KEYS,
        "keys_off": request.session.get(KEYS_OFF, False),
        "last": mine.order_by("-at", "-id").first(),
        "words": {key: words for key, _, words in KEYS},
        "skipped": mine.filter(answer=linking.SKIP).count(),
        "own": mine.exclude(answer=linking.SKIP).count(),
    }
    return render(request, "fraud/links.html", context)


def answered(reviewer: Any) -> set[linking.Pair]:
    """Return the pairs that somebody has decided, of which the lake may not know yet, or that this reviewer skipped.

    What another skipped stays: a pair that nobody decides must not leave everybody's queue.
    """
    decided = ~Q(answer=linking.SKIP) | Q(reviewer=reviewer)
    standing = LinkAnswer.objects.filter(decided, is_standing=True)
    rows = standing.values_list("record_a", "ref_a", "record_b", "ref_b")
    return {((a, ref_a), (b, ref_b)) for a, ref_a, b, ref_b in rows}


def sides_of(row: dict[str, Any], named: bool) -> list[dict[str, Any]]:
    """Return both records as they are compared; what the reader may not see is masked, and a gap stays a gap."""
    keys = [(row["record_a"], row["ref_a"]), (row["record_b"], row["ref_b"])]
    known = compared(settings.HOME, keys)
    sides = []
    for key in keys:
        told = known.get(key, {})
        born = told.get("born_on") or told.get("born_from")
        values = {
            "born": born,
            **{name: told.get(name) for name in LINK_COLUMNS if not name.startswith("born")},
        }
        shown = {
            name: "Not told" if values.get(name) in (None, "") else str(values[name]) if named else MASK
            for name in COLUMN_WORDS
        }
        sides.append(
            {"ref": key[1], "record": RECORD_WORDS.get(key[0], key[0]), "on": told.get("on"), "values": shown}
        )
    return sides


@require_POST
def give_answer(request: Any) -> HttpResponse:
    """Take a reviewer's answer about a pair and go on to the next."""
    try:
        pair = (key_parts(request.POST.get("left", "")), key_parts(request.POST.get("right", "")))
        waiting = {linking.pair_of(row) for row in pairs_to_look_at(settings.HOME)}
        if linking.in_order(*pair) not in waiting:
            messages.error(request, "This pair is no longer among those to look at.")
        else:
            linking.decide_pair(pair=pair, told=request.POST.get("answer", ""), by=request.user)
    except ValueError:
        messages.error(request, "This names no pair of records.")
    except FourfoldError as error:
        messages.error(request, str(error))
    return redirect("fraud:links")


@require_POST
def undo(request: Any) -> HttpResponse:
    """Take the last answer back; the pair is shown again."""
    if linking.undo_pair(by=request.user) is None:
        messages.error(request, "There is no answer of yours to take back.")
    return redirect("fraud:links")


@require_POST
def again(request: Any) -> HttpResponse:
    """Give the reviewer back the pairs that they skipped."""
    linking.give_back_skipped(by=request.user)
    return redirect("fraud:links")


@require_POST
def keys(request: Any) -> HttpResponse:
    """Turn the single keys off or on for this session."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    return redirect("fraud:links")
