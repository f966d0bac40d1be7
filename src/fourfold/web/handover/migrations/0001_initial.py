"""The first tables."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="TakenUp",
            fields=[
                ("desk", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("manifest", models.CharField(max_length=12)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "db_table": "taken_up",
            },
        ),
        migrations.CreateModel(
            name="OutboxDecision",
            fields=[
                ("decision_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=60)),
                ("subject_ref", models.CharField(max_length=120)),
                ("value", models.JSONField()),
                ("reason", models.TextField(blank=True)),
                ("role", models.CharField(blank=True, max_length=40)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("carried_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "outbox_decision",
                "ordering": ("made_at", "decision_id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("carried_at__isnull", True)),
                        fields=["made_at", "decision_id"],
                        name="outbox_waiting",
                    ),
                    models.Index(fields=["subject", "subject_ref"], name="outbox_subject"),
                ],
            },
        ),
    ]
