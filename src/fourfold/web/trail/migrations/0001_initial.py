"""The first tables."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="TrailAnchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("length", models.BigIntegerField(default=0)),
                ("last_hash", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "trail_anchor",
            },
        ),
        migrations.CreateModel(
            name="TrailEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("who_id", models.CharField(blank=True, max_length=40, verbose_name="person's key")),
                ("who_name", models.CharField(blank=True, max_length=120, verbose_name="person")),
                ("role", models.CharField(blank=True, max_length=40, verbose_name="role")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("act", models.CharField(max_length=60, verbose_name="act")),
                ("subject_kind", models.CharField(blank=True, max_length=60, verbose_name="kind of subject")),
                ("subject_refs", models.JSONField(default=list, verbose_name="keys of subjects")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("detail", models.JSONField(default=dict, verbose_name="detail")),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "trail_entry",
                "ordering": ("-number",),
                "indexes": [
                    models.Index(fields=["who_id", "-number"], name="trail_entry_who"),
                    models.Index(fields=["act", "-number"], name="trail_entry_act"),
                    models.Index(fields=["-at"], name="trail_entry_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(verbose_name="entry")),
                ("kind", models.CharField(max_length=60)),
                ("ref", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "trail_subject",
                "indexes": [
                    models.Index(fields=["ref", "-number"], name="trail_subject_ref"),
                    models.Index(fields=["number"], name="trail_subject_number"),
                ],
            },
        ),
    ]
