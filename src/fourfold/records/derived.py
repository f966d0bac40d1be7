"""Derived tables that pass between rooms: who is who, what is owed by when, and who is next and why."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import PERSONAL, SENSITIVE, Kept, choice, text


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
    subject = choice("person", "crime", "suspect", "premises", "return", nullable=False)
    subject_ref = text(nullable=False)
    force = text(nullable=False)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    reasons = text(nullable=False, metadata=SENSITIVE)
    due_on = dy.Date(nullable=True)
    rank = dy.Int64(nullable=False, min=1)
    cannot_tell = dy.Bool(nullable=False)


class Clock(Kept):
    """One duty to one victim, about one suspect or in one case: since when, by when, and how it stands.

    Made anew by the clock stage (rules.clocks). A row stands for each event that started a duty; a duty
    that nothing started has none. `due_on` is missing where no limit is stated. `reason` is a word that
    rules.clock_words puts into sentences, with `reason_on` the day of which they speak.
    """

    table: ClassVar[str] = "clock"
    key: ClassVar[tuple[str, ...]] = ("rule", "case_ref", "subject_ref", "start_event_id")

    rule = text(nullable=False)
    case_ref = text(nullable=False)
    """The crime's reference, or that of a month whose return is owed."""
    subject = choice("victim", "suspect", "case", nullable=False)
    subject_ref = text(nullable=False)
    force = text(nullable=False)
    unit = text()
    officer_ref = text()
    ho_code = text()
    started_by = text(nullable=False)
    start_event_id = text(nullable=False)
    """The event's id, or `recorded/` and the crime's reference where no event tells of its recording."""
    started_on = dy.Date(nullable=False)
    due_on = dy.Date(nullable=True)
    due_standard_on = dy.Date(nullable=True)
    """What the last day would be without enhanced rights."""
    is_enhanced = dy.Bool(nullable=False)
    """True where the limit of enhanced rights, being another than the standard one, sets the last day."""
    is_strictest = dy.Bool(nullable=False)
    """False where another duty on the same event, answered alike, ends sooner: that one is reported."""
    state = choice(
        "met_in_time",
        "met_late",
        "not_met",
        "running",
        "not_recorded",
        "not_applicable",
        "not_set",
        nullable=False,
    )
    reason = text(nullable=False)
    reason_on = dy.Date(nullable=True)
    done_on = dy.Date(nullable=True)
    done_event_id = text()
    as_of = dy.Date(nullable=True)
    """The last day that the force's records cover: nothing that falls due later is judged."""
