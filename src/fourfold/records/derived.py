"""Derived tables that pass between rooms: who is who, and who is next and why."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import PERSONAL, SENSITIVE, choice, text


class PersonLink(dy.Schema):
    """One record's place in one person's history; made anew by the link stage.

    `person_id` is the oldest record's own reference, so that it stays when later records join.
    """

    table: ClassVar[str] = "person_link"

    record = text(nullable=False)
    record_ref = text(nullable=False)
    person_id = text(nullable=False)
    evidence = text(metadata=PERSONAL)
    """In words, which keys agree with which other record; missing for a person told of once."""


class WorklistItem(dy.Schema):
    """One line of one worklist: about whom or what, why, and by when.

    `reasons` is a JSON list of rule, words and evidence (record references). `cannot_tell` marks what no
    rule could judge for want of data: it is listed as such and never left away. `rank` orders; 1 is first.
    """

    table: ClassVar[str] = "worklist_item"

    item_id = text(nullable=False)
    worklist = text(nullable=False)
    subject = choice("person", "crime", "suspect", "premises", nullable=False)
    subject_ref = text(nullable=False)
    force = text(nullable=False)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    reasons = text(nullable=False, metadata=SENSITIVE)
    due_on = dy.Date(nullable=True)
    rank = dy.Int64(nullable=False, min=1)
    cannot_tell = dy.Bool(nullable=False)
