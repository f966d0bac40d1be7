"""One person in the care of the unit, the reports behind it, and the words it is found by."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.accounts.models import Unit

FAR_OFF = date(9999, 12, 31)
"""What `due_on` holds where nothing is due, so that the column is never empty and pages can go by it."""


class Case(models.Model):
    """One person whom a refresh listed for victim care.

    `person_id` is the reference of the oldest report known when the case was opened, and stays. Names and
    contact details are copied from the latest report at each taking up (ADR 9); what is empty was not told.
    `need` orders: the lower, the sooner (`needing.py`). `version` counts every change, so that two people who
    change one case are told of each other. `is_open` and `due_on` are worked out from state and tasks.
    """

    # Neither unit nor officer has an index of its own: it would lead a planner to sort all cases of a unit.
    person_id = models.CharField("reference", max_length=120)
    force = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=20)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")

    cannot_tell = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    is_listed = models.BooleanField(default=True)
    told_hash = models.CharField(max_length=32)

    due_on = models.DateField(default=FAR_OFF)
    due_words = models.CharField(max_length=80, blank=True)
    need = models.SmallIntegerField(default=0)
    level = models.CharField(max_length=40, blank=True)
    reached_at = models.DateTimeField(null=True)
    watch_until = models.DateField(null=True)

    name = models.CharField(max_length=300, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    is_organisation = models.BooleanField(default=False)
    date_of_birth = models.DateField(null=True)
    phone = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=120, blank=True)
    corrected = models.JSONField(default=dict)
    """Contact details as an officer corrected them; they go before what the list says."""
    support_wanted = models.BooleanField(null=True)

    nfib_code = models.CharField(max_length=20, blank=True)
    loss_gbp = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    first_on = models.DateField()
    last_on = models.DateField()
    report_count = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "care_case"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["force", "person_id"], name="care_one_case_a_person"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["is_open", "due_on", "need", "id"], name="care_by_due"),
            models.Index(fields=["is_open", "need", "due_on", "id"], name="care_by_need"),
            models.Index(fields=["is_open", "last_on", "id"], name="care_by_last"),
            models.Index(fields=["is_open", "name_key", "id"], name="care_by_name"),
            models.Index(fields=["officer", "is_open", "due_on", "need", "id"], name="care_by_officer"),
            models.Index(fields=["state", "due_on", "need", "id"], name="care_by_state"),
            models.Index(fields=["state", "need", "due_on", "id"], name="care_state_by_need"),
            models.Index(fields=["state", "last_on", "id"], name="care_state_by_last"),
            models.Index(fields=["state", "name_key", "id"], name="care_state_by_name"),
            models.Index(fields=["is_open", "district", "due_on", "need", "id"], name="care_by_district"),
            models.Index(fields=["due_on", "need", "id"], name="care_all_by_due"),
            models.Index(fields=["need", "due_on", "id"], name="care_all_by_need"),
            models.Index(fields=["last_on", "id"], name="care_all_by_last"),
            models.Index(fields=["name_key", "id"], name="care_all_by_name"),
            models.Index(
                fields=["is_open", "due_on", "need", "id"],
                name="care_repeat",
                condition=models.Q(report_count__gte=2),
            ),
            models.Index(fields=["watch_until"], name="care_by_watch"),
            # Holds every column that Today and the caseload count by (`counting.py`).
            models.Index(
                fields=["is_open", "officer", "due_on", "state", "level", "unit"], name="care_counted"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the case, and bring the copies that its rules are listed by into step."""
        super().save(*args, **kwargs)
        standing = {"due_on": self.due_on, "need": self.need}
        self.listed_by.exclude(**standing).update(**standing)

    @property
    def is_due(self) -> bool:
        return bool(self.due_on < FAR_OFF)


class CaseReport(models.Model):
    """One report of the person; each report belongs to one case, however often people are linked anew."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    force = models.CharField(max_length=60)
    report_ref = models.CharField(max_length=120)
    reported_on = models.DateField()
    nfib_code = models.CharField(max_length=20, blank=True)
    loss_gbp = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    link_words = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "care_case_report"
        ordering = ("-reported_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["force", "report_ref"], name="care_one_case_a_report"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report_ref"], name="care_report_ref"),
        ]

    def __str__(self) -> str:
        return str(self.report_ref)


class CaseRule(models.Model):
    """One rule that a case is listed by: those that are met, or, where none is, those that could not be judged.

    `due_on` and `need` are the case's own, kept in step by `Case.save`: a list of one rule is walked in their order.
    Where such a list was taken from the cases in order, each asked for the rule, it took a second to find the rare.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="listed_by", db_index=False)
    rule = models.CharField(max_length=60)
    due_on = models.DateField(default=FAR_OFF)
    need = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "care_case_rule"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "rule"], name="care_one_rule_a_case"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["rule", "due_on", "need", "case"], name="care_rule_by_due"),
            models.Index(fields=["rule", "need", "due_on", "case"], name="care_rule_by_need"),
        ]

    def __str__(self) -> str:
        return str(self.rule)


class CaseWord(models.Model):
    """One word a case is found by: part of a name, or the digits of a phone number, folded."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        db_table = "care_case_word"
        indexes: ClassVar[list[models.Index]] = [
            # Each case of a list is asked whether it has the word: the index alone answers.
            models.Index(fields=["case", "word"], name="care_word_of_case"),
        ]

    def __str__(self) -> str:
        return str(self.word)
