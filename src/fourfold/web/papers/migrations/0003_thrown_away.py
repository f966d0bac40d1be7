"""A paper that was started by mistake can be thrown away."""

from typing import Any, ClassVar

from django.db import migrations, models

STATES = [
    ("draft", "Draft"),
    ("built", "Built"),
    ("sent", "Sent for approval"),
    ("sent_back", "Sent back"),
    ("approved", "Approved"),
    ("superseded", "Superseded"),
    ("thrown_away", "Thrown away"),
]
STEPS = [
    ("started", "Started"),
    ("sent", "Sent for approval"),
    ("approved", "Approved"),
    ("sent_back", "Sent back"),
    ("superseded", "Superseded by a later version"),
    ("thrown_away", "Thrown away"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("papers", "0002_run_task")]

    operations: ClassVar[list[Any]] = [
        migrations.AlterField(
            model_name="paper",
            name="state",
            field=models.CharField(choices=STATES, default="draft", max_length=12),
        ),
        migrations.AlterField(
            model_name="step", name="kind", field=models.CharField(choices=STEPS, max_length=12)
        ),
    ]
