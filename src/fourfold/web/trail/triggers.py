"""The triggers that forbid change: the same rules in the words of each database."""

from __future__ import annotations

from typing import Any

WORDS = "the trail is append-only"

SQLITE = [
    *(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for table in ("trail_entry", "trail_subject")
        for verb in ("update", "delete")
    ),
    # INSERT OR REPLACE would take a row out without a DELETE trigger: only the next number may come in.
    f"CREATE TRIGGER trail_entry_next BEFORE INSERT ON trail_entry "
    f"WHEN NEW.number <> (SELECT length FROM trail_anchor) + 1 BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER trail_subject_next BEFORE INSERT ON trail_subject "
    f"WHEN NEW.number <> (SELECT length FROM trail_anchor) + 1 "
    f"OR EXISTS (SELECT 1 FROM trail_subject WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER trail_anchor_forward BEFORE UPDATE ON trail_anchor "
    f"WHEN NEW.length <> OLD.length + 1 BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER trail_anchor_no_delete BEFORE DELETE ON trail_anchor BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER trail_anchor_no_insert BEFORE INSERT ON trail_anchor "
    f"WHEN EXISTS (SELECT 1 FROM trail_anchor) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
]

POSTGRESQL = [
    f"CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE FUNCTION trail_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF NEW.number <> (SELECT length FROM trail_anchor) + 1 THEN "
    f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    f"CREATE FUNCTION trail_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF NEW.length <> OLD.length + 1 THEN "
    f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    *(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
        for table in ("trail_entry", "trail_subject")
    ),
    *(
        f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION trail_next()"
        for table in ("trail_entry", "trail_subject")
    ),
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()"
        for table in ("trail_entry", "trail_subject", "trail_anchor")
    ),
    "CREATE TRIGGER trail_anchor_forward BEFORE UPDATE ON trail_anchor "
    "FOR EACH ROW EXECUTE FUNCTION trail_forward()",
    "CREATE TRIGGER trail_anchor_no_delete BEFORE DELETE ON trail_anchor "
    "FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "CREATE TRIGGER trail_anchor_no_insert BEFORE INSERT ON trail_anchor "
    "FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
]


def lay_triggers(apps: Any, schema_editor: Any) -> None:
    """Set the anchor at the chain's start, then forbid every change but the next entry."""
    from fourfold.web.trail.chain import START, anchor_seal

    anchors = apps.get_model("trail", "TrailAnchor").objects.using(schema_editor.connection.alias)
    anchors.create(length=0, last_hash=START, seal=anchor_seal(0, START))
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement, params=None)
