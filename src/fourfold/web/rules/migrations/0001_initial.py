"""The table of proposed changes to rules."""

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
            name="RuleProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=60)),
                ("changes", models.JSONField()),
                ("result", models.JSONField()),
                ("policy_text", models.TextField(blank=True)),
                ("holds_from", models.DateField()),
                ("is_backdated", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                ("state", models.CharField(default="proposed", max_length=20)),
                ("form_key", models.CharField(max_length=40, unique=True)),
                ("proposed_as", models.CharField(help_text="Role and unit, in words.", max_length=120)),
                ("proposed_at", models.DateTimeField()),
                ("decided_as", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_why", models.TextField(blank=True)),
                ("held_from", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "rule_proposal",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["state", "-id"], name="rule_proposal_state"),
                    models.Index(fields=["holds_from", "id"], name="rule_proposal_from"),
                ],
            },
        ),
    ]
