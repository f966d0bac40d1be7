"""The tables of the desk."""

import datetime
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="District",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "db_table": "care_district",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="FormKey",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "care_form_key",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.CharField(max_length=120, verbose_name="reference")),
                ("force", models.CharField(max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("is_open", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("cannot_tell", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=list)),
                ("rules", models.CharField(default="|", max_length=200)),
                ("is_listed", models.BooleanField(default=True)),
                ("told_hash", models.CharField(max_length=32)),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("due_words", models.CharField(blank=True, max_length=80)),
                ("need", models.SmallIntegerField(default=0)),
                ("level", models.CharField(blank=True, max_length=40)),
                ("reached_at", models.DateTimeField(null=True)),
                ("watch_until", models.DateField(null=True)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("name_key", models.CharField(blank=True, max_length=120)),
                ("is_organisation", models.BooleanField(default=False)),
                ("date_of_birth", models.DateField(null=True)),
                ("phone", models.CharField(blank=True, max_length=120)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("address", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=20)),
                ("district", models.CharField(blank=True, max_length=120)),
                ("corrected", models.JSONField(default=dict)),
                ("support_wanted", models.BooleanField(null=True)),
                ("nfib_code", models.CharField(blank=True, max_length=20)),
                ("loss_gbp", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("report_count", models.PositiveIntegerField(default=1)),
                (
                    "joined_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="victim_care.case",
                    ),
                ),
                (
                    "officer",
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
                "db_table": "care_case",
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("form_version", models.CharField(max_length=40)),
                ("answers", models.JSONField()),
                ("notes", models.TextField(blank=True)),
                ("suggested", models.CharField(max_length=40)),
                ("suggested_because", models.JSONField(default=list)),
                ("level", models.CharField(max_length=40)),
                ("differs_because", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_assessment",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("words", models.CharField(max_length=300)),
                ("detail", models.TextField(blank=True)),
                ("value", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_case_event",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CaseReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("force", models.CharField(max_length=60)),
                ("report_ref", models.CharField(max_length=120)),
                ("reported_on", models.DateField()),
                ("nfib_code", models.CharField(blank=True, max_length=20)),
                ("loss_gbp", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("link_words", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_case_report",
                "ordering": ("-reported_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CaseTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("words", models.CharField(max_length=200)),
                ("due_on", models.DateField(null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_words", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_case_task",
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="CaseWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_index=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_case_word",
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(max_length=40)),
                ("result", models.CharField(max_length=40)),
                ("is_reached", models.BooleanField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_contact_attempt",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("values", models.JSONField()),
                ("number", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="victim_care.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "care_draft",
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "care_saved_view",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="SharedReferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("partner", models.CharField(max_length=40)),
                ("ground", models.CharField(max_length=40)),
                ("shared", models.JSONField()),
                ("why", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referrals",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_shared_referral",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Stock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("material", models.CharField(max_length=40)),
                ("on_hand", models.IntegerField(default=0)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "db_table": "care_stock",
            },
        ),
        migrations.CreateModel(
            name="StockMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("change", models.IntegerField()),
                ("left", models.IntegerField()),
                ("words", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="materials",
                        to="victim_care.case",
                    ),
                ),
                (
                    "stock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="victim_care.stock",
                    ),
                ),
            ],
            options={
                "db_table": "care_stock_move",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["is_open", "due_on", "need", "id"], name="care_by_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["is_open", "need", "due_on", "id"], name="care_by_need"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["is_open", "last_on", "id"], name="care_by_last"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["is_open", "name_key", "id"], name="care_by_name"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["officer", "is_open", "due_on", "need", "id"], name="care_by_officer"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "due_on", "need", "id"], name="care_by_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["is_open", "district", "due_on", "need", "id"], name="care_by_district"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["due_on", "need", "id"], name="care_all_by_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["rules", "is_open", "due_on"], name="care_by_rules"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("report_count__gte", 2)),
                fields=["is_open", "due_on", "need", "id"],
                name="care_repeat",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["watch_until"], name="care_by_watch"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("force", "person_id"), name="care_one_case_a_person"),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(fields=["case", "-at", "-id"], name="care_event_of_case"),
        ),
        migrations.AddIndex(
            model_name="casereport",
            index=models.Index(fields=["report_ref"], name="care_report_ref"),
        ),
        migrations.AddConstraint(
            model_name="casereport",
            constraint=models.UniqueConstraint(fields=("force", "report_ref"), name="care_one_case_a_report"),
        ),
        migrations.AddIndex(
            model_name="casetask",
            index=models.Index(fields=["case"], name="care_task_of_case"),
        ),
        migrations.AddIndex(
            model_name="casetask",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["kind", "due_on"],
                name="care_task_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("case", "person", "form"), name="care_one_draft"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("person", "name"), name="care_one_view_a_name"),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.UniqueConstraint(fields=("unit", "material"), name="care_one_stock_a_material"),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_hand__gte", 0)), name="care_stock_not_below_nought"
            ),
        ),
    ]
