"""What the register keeps of changes to rules: each proposal with what its proposer saw, and how it ended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class RuleProposal(models.Model):
    """A change to a rule that somebody proposed and a second person approves or refuses. Never deleted.

    `changes` is a list of one object a value: policy name, title, value, words, and what it was. `result` is the
    outcome of trying it out as it was seen when it was proposed; `policy_text` the force's own policy file at that
    moment, against which the file is compared before anything is written. `holds_from` is the day proposed;
    `held_from` the day that was written, never before the day of approval unless `is_backdated` says so.
    """

    rule = models.CharField(max_length=60)
    changes = models.JSONField()
    result = models.JSONField()
    policy_text = models.TextField(blank=True)
    holds_from = models.DateField()
    is_backdated = models.BooleanField(default=False)
    reason = models.TextField()
    state = models.CharField(max_length=20, default="proposed")
    form_key = models.CharField(max_length=40, unique=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rule_proposals")
    proposed_as = models.CharField(max_length=120, help_text="Role and unit, in words.")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="rule_decisions"
    )
    decided_as = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_why = models.TextField(blank=True)
    held_from = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "rule_proposal"
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-id"], name="rule_proposal_state"),
            models.Index(fields=["holds_from", "id"], name="rule_proposal_from"),
        ]

    def __str__(self) -> str:
        return f"Rule change {self.pk}"
