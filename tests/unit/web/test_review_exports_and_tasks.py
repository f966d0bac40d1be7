"""Files made under a role that is gone, and what the register keeps of a task that broke."""

from __future__ import annotations

from typing import Any

import pytest
from care_cases import person, take

UNIT = "victim-care"


@pytest.fixture
def export(register: Any, browse: Any) -> Any:
    from fourfold.web.exports.asking import ask_for
    from fourfold.web.exports.making import make

    take(register, person("R1"))
    client = browse(("victim_care", UNIT), "performance")
    made = ask_for("victim-care-cases", by=client.person, kind="csv", asked={})
    make(made.key)
    made.refresh_from_db()
    made.client = client
    return made


def test_a_file_is_gone_when_a_role_of_its_owner_is_taken(export: Any, make_person: Any) -> None:
    from fourfold.web.accounts.people import take_role

    assert export.path.exists()
    membership = export.client.person.memberships.get(role="victim_care")
    take_role(membership=membership, by=make_person("administrator"))
    assert export.client.get(f"/exports/{export.key}/file/").status_code == 404
    assert not export.path.exists()
    export.refresh_from_db()
    assert export.state == "deleted"


def test_a_task_that_broke_leaves_its_place_and_none_of_its_words(register: Any) -> None:
    from django.utils import timezone
    from django_tasks import TaskResultStatus
    from django_tasks.signals import task_finished
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.handover.tasks import carry_outbox

    carry_outbox.enqueue()
    row = DBTaskResult.objects.get()
    row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now()
    try:
        raise ValueError("Zebedia Quillfeather is not a number")
    except ValueError as error:
        row.set_failed(error)
    task_finished.send(type(carry_outbox.get_backend()), task_result=row.task_result)
    row.refresh_from_db()
    assert "Zebedia" not in row.traceback
    assert "test_review_exports_and_tasks.py" in row.traceback
    assert row.exception_class_path == "builtins.ValueError"
