"""What the tests of the ground do in processes of their own: `python web_ground_worker.py HOME DOES [NUMBER]`."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Any

from fourfold.home import Home

HOME = Home(Path(sys.argv[1]))
CHECKS = Path(__file__).parents[1] / "unit" / "web" / "trail_checks.py"


def checks() -> Any:
    spec = importlib.util.spec_from_file_location("trail_checks", CHECKS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepare() -> str:
    from fourfold.web.server import prepare

    prepare(HOME)
    from django.db import connection

    return str(connection.vendor)


def write(count: int) -> int:
    """Write entries as fast as may be, each in its own transaction, every tenth given up."""
    from fourfold.web.server import start_django

    start_django(HOME)
    from django.db import transaction

    from fourfold.web.trail.recording import record

    for number in range(count):
        with transaction.atomic():
            record("case_seen", by=None, subject_kind="case", subject_refs=[f"c-{number}"])
            if number % 10 == 9:
                transaction.set_rollback(True)
        time.sleep(0.001)
    return count


def verified() -> dict[str, Any]:
    from fourfold.web.server import start_django

    start_django(HOME)
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.trail.verifying import verify

    return {"fault": str(verify()), "entries": TrailEntry.objects.count()}


def triggers() -> dict[str, Any]:
    """Return which forbidden statements were allowed, and where each tampering was found."""
    from fourfold.web.server import start_django

    start_django(HOME)
    from django.db import transaction

    module = checks()
    told: dict[str, Any] = {"allowed": [], "found": {}}
    with transaction.atomic():
        module.write_five()
        told["allowed"] = [
            one for one in [*module.FORBIDDEN, *module.TRUNCATE] if not module.is_forbidden(one)
        ]
        transaction.set_rollback(True)
    for what, (statements, _) in module.TAMPERING.items():
        with transaction.atomic():
            module.write_five()
            fault = module.fault_after(statements)
            told["found"][what] = fault.number if fault else None
            transaction.set_rollback(True)
    return told


def plant() -> str:
    """Change one entry for good, the triggers taken off first, as someone with the whole database can."""
    from fourfold.web.server import start_django

    start_django(HOME)
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in checks().DROP[connection.vendor]:
            cursor.execute(statement)
        cursor.execute("UPDATE trail_entry SET act = 'case_closed' WHERE number = 7")
    return "planted"


if __name__ == "__main__":
    does = {
        "prepare": prepare,
        "write": lambda: write(int(sys.argv[3])),
        "verified": verified,
        "triggers": triggers,
        "plant": plant,
    }
    json.dump(does[sys.argv[2]](), sys.stdout)
