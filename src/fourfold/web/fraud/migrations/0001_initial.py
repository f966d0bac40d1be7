"""The tables of the fraud desk."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=60)),
                ("ground", models.CharField(max_length=60)),
                ("fields", models.JSONField(default=list)),
                ("people", models.PositiveIntegerField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("refs", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "fraud_hand_over",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="RepeatVictim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("subject_ref", models.CharField(max_length=120)),
                ("force", models.CharField(max_length=60)),
                ("report_refs", models.JSONField(default=list)),
                ("people", models.PositiveIntegerField()),
                ("reports", models.PositiveIntegerField()),
                ("crimes", models.PositiveIntegerField(default=0)),
                ("crime_refs", models.JSONField(default=list)),
                ("gap_days", models.FloatField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("kinds", models.JSONField(default=dict)),
                ("loss_gbp", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("loss_key", models.DecimalField(decimal_places=2, max_digits=14)),
                ("loss_missing", models.PositiveIntegerField()),
                ("recovery_on", models.DateField(null=True)),
                ("recovery_by", models.CharField(blank=True, max_length=20)),
                ("listed_for", models.JSONField(default=list)),
                ("is_vulnerable", models.BooleanField(default=False)),
                ("goes_to_partner", models.BooleanField(default=False)),
                ("cannot_tell", models.BooleanField(default=False)),
                ("is_doubtful", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "fraud_repeat_victim",
                "indexes": [
                    models.Index(fields=["reports", "last_on", "id"], name="fraud_by_reports"),
                    models.Index(fields=["last_on", "id"], name="fraud_by_last"),
                    models.Index(fields=["gap_days", "id"], name="fraud_by_gap"),
                    models.Index(fields=["loss_key", "id"], name="fraud_by_loss"),
                    models.Index(
                        fields=["is_vulnerable", "reports", "last_on", "id"], name="fraud_vulnerable"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("force", "kind", "subject_ref"), name="fraud_one_repeat_victim"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("marker", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=120, unique=True)),
                ("record", models.CharField(max_length=20)),
                ("value", models.JSONField()),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "fraud_review_round",
                "ordering": ("-id",),
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
                ("marker", models.CharField(max_length=80)),
                ("record", models.CharField(max_length=20)),
                ("record_ref", models.CharField(max_length=120)),
                ("stratum", models.SmallIntegerField(null=True)),
                ("chance", models.FloatField(null=True)),
                ("answer", models.CharField(max_length=20)),
                ("settles", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("is_standing", models.BooleanField(default=True)),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="fraud.reviewround",
                    ),
                ),
            ],
            options={
                "db_table": "fraud_reading",
            },
        ),
        migrations.CreateModel(
            name="LinkAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record_a", models.CharField(max_length=20)),
                ("ref_a", models.CharField(max_length=300)),
                ("record_b", models.CharField(max_length=20)),
                ("ref_b", models.CharField(max_length=300)),
                ("answer", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("is_standing", models.BooleanField(default=True)),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "fraud_link_answer",
                "indexes": [
                    models.Index(fields=["is_standing", "ref_a", "ref_b"], name="fraud_link_pair"),
                    models.Index(fields=["reviewer", "id"], name="fraud_link_reviewer"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="reviewround",
            index=models.Index(fields=["marker", "id"], name="fraud_round_marker"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["marker", "is_standing", "record_ref"], name="fraud_reading_marker"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["reader", "marker", "id"], name="fraud_reading_reader"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_standing", True)),
                fields=("marker", "record_ref", "reader"),
                name="fraud_one_standing_reading",
            ),
        ),
    ]
