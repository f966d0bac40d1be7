"""What belongs to the desk and not to a case: stock, drafts, saved views, forms that were sent."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.accounts.models import Unit
from fourfold.web.victim_care.models.case import Case


class District(models.Model):
    """One district that a case lies in, so that a list to choose from is not gathered from all cases."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        db_table = "care_district"
        ordering = ("name",)

    def __str__(self) -> str:
        return str(self.name)


class Stock(models.Model):
    """How many of one material a unit has; the database itself refuses a number below nought."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    material = models.CharField(max_length=40)
    on_hand = models.IntegerField(default=0)

    class Meta:
        db_table = "care_stock"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "material"], name="care_one_stock_a_material"),
            models.CheckConstraint(condition=models.Q(on_hand__gte=0), name="care_stock_not_below_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.material}: {self.on_hand}"


class StockMove(models.Model):
    """One change of a stock: received, counted anew, or given out on a case."""

    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    change = models.IntegerField()
    left = models.IntegerField()
    words = models.CharField(max_length=200)
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="materials")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "care_stock_move"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.change:+} {self.words}"


class Draft(models.Model):
    """What one officer has typed in a call and not saved yet; gone once it is saved."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    values = models.JSONField()
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "care_draft"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "person", "form"], name="care_one_draft"),
        ]

    def __str__(self) -> str:
        return str(self.form)


class SavedView(models.Model):
    """Filters and order of the list that a person gave a name. A search is never kept: it may be a name."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        db_table = "care_saved_view"
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "name"], name="care_one_view_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class FormKey(models.Model):
    """One form that was sent: sent again, by a double click or the back button, it changes nothing."""

    key = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "care_form_key"

    def __str__(self) -> str:
        return str(self.key)
