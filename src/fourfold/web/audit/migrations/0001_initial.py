"""What the audit desk keeps."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = [
        ("accounts", "0003_officer_ref"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="FormKey",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "audit_form_key",
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField()),
                ("given_at", models.DateTimeField()),
                ("answers", models.JSONField(default=dict)),
                ("scope_reason", models.CharField(blank=True, max_length=60)),
                ("scope_words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("in_at", models.DateTimeField(null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "audit_reading",
                "ordering": ("turn",),
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
                ("values", models.JSONField()),
                ("number", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="audit.reading"
                    ),
                ),
            ],
            options={
                "db_table": "audit_draft",
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("force", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=60, verbose_name="questionnaire")),
                ("title", models.CharField(max_length=200)),
                ("questionnaire", models.JSONField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("state", models.CharField(default="planned", max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("allocation", models.CharField(blank=True, max_length=20)),
                ("size", models.PositiveIntegerField(null=True)),
                ("seed", models.BigIntegerField(null=True)),
                ("manifest", models.CharField(blank=True, max_length=40)),
                ("frame_hash", models.CharField(blank=True, max_length=64)),
                ("frame", models.JSONField(default=dict)),
                ("design", models.JSONField(default=list)),
                ("second_share", models.FloatField(default=0.0)),
                ("planned_at", models.DateTimeField()),
                ("drawn_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("findings", models.JSONField(null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "audit_sample",
                "ordering": ("-first_day", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=60)),
                ("stratum", models.CharField(blank=True, max_length=60)),
                ("words", models.TextField()),
                ("due_on", models.DateField()),
                ("state", models.CharField(default="open", max_length=20)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="audit.sample"
                    ),
                ),
            ],
            options={
                "db_table": "audit_action",
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="SampledCrime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("crime_ref", models.CharField(max_length=120)),
                ("stratum", models.CharField(max_length=60)),
                ("order", models.PositiveIntegerField()),
                ("role", models.CharField(max_length=20)),
                ("probability", models.FloatField()),
                ("flags", models.JSONField(default=list)),
                ("recorded_on", models.DateField(null=True)),
                ("officer_ref", models.CharField(blank=True, max_length=120)),
                ("unit", models.CharField(blank=True, max_length=120)),
                ("is_twice", models.BooleanField(default=False)),
                ("state", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="audit.sampledcrime",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crimes",
                        to="audit.sample",
                    ),
                ),
            ],
            options={
                "db_table": "audit_crime",
                "ordering": ("stratum", "order"),
            },
        ),
        migrations.AddField(
            model_name="reading",
            name="crime",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="audit.sampledcrime"
            ),
        ),
        migrations.CreateModel(
            name="SampleEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(max_length=300)),
                ("detail", models.TextField(blank=True)),
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
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="audit.sample"
                    ),
                ),
            ],
            options={
                "db_table": "audit_event",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("scope_reason", models.CharField(blank=True, max_length=60)),
                ("scope_words", models.TextField(blank=True)),
                ("proposed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "crime",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlement",
                        to="audit.sampledcrime",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "audit_settlement",
            },
        ),
        migrations.AddIndex(
            model_name="sample",
            index=models.Index(fields=["first_day", "id"], name="audit_sample_by_period"),
        ),
        migrations.AddIndex(
            model_name="sample",
            index=models.Index(fields=["state", "first_day", "id"], name="audit_sample_by_state"),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("force", "key", "first_day", "last_day"),
                name="audit_one_sample_a_period",
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["state", "due_on", "id"], name="audit_action_by_due"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["owner", "state", "due_on", "id"], name="audit_action_of_owner"),
        ),
        migrations.AddIndex(
            model_name="sampledcrime",
            index=models.Index(
                fields=["sample", "state", "stratum", "order", "id"], name="audit_crime_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="sampledcrime",
            index=models.Index(fields=["crime_ref"], name="audit_crime_ref"),
        ),
        migrations.AddConstraint(
            model_name="sampledcrime",
            constraint=models.UniqueConstraint(
                fields=("sample", "crime_ref"), name="audit_crime_once_a_sample"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledcrime",
            constraint=models.UniqueConstraint(
                fields=("sample", "stratum", "order"), name="audit_one_order_a_stratum"
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["reader", "in_at", "id"], name="audit_reading_of_reader"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("crime", "turn"), name="audit_one_reading_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("crime", "reader"), name="audit_never_the_same_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__in", [1, 2])), name="audit_two_turns"
            ),
        ),
    ]
