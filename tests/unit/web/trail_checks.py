"""What must hold of the trail on both databases; each check ends with its transaction rolled back."""

from __future__ import annotations

from typing import Any

DROP = {
    "sqlite": [
        "DROP TRIGGER trail_entry_no_update", "DROP TRIGGER trail_entry_no_delete", "DROP TRIGGER trail_entry_next",
        "DROP TRIGGER trail_subject_no_update", "DROP TRIGGER trail_subject_no_delete",
        "DROP TRIGGER trail_subject_next", "DROP TRIGGER trail_anchor_forward",
    ],
    "postgresql": [
        f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ("trail_entry", "trail_subject", "trail_anchor")
    ],
}  # fmt: skip

COPY = (
    "INSERT INTO trail_entry SELECT number + 900, at, who_id, who_name, role, unit, act, subject_kind, "
    "subject_refs, why, detail, previous_hash, hash FROM trail_entry WHERE number = 2"
)

FORBIDDEN = [
    "UPDATE trail_entry SET why = 'other' WHERE number = 2",
    "UPDATE trail_entry SET why = why",
    "DELETE FROM trail_entry WHERE number = 3",
    "DELETE FROM trail_entry",
    "UPDATE trail_subject SET ref = 'other'",
    "DELETE FROM trail_subject",
    "DELETE FROM trail_anchor",
    "UPDATE trail_anchor SET length = length - 1",
    "UPDATE trail_anchor SET last_hash = 'x'",
    "INSERT INTO trail_anchor (length, last_hash, seal) VALUES (9, 'x', 'y')",
    "INSERT INTO trail_subject (number, kind, ref) VALUES (2, 'case', 'c-9')",
    COPY,
]

TRUNCATE = ["TRUNCATE trail_entry", "TRUNCATE trail_anchor", "TRUNCATE trail_subject"]
"""PostgreSQL only; SQLite has no such statement, so it is refused there too, for being unknown."""

# What someone with the database and without the trail's key may try, and the number where it is found.
TAMPERING = {
    "a word changed": (["UPDATE trail_entry SET why = 'other' WHERE number = 2"], 2),
    "a person changed": (["UPDATE trail_entry SET who_name = 'Someone' WHERE number = 4"], 4),
    "an instant changed": (["UPDATE trail_entry SET at = '2020-01-01 00:00:00' WHERE number = 1"], 1),
    "one taken out": (["DELETE FROM trail_entry WHERE number = 3"], 3),
    "the first taken out": (["DELETE FROM trail_entry WHERE number = 1"], 1),
    "the last taken out": (["DELETE FROM trail_entry WHERE number = 5"], 5),
    "all taken out": (["DELETE FROM trail_entry", "DELETE FROM trail_subject"], 1),
    "one put in at the end": ([COPY.replace("number + 900", "number + 4")], 6),
    "the end cut and the anchor moved back": (
        ["DELETE FROM trail_entry WHERE number = 5", "UPDATE trail_anchor SET length = 4, last_hash = "
         "(SELECT hash FROM trail_entry WHERE number = 4)"], 0),
    "a key taken off an entry": (["DELETE FROM trail_subject WHERE number = 2"], 2),
    "a key put on an entry": (["INSERT INTO trail_subject (number, kind, ref) VALUES (2, 'case', 'c-9')"], 2),
    "a key of no entry": (["INSERT INTO trail_subject (number, kind, ref) VALUES (99, 'case', 'c-9')"], 99),
    "two put in each other's place": (
        ["UPDATE trail_entry SET number = 77 WHERE number = 2", "UPDATE trail_entry SET number = 2 WHERE number = 3",
         "UPDATE trail_entry SET number = 3 WHERE number = 77"], 2),
}  # fmt: skip


def write_five() -> None:
    """Write five entries, in a trail that had none."""
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.trail.recording import record

    assert TrailEntry.objects.count() == 0
    for number in range(1, 6):
        record(
            "case_seen", by=None, subject_kind="case", subject_refs=[f"c-{number}", "c-0"],
            why="Ring back £ é", detail={"columns": ["names"], "rows": number},
        )  # fmt: skip


def is_forbidden(statement: str) -> bool:
    """Say whether the database itself refuses a statement."""
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error) or 'near "TRUNCATE"' in str(error)
    return False


def fault_after(statements: list[str]) -> Any:
    """Take the triggers off, as a database administrator can, tamper, and return what verification finds."""
    from django.db import connection

    from fourfold.web.trail.verifying import verify

    with connection.cursor() as cursor:
        for statement in [*DROP[connection.vendor], *statements]:
            cursor.execute(statement)
    return verify()
