"""A small table of rules by case, filled from the text of rules that each case had."""

import datetime
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """Write a row for each rule of each case: the texts are few, whatever the number of cases."""
    case, case_rule = apps.get_model("victim_care", "Case"), apps.get_model("victim_care", "CaseRule")
    places = case_rule._meta.db_table, case._meta.db_table
    for text in case.objects.order_by().values_list("rules", flat=True).distinct():
        for rule in filter(None, text.split("|")):
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO {} (case_id, due_on, need, rule) SELECT id, due_on, need, %s FROM {} WHERE rules = %s".format(
                        *places
                    ),
                    [rule, text],
                )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("victim_care", "0001_initial")]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="CaseRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=60)),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("need", models.SmallIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed_by",
                        to="victim_care.case",
                    ),
                ),
            ],
            options={
                "db_table": "care_case_rule",
                "indexes": [
                    models.Index(fields=["rule", "due_on", "need", "case"], name="care_rule_by_due"),
                    models.Index(fields=["rule", "need", "due_on", "case"], name="care_rule_by_need"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=["case", "rule"], name="care_one_rule_a_case")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
