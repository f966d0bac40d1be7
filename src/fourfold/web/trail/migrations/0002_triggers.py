"""The chain's start, and the triggers that forbid change."""

from typing import Any, ClassVar

from django.db import migrations

from fourfold.web.trail.triggers import lay_triggers


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("trail", "0001_initial")]
    operations: ClassVar[list[Any]] = [migrations.RunPython(lay_triggers, atomic=True)]
