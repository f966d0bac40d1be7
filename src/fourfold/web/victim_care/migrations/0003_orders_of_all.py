"""The text of rules goes, for the table says it; every state, and all of them, get an index for each order."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("victim_care", "0002_rules_by_case")]

    operations: ClassVar[list[Any]] = [
        migrations.RemoveIndex(model_name="case", name="care_by_rules"),
        migrations.RemoveField(model_name="case", name="rules"),
        *(
            migrations.AddIndex(model_name="case", index=models.Index(fields=fields, name=name))
            for fields, name in (
                (["need", "due_on", "id"], "care_all_by_need"),
                (["last_on", "id"], "care_all_by_last"),
                (["name_key", "id"], "care_all_by_name"),
                (["state", "need", "due_on", "id"], "care_state_by_need"),
                (["state", "last_on", "id"], "care_state_by_last"),
                (["state", "name_key", "id"], "care_state_by_name"),
                (["is_open", "officer", "due_on", "state", "level", "unit"], "care_counted"),
            )
        ),
        migrations.AddIndex(
            model_name="caseword", index=models.Index(fields=["case", "word"], name="care_word_of_case")
        ),
        migrations.AlterField(
            model_name="caseword",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="victim_care.case",
            ),
        ),
    ]
