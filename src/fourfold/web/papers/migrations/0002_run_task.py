"""The task that carries a piece of work out, so that an interrupted one is known at once."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [
        ("papers", "0001_initial"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.AddField(
            model_name="run",
            name="task",
            field=models.CharField(blank=True, max_length=40, verbose_name="key of the task"),
        ),
    ]
