"""The tables of business crime."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="ListedPremises",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("force", models.CharField(max_length=60)),
                ("premises_id", models.CharField(max_length=120)),
                ("definition", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("name_key", models.CharField(max_length=120)),
                ("names_told", models.PositiveIntegerField(default=0)),
                ("premises_type", models.CharField(blank=True, max_length=60)),
                ("district", models.CharField(blank=True, max_length=120)),
                ("crimes", models.PositiveIntegerField()),
                ("crimes_ever", models.PositiveIntegerField()),
                ("by_place_alone", models.PositiveIntegerField()),
                ("gap_days", models.FloatField(null=True)),
                ("gap_key", models.FloatField()),
                ("kinds", models.JSONField(default=dict)),
                ("on_staff", models.PositiveIntegerField()),
                ("staff_unclear", models.PositiveIntegerField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("as_of", models.DateField()),
                ("advised_on", models.DateField(null=True)),
                ("advice_days", models.PositiveIntegerField(null=True)),
                ("before_advice", models.PositiveIntegerField(null=True)),
                ("after_advice", models.PositiveIntegerField(null=True)),
                ("reasons", models.JSONField(default=list)),
            ],
            options={
                "db_table": "business_premises",
                "indexes": [
                    models.Index(fields=["definition", "crimes", "last_on", "id"], name="business_by_crimes"),
                    models.Index(fields=["definition", "last_on", "id"], name="business_by_last"),
                    models.Index(fields=["definition", "name_key", "id"], name="business_by_name"),
                    models.Index(fields=["definition", "gap_key", "id"], name="business_by_gap"),
                    models.Index(
                        fields=["definition", "on_staff", "last_on", "id"], name="business_by_staff"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("force", "premises_id", "definition"), name="business_one_premises"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("force", models.CharField(max_length=60)),
                ("person_id", models.CharField(max_length=120)),
                ("crime_refs", models.JSONField(default=list)),
                ("premises_ids", models.JSONField(default=list)),
                ("crimes", models.PositiveIntegerField()),
                ("on_staff", models.PositiveIntegerField()),
                ("unclear", models.PositiveIntegerField()),
                ("gap_days", models.FloatField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
            ],
            options={
                "db_table": "business_staff_member",
                "indexes": [
                    models.Index(fields=["crimes", "last_on", "id"], name="business_staff_by_crimes"),
                    models.Index(fields=["last_on", "id"], name="business_staff_by_last"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("force", "person_id"), name="business_one_staff_member")
                ],
            },
        ),
    ]
