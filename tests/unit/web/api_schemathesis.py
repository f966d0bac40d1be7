"""Asks the API what its description allows and what it does not: `python api_schemathesis.py FOLDER [EXAMPLES]`.

A process with a register of its own, so that what is asked is written for good as it would be. Every phase
of schemathesis runs against the application in this process: examples, each bound of each parameter,
values made at random from a fixed seed, and chains of operations along their links.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from api_ground import program_of, small_force

NO_LIMIT = (
    "requests_a_minute:\n  title: Most requests a minute with one token\n  unit: requests\n  values:\n"
    "    - {value: 1000000, from: 2010-01-01, source: this test, status: our choice}\n"
)


def token_of_an_analyst() -> str:
    from fourfold.web.accounts.models import Membership, Unit, User

    person = User.objects.create_user(email="analyst@force.example", name="An Analyst")
    unit = Unit.objects.get(code="victim-care")
    for role in ("analyst", "victim_care"):
        Membership.objects.create(person=person, unit=unit, role=role)
    return program_of(person).text


def leave_out_what_sockets_need() -> None:
    """Let the checks that ask twice reach an application in this process: 4.32 hands them settings of sockets."""
    from schemathesis.transport.wsgi import WSGITransport

    send = WSGITransport.send

    def send_within(self: Any, case: Any, *, session: Any = None, **kwargs: Any) -> Any:
        for name in ("max_redirects", "verify", "cert", "proxies"):
            kwargs.pop(name, None)
        return send(self, case, session=session, **kwargs)

    WSGITransport.send = send_within


def run(text: str, examples: int) -> dict[str, Any]:
    import schemathesis
    from django.core.wsgi import get_wsgi_application
    from schemathesis.engine import events, from_schema

    leave_out_what_sockets_need()
    config = schemathesis.Config.from_dict(
        {
            "seed": 4,
            "headers": {"Authorization": f"Bearer {text}"},
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "phases": {"stateful": {"generation": {"max-examples": examples}}},
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application(), config=config)
    schema.validate()
    found: list[str] = []
    asked: Counter[str] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for key, node in event.recorder.cases.items():
                answer = event.recorder.interactions.get(key)
                status = answer.response.status_code if answer and answer.response else 0
                asked[f"{event.phase.name} {node.value.operation.label} {status}"] += 1
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.failure_info:
                        found.append(
                            f"{event.label}: {check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
                        )
        elif isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            found.append(str(event.exception))
    return {"found": sorted(set(found)), "asked": asked}


def main() -> None:
    from fourfold.web.server import prepare

    home = small_force(Path(sys.argv[1]), victims=12)
    (home.policy / "api.yaml").write_text(NO_LIMIT, encoding="utf-8")
    prepare(home)
    from fourfold.web.handover.taking_up import take_up

    take_up(home)
    told = run(token_of_an_analyst(), int(sys.argv[2]) if len(sys.argv) > 2 else 25)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
