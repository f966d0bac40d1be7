"""One program's word for a note uses up nobody else's, and none for another case."""

from __future__ import annotations

from typing import Any

from api_ground import program_of
from care_cases import case_of, person, take


def test_a_word_of_one_s_own_is_one_s_own(register: Any, make_person: Any) -> None:
    take(register, person("R1"), person("R2"))
    one, other = (program_of(make_person(("victim_care", "victim-care"))) for _ in range(2))

    def send(program: Any, ref: str) -> int:
        answer = program.ask(
            f"/api/referrals/{case_of(ref).pk}/notes", "POST", data='{"text": "Rang"}',
            content_type="application/json", headers={"Idempotency-Key": "1"},
        )  # fmt: skip
        return int(answer.status_code)

    assert [send(one, "R1"), send(one, "R1"), send(one, "R2"), send(other, "R1")] == [201, 409, 201, 201]
    assert case_of("R1").events.filter(kind="note").count() == 2
