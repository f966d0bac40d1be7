"""Officers at once on one register: `python web_care_worker.py HOME`, which tells as JSON what came of each race."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fourfold.home import FourfoldError, Home

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "web"))
HOME = Home(Path(sys.argv[1]))
AT_ONCE = 6


def race(does: Callable[[int], Any]) -> dict[str, int]:
    """Run `does` in several threads that start together; count what came of each, an error by its name."""
    from django.db import connection

    start, came = threading.Barrier(AT_ONCE), Counter[str]()

    def run(number: int) -> None:
        start.wait()
        try:
            does(number)
            came["done"] += 1
        except FourfoldError as error:
            came[type(error).__name__] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(came)


def main() -> None:
    from fourfold.web.server import prepare

    HOME.prepare()
    HOME.write_settings({"made_up": "true"})
    prepare(HOME)
    from care_cases import case_of, person, take

    from fourfold.web.accounts.demo import demo_users
    from fourfold.web.accounts.models import User
    from fourfold.web.trail.verifying import verify
    from fourfold.web.victim_care.actions import contacting, ending, stocking
    from fourfold.web.victim_care.models import Case, CaseReport, Stock

    demo_users(HOME)
    officer = User.objects.get(email="victim-care@demo.example")
    listed = [person(f"R{number}") for number in range(20)]
    took = race(lambda number: take(HOME, *listed))
    case = case_of("R1")
    stocking.change_stock(unit=case.unit, material="call_blocker", change=2, why="Delivery", by=officer)
    given = race(
        lambda number: contacting.send_materials(case=case.pk, materials={"call_blocker": 1}, by=officer)
    )
    twice = race(
        lambda number: contacting.record_call(
            case=case.pk, channel="phone", result="no_answer", by=officer, form_key="once"
        )
    )
    seen = case_of("R1").version
    closed = race(
        lambda number: ending.close(case=case.pk, outcome="declined", why=f"{number}", by=officer, seen=seen)
    )
    told = {
        "took": took,
        "cases": Case.objects.count(),
        "reports": CaseReport.objects.count(),
        "given": given,
        "left": Stock.objects.get().on_hand,
        "twice": twice,
        "attempts": case_of("R1").attempts.count(),
        "closed": closed,
        "closings": case_of("R1").events.filter(kind="closed").count(),
        "fault": str(verify() or ""),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
