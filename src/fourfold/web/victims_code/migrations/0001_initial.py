"""The tables of the desk."""

import datetime
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = [
        ("accounts", "0002_held_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="DutyCrime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_ref", models.TextField(unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "duty_crime",
            },
        ),
        migrations.CreateModel(
            name="DutyForm",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "duty_form",
            },
        ),
        migrations.CreateModel(
            name="DutyStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("as_of", models.DateField(null=True)),
                ("since", models.DateField(null=True)),
                ("before", models.JSONField(default=dict)),
                ("groups", models.JSONField(default=list)),
                ("asked_again_at", models.DateTimeField(null=True)),
                ("digest_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "duty_standing",
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("content", models.JSONField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "db_table": "duty_digest",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "unit"), name="duty_one_digest_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_ref", models.TextField()),
                ("key", models.CharField(blank=True, max_length=32)),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=0)),
                ("kind", models.CharField(max_length=40)),
                ("words", models.CharField(max_length=300)),
                ("detail", models.TextField(blank=True)),
                ("decision", models.CharField(blank=True, max_length=32)),
                ("is_withdrawn", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "duty_event",
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["case_ref", "-at", "-id"], name="duty_event_of_case")],
            },
        ),
        migrations.CreateModel(
            name="DutyRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=32, unique=True)),
                ("rule", models.CharField(max_length=60)),
                ("case_ref", models.TextField()),
                ("subject", models.CharField(max_length=10)),
                ("subject_ref", models.TextField()),
                ("start_event_id", models.TextField()),
                ("force", models.CharField(max_length=60)),
                ("officer_ref", models.CharField(blank=True, max_length=60)),
                ("ho_code", models.CharField(blank=True, max_length=20)),
                ("offence_group", models.TextField(blank=True)),
                ("started_by", models.CharField(max_length=60)),
                ("started_on", models.DateField()),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("due_standard_on", models.DateField(null=True)),
                ("is_enhanced", models.BooleanField(default=False)),
                ("state", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=30)),
                ("reason_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("is_open", models.BooleanField(default=True)),
                ("listed_on", models.DateField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("decision", models.CharField(blank=True, max_length=32)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "escalated_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "db_table": "duty_row",
                "indexes": [
                    models.Index(fields=["is_open", "state", "due_on", "id"], name="duty_by_state"),
                    models.Index(fields=["unit", "is_open", "state", "due_on", "id"], name="duty_of_unit"),
                    models.Index(fields=["is_open", "due_on", "id"], name="duty_by_due"),
                    models.Index(fields=["is_open", "started_on", "id"], name="duty_by_start"),
                    models.Index(fields=["is_open", "officer_ref", "due_on", "id"], name="duty_by_officer"),
                    models.Index(fields=["case_ref", "id"], name="duty_of_case"),
                    models.Index(
                        condition=models.Q(("decision", ""), _negated=True),
                        fields=["id"],
                        name="duty_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("escalated_at__isnull", False), ("is_open", True)
                        ),
                        fields=["unit", "escalated_at"],
                        name="duty_escalated",
                    ),
                ],
            },
        ),
    ]
