"""Who a person is in the crime system."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("accounts", "0002_held_form")]

    operations: ClassVar[list[Any]] = [
        migrations.AddField(
            model_name="user",
            name="officer_ref",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="officer reference"),
            preserve_default=False,
        ),
    ]
