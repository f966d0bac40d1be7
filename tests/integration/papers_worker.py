"""People at one paper in the same moment, in threads of one process: `python papers_worker.py HOME`."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fourfold.home import FourfoldError, Home

PEOPLE = 6


def at_once(acts: Sequence[Callable[[], Any]]) -> dict[str, int]:
    """Do all of it in the same moment; return how often each ended how."""
    from django.db import connection

    ended: list[str] = []
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            act()
            ended.append("done")
        except FourfoldError as error:
            ended.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(Counter(ended))


def main() -> dict[str, Any]:
    home = Home(Path(sys.argv[1]))
    from fourfold.web.server import prepare

    prepare(home)
    from django.db import connection

    from fourfold.web.accounts.models import Membership, Unit, User
    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.papers.approving import approve, send, send_back
    from fourfold.web.papers.building import ask_for
    from fourfold.web.papers.keeping import keep_forms
    from fourfold.web.papers.models import Paper, Run, SectionText, State, Step
    from fourfold.web.papers.starting import start_paper
    from fourfold.web.papers.writing import save_text
    from fourfold.web.trail.verifying import verify

    unit = Unit.objects.create(code="performance", name="Performance")
    people = [
        User.objects.create_user(f"p{number}@force.example", f"Person {number}") for number in range(PEOPLE)
    ]
    for person in people:
        Membership.objects.create(person=person, unit=unit, role="performance")
    told: dict[str, Any] = {"database": connection.vendor}
    told["start"] = at_once(
        [lambda by=by: start_paper(force="kent", to=date(2021, 12, 1), by=by) for by in people]
    )
    paper = Paper.objects.get()
    told["write"] = at_once([
        lambda by=by: save_text(paper=paper, section="legal", text=by.name, based_on=0, by=by) for by in people
    ])  # fmt: skip
    told["build"] = at_once([lambda by=by: ask_for(paper=paper, kind="build", by=by) for by in people])
    Run.objects.update(stage="done")
    maker = SectionText.objects.get().author
    hashes = keep_forms(paper, 1, {"json": b"{}"})
    Paper.objects.update(state=State.BUILT, build=1, hashes=hashes, built_by=maker)
    facts = {"paper": paper, "seen": hashes["json"]}
    told["send"] = at_once([lambda: send(**facts, by=maker) for _ in people])
    others = [person for person in people if person != maker]
    told["decide"] = at_once([
        lambda by=by, act=(approve, send_back)[number % 2]: act(**facts, words="because it is so", by=by)
        for number, by in enumerate(others)
    ])  # fmt: skip
    steps = Counter(Step.objects.values_list("kind", flat=True))
    told["steps"] = sorted(kind for kind in steps if steps[kind] != 1)
    approved = int(Paper.objects.get().state == "approved")
    told["decisions"] = OutboxDecision.objects.count() == approved
    told["rows"] = [Paper.objects.count(), SectionText.objects.count(), Run.objects.count()]
    told["trail"] = str(verify())
    return told


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
