"""Derived table: victims of fraud who were told of more than once, and homes in which several people were."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import SENSITIVE, choice, money, text


class FraudVictim(dy.Schema):
    """One person or organisation with several reports, or one home from which several people reported.

    Made anew by the stage of repeat victims. What is missing: reports that no linkage joined, and homes whose
    address was not told. How it misleads: two reports may be of one fraud told twice; a home is one way of
    writing an address, and a block of flats without flat numbers looks like one.
    """

    table: ClassVar[str] = "fraud_victim"

    kind = choice("person", "organisation", "home", nullable=False)
    subject_ref = text(nullable=False)
    """The person's id; for a home the reference of its oldest report."""
    force = text(nullable=False)
    report_refs = text(nullable=False)
    """JSON list, oldest first."""
    people = dy.Int64(nullable=False, min=1)
    reports = dy.Int64(nullable=False, min=2)
    gap_days = dy.Float64(nullable=False, min=0)
    """Median days between one report and the next."""
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    kinds = text(nullable=False)
    """JSON: reports by fraud code, `unknown` for one on no list."""
    loss_gbp = money()
    """Sum of the losses stated above nought; missing where no report states one."""
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
    lsoa_code = text()
