"""Premises hit again as the desk lists them: a copy of the last refresh, so that pages need not ask the lake."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ListedPremises(models.Model):
    """One premises of a force, counted by one definition of business crime (`any` counts every crime there).

    Made anew at each taking up; a premises that is hit again keeps its key. `name` is empty where no crime
    told one, and such rows stand behind the named ones when sorted by name (`name_key`).
    """

    force = models.CharField(max_length=60)
    premises_id = models.CharField(max_length=120)
    definition = models.CharField(max_length=40)
    name = models.CharField(max_length=300, blank=True)
    name_key = models.CharField(max_length=120)
    names_told = models.PositiveIntegerField(default=0)
    premises_type = models.CharField(max_length=60, blank=True)
    district = models.CharField(max_length=120, blank=True)
    crimes = models.PositiveIntegerField()
    crimes_ever = models.PositiveIntegerField()
    by_place_alone = models.PositiveIntegerField()
    gap_days = models.FloatField(null=True)
    gap_key = models.FloatField()
    """The gap, or a number beyond all gaps where there is none, so that pages can go by it."""
    kinds = models.JSONField(default=dict)
    on_staff = models.PositiveIntegerField()
    staff_unclear = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    as_of = models.DateField()
    advised_on = models.DateField(null=True)
    advice_days = models.PositiveIntegerField(null=True)
    before_advice = models.PositiveIntegerField(null=True)
    after_advice = models.PositiveIntegerField(null=True)
    reasons = models.JSONField(default=list)

    class Meta:
        db_table = "business_premises"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["force", "premises_id", "definition"], name="business_one_premises"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["definition", "crimes", "last_on", "id"], name="business_by_crimes"),
            models.Index(fields=["definition", "last_on", "id"], name="business_by_last"),
            models.Index(fields=["definition", "name_key", "id"], name="business_by_name"),
            models.Index(fields=["definition", "gap_key", "id"], name="business_by_gap"),
            models.Index(fields=["definition", "on_staff", "last_on", "id"], name="business_by_staff"),
        ]

    def __str__(self) -> str:
        return str(self.premises_id)


class StaffMember(models.Model):
    """One person who was a victim of violence at shops more than once; neither name nor contact detail is here."""

    force = models.CharField(max_length=60)
    person_id = models.CharField(max_length=120)
    crime_refs = models.JSONField(default=list)
    premises_ids = models.JSONField(default=list)
    crimes = models.PositiveIntegerField()
    on_staff = models.PositiveIntegerField()
    unclear = models.PositiveIntegerField()
    gap_days = models.FloatField()
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        db_table = "business_staff_member"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["force", "person_id"], name="business_one_staff_member"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["crimes", "last_on", "id"], name="business_staff_by_crimes"),
            models.Index(fields=["last_on", "id"], name="business_staff_by_last"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
