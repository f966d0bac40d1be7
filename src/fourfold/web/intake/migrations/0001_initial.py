"""Hand-overs, their files and their accounts."""

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
                ("token", models.CharField(max_length=36, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("upload", "Upload"),
                            ("watch", "Watched folder"),
                            ("corrections", "Corrected rows"),
                        ],
                        max_length=20,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=40)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("force", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("reading", "Being read"),
                            ("taken_in", "Taken in"),
                            ("in_part", "Partly taken in"),
                            ("refused", "Refused"),
                            ("stopped", "Stopped"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("began_at", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("files_begun", models.IntegerField(default=0)),
                ("now_reading", models.CharField(blank=True, max_length=500)),
                ("words", models.TextField(blank=True)),
                ("manifest", models.CharField(blank=True, max_length=12)),
                ("passed_over", models.JSONField(default=list)),
                ("version", models.IntegerField(default=0)),
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
                "db_table": "hand_over",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="HandedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.IntegerField()),
                ("name", models.CharField(max_length=255)),
                ("place", models.CharField(max_length=1000)),
                ("size_bytes", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "Waiting"),
                            ("taken", "Taken in"),
                            ("refused", "Refused"),
                            ("gone", "Refused and deleted"),
                        ],
                        default="kept",
                        max_length=20,
                    ),
                ),
                ("kept_until", models.DateField(null=True)),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="intake.handover",
                    ),
                ),
            ],
            options={
                "db_table": "handed_file",
                "ordering": ("hand_over_id", "position"),
            },
        ),
        migrations.CreateModel(
            name="FileAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=1000)),
                ("source", models.CharField(max_length=60)),
                ("received", models.IntegerField(default=0)),
                ("accepted", models.IntegerField(default=0)),
                ("quarantined", models.IntegerField(default=0)),
                ("unchanged", models.IntegerField(default=0)),
                ("note", models.TextField(blank=True)),
                ("refused", models.TextField(blank=True)),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="intake.handover",
                    ),
                ),
            ],
            options={
                "db_table": "file_account",
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["state", "-id"], name="hand_over_state"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["-made_at", "-id"], name="hand_over_made"),
        ),
        migrations.AddIndex(
            model_name="handedfile",
            index=models.Index(fields=["state", "kept_until"], name="handed_file_kept"),
        ),
    ]
