"""Derived table: who is hit again, in fraud reports and crimes together, and the homes in which several people were."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import SENSITIVE, choice, money, text


class RepeatVictim(dy.Schema):
    """One person or organisation told of as a victim more than once, or one home of which several people were.

    Made anew by the stage of repeat victims, from `person_link`. What is missing: whoever was not joined, crimes that
    were cancelled, and homes whose address was not told. How it misleads: one crime told to two systems counts
    twice, and a block of flats without flat numbers looks like one home.
    """

    table: ClassVar[str] = "repeat_victim"

    kind = choice("person", "organisation", "home", nullable=False)
    subject_ref = text(nullable=False)
    """The person's id, as victim care names them where they reported fraud; for a home the reference of its oldest
    report, or where it has none of the oldest part in a crime."""
    force = text(nullable=False)
    people = dy.Int64(nullable=False, min=1)
    reports = dy.Int64(nullable=False, min=0)
    """Fraud reports."""
    crimes = dy.Int64(nullable=False, min=0)
    """Crimes, each once, however many of a home were its victims."""
    report_refs = text(nullable=False)
    """JSON list, oldest first."""
    crime_refs = text(nullable=False)
    """JSON list, oldest first."""
    gap_days = dy.Float64(nullable=False, min=0)
    """Median days between one time and the next."""
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    kinds = text(nullable=False)
    """JSON: reports by fraud code, `unknown` for one on no list."""
    offences = text(nullable=False)
    """JSON: crimes by offence, `unknown` where none is told."""
    loss_gbp = money()
    """Sum of the losses that reports state above nought; missing where none states one."""
    loss_missing = dy.Int64(nullable=False, min=0)
    """Reports that do not say whether anything was lost: the sum is a floor where there are any."""
    recovery_on = dy.Date(nullable=True)
    """Day of the first report of recovery fraud that came after another report of the same victim."""
    recovery_by = choice("code", "reader", "cue")
    """What says that it was recovery fraud: its code, a reader's answer, or a cue alone."""
    listed_for = text(metadata=SENSITIVE)
    """JSON: why victim care was asked to contact them; missing where it was not."""
    goes_to_partner = dy.Bool(nullable=False)
    """True where `linkage.trading_standards` says that they may be handed over: nobody is on a guess."""
    cannot_tell = dy.Bool(nullable=False)
    """True where victim care's criteria could not be judged."""
    is_doubtful = dy.Bool(nullable=False)
    """True where a join that makes it so is still to be looked at."""
