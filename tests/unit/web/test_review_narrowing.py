"""A force that narrows what may be seen narrows every page that shows it; and nobody approves what they let stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from care_cases import case_of, person, take

UNIT = "victim-care"


@pytest.fixture
def narrowed(register: Any) -> Iterator[Any]:
    path = register.policy / "access.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("see_victims: {victim_care: own_cases}\n")
    yield register
    path.unlink()


@pytest.mark.parametrize("page", ["", "call/", "note/", "details/", "assign/", "refer/"])
def test_a_case_that_may_not_be_seen_is_not_seen_by_working_on_it(
    narrowed: Any, browse: Any, page: str
) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victim_care.models import Case

    take(narrowed, person("R1"))
    client, case = browse(("victim_care", UNIT)), case_of("R1")
    where = f"/victim-care/cases/{case.pk}/{page}"
    answer = client.get(where)
    assert answer.status_code == 404
    assert b"Zebedia" not in answer.content
    assert TrailEntry.objects.first().act == "access_denied"
    Case.objects.update(officer=client.person)
    assert client.get(where).status_code == 200


def test_a_role_taken_while_an_export_is_made_leaves_no_file(
    register: Any, browse: Any, monkeypatch: Any
) -> None:
    from fourfold.web.accounts.models import Membership
    from fourfold.web.exports import making
    from fourfold.web.exports.asking import ask_for

    take(register, person("R1"))
    client = browse(("victim_care", UNIT))
    export = ask_for("victim-care-cases", by=client.person, kind="csv", asked={})
    written = making.write_file

    def write(*args: Any) -> None:
        Membership.objects.filter(person=client.person).delete()
        written(*args)

    monkeypatch.setattr(making, "write_file", write)
    assert making.make(export.key) == 0
    export.refresh_from_db()
    assert (export.state, export.path.exists()) == ("failed", False)


def test_a_decision_in_quarantine_is_hidden_from_whom_names_are_hidden(register: Any) -> None:
    import json

    from fourfold.pipeline.broken_cells import cells_of
    from fourfold.web.intake.masking import Sight, shown

    text = json.dumps({"kind": "case_closed", "reason": "Zebedia moved to her daughter", "value": "{}"})
    row = {"source": "desk", "rule": "row|too_long", "words": "-", "text_received": text}
    cells = shown(cells_of(row, {}), Sight("broken", "full", asks_reason=False))
    assert [cell.text for cell in cells] == ["", "", ""]
    assert all(cell.is_hidden for cell in cells)
