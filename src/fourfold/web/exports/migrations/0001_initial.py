"""What the register keeps of an export."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fourfold.web.exports.models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "key",
                    models.CharField(
                        default=fourfold.web.exports.models.new_key,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=4)),
                ("asked", models.JSONField(default=dict)),
                ("task", models.CharField(blank=True, max_length=36)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("fault", models.CharField(blank=True, max_length=300)),
                ("row_count", models.IntegerField(default=0)),
                ("size_bytes", models.BigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "export",
                "ordering": ("-asked_at", "-key"),
                "indexes": [
                    models.Index(fields=["person", "-asked_at"], name="export_person"),
                    models.Index(fields=["state", "made_at"], name="export_state"),
                ],
            },
        ),
    ]
