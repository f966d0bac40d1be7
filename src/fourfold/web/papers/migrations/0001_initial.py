"""The tables of the papers desk."""

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
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("force", models.CharField(max_length=60, verbose_name="force")),
                ("force_name", models.CharField(max_length=120, verbose_name="force")),
                ("to", models.DateField(verbose_name="first day of the last month")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("built", "Built"),
                            ("sent", "Sent for approval"),
                            ("sent_back", "Sent back"),
                            ("approved", "Approved"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("built_at", models.DateTimeField(null=True)),
                (
                    "build",
                    models.PositiveIntegerField(default=0, verbose_name="number of the build that stands"),
                ),
                ("hashes", models.JSONField(default=dict, verbose_name="SHA-256 of each form")),
                ("manifest", models.CharField(blank=True, max_length=12)),
                ("marking", models.CharField(default="OFFICIAL", max_length=40)),
                ("made_up", models.BooleanField(default=False)),
                ("errors", models.PositiveIntegerField(default=0)),
                ("warnings", models.PositiveIntegerField(default=0)),
                ("findings", models.JSONField(default=list)),
                (
                    "verified_at",
                    models.DateTimeField(null=True, verbose_name="last rebuilt to the same bytes"),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.TextField(
                        blank=True, verbose_name="why it was sent back, or what was said at approval"
                    ),
                ),
                (
                    "built_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "paper",
                "ordering": ("-changed_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="AcceptedWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=16, verbose_name="digest of the check and its words")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted",
                        to="papers.paper",
                    ),
                ),
            ],
            options={
                "db_table": "paper_accepted_warning",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("build", "Build"), ("verify", "Verify")], max_length=6)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to start"),
                            ("running", "Under way"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("step", models.PositiveIntegerField(default=0)),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="what is being done")),
                ("what", models.TextField(blank=True, verbose_name="how it ended")),
                ("next_step", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(verbose_name="last sign of life")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="papers.paper"
                    ),
                ),
            ],
            options={
                "db_table": "paper_run",
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="SectionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="papers.paper"
                    ),
                ),
            ],
            options={
                "db_table": "paper_text",
                "ordering": ("section", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("sent", "Sent for approval"),
                            ("approved", "Approved"),
                            ("sent_back", "Sent back"),
                            ("superseded", "Superseded by a later version"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="papers.paper"
                    ),
                ),
            ],
            options={
                "db_table": "paper_step",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["-changed_at", "-id"], name="paper_changed"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["state"], name="paper_state"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(fields=("force", "to", "number"), name="paper_version_once"),
        ),
        migrations.AddConstraint(
            model_name="acceptedwarning",
            constraint=models.UniqueConstraint(
                fields=("paper", "digest"), name="paper_warning_accepted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ["waiting", "running"])),
                fields=("paper",),
                name="paper_one_run_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectiontext",
            constraint=models.UniqueConstraint(fields=("paper", "section", "number"), name="paper_text_once"),
        ),
    ]
