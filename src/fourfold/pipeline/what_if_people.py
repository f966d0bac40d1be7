"""One row a person: what two rules say of all their reports together, and which groups they are in."""

from __future__ import annotations

from pathlib import Path

import dataframely as dy
import narwhals as nw
import polars as pl

from fourfold import vocabulary
from fourfold.measures.disparity import Moved
from fourfold.measures.views import banded
from fourfold.records.base import SENSITIVE, choice, text
from fourfold.rules.fraud_triage import CRITERIA, Criteria, Verdict, is_referred, is_unsure, judge_by

SIDES = ("in_force", "tried")
STATES = ("referred", "cannot_tell", "not_listed")
CHARACTERISTICS = {"age": "age_band", "sex": "sex", "ethnicity": "ethnic_group"}
"""What is measured, and the column that holds it."""

SEXES = {"female": "Female", "male": "Male", "other": "Other"}
BROAD_GROUPS = {
    "asian": "Asian",
    "black": "Black",
    "mixed": "Mixed",
    "white": "White",
    "other": "Other ethnic group",
}


class JudgedPerson(dy.Schema):
    """One person under two rules; a group is missing where none of their reports states it.

    `*_first_on` is the day of the first report by which they are referred, `*_unsure_on` of the first that
    cannot be judged. The age is that at the latest report that states one.
    """

    person_id = text(nullable=False)
    is_organisation = dy.Bool(nullable=False)
    age_band = text(metadata=SENSITIVE)
    sex = text(metadata=SENSITIVE)
    ethnic_group = text(metadata=SENSITIVE)
    in_force = choice(*STATES, nullable=False)
    tried = choice(*STATES, nullable=False)
    in_force_first_on = dy.Date(nullable=True)
    tried_first_on = dy.Date(nullable=True)
    in_force_unsure_on = dy.Date(nullable=True)
    tried_unsure_on = dy.Date(nullable=True)


def judged_reports(
    reports: pl.DataFrame, links: pl.DataFrame, in_force: Criteria, tried: Criteria
) -> pl.DataFrame:
    """Return each report once, with its person and both rules' verdicts (`in_force_aged`, `tried_aged`, ...).

    reports: columns of `fraud_report`; links: `record_ref, person_id`. Somebody told of once is their own person.
    """
    found = reports.join(links, left_on="report_ref", right_on="record_ref", how="left").with_columns(
        person_id=pl.coalesce("person_id", "report_ref")
    )
    for side, rule in zip(SIDES, (in_force, tried), strict=True):
        judged = judge_by(found.drop("age_years", strict=False), rule).with_columns(
            is_referred().alias(f"{side}_referred"), is_unsure().alias(f"{side}_unsure")
        )
        found = judged.rename({name: f"{side}_{name}" for name in CRITERIA})
    return found


def judged_people(judged: pl.DataFrame, vocabulary_folder: Path | None = None) -> pl.DataFrame:
    """Return one row a person as `JudgedPerson`; of what reports state differently the latest stands."""
    codes = {
        row.code: BROAD_GROUPS[row.attributes["broad_group"]]
        for row in vocabulary.load("ethnic_groups", vocabulary_folder).rows
        if row.attributes["stated"] == "Y" and row.attributes["broad_group"] in BROAD_GROUPS
    }
    sexes = pl.col("sex").replace_strict(SEXES, default=None, return_dtype=pl.String)
    stated = judged.sort("reported_on", "report_ref").with_columns(
        sex=sexes,
        ethnic_group=pl.col("ethnicity").replace_strict(codes, default=None, return_dtype=pl.String),
    )
    day = pl.col("reported_on")
    firsts = [
        day.filter(pl.col(f"{side}_{said}")).min().alias(f"{side}_{name}")
        for side in SIDES
        for said, name in (("referred", "first_on"), ("unsure", "unsure_on"))
    ]
    people = stated.group_by("person_id", maintain_order=True).agg(
        (pl.col("victim_type").last() == "organisation").alias("is_organisation"),
        *(pl.col(name).drop_nulls().last() for name in ("age_years", "sex", "ethnic_group")),
        *firsts,
    )
    banded_people = nw.from_native(people).with_columns(age_band=banded(nw.col("age_years"))).to_native()
    # An age that nobody stated is no band of its own here: the groups put what is not stated first.
    known = pl.when(pl.col("age_years").is_not_null()).then(pl.col("age_band"))
    found = banded_people.with_columns(known.alias("age_band"), *(_state(side) for side in SIDES))
    return JudgedPerson.validate(found.select(JudgedPerson.column_names()))


def _state(side: str) -> pl.Expr:
    referred = pl.when(pl.col(f"{side}_first_on").is_not_null()).then(pl.lit("referred"))
    unsure = referred.when(pl.col(f"{side}_unsure_on").is_not_null()).then(pl.lit("cannot_tell"))
    return unsure.otherwise(pl.lit("not_listed")).alias(side)


def moved(people: pl.DataFrame, characteristic: str) -> pl.DataFrame:
    """Return the people who are no organisations by what the change does to them, as `Moved`."""
    was, would_be = (pl.col(side) == "referred" for side in SIDES)
    move = (
        pl.when(was & would_be)
        .then(pl.lit("in_both"))
        .when(would_be)
        .then(pl.lit("newly_in"))
        .when(was)
        .then(pl.lit("newly_out"))
        .otherwise(pl.lit("in_neither"))
    )
    column = CHARACTERISTICS[characteristic]
    of_people = people.filter(~pl.col("is_organisation"))
    return Moved.validate(of_people.select("person_id", pl.col(column).alias("group"), move.alias("move")))


def by_criterion(judged: pl.DataFrame) -> dict[str, tuple[int, int, int, int]]:
    """Return, for each criterion, people who meet it and people of whom it cannot be told, under each rule."""
    found = {}
    for name in CRITERIA:
        numbers = []
        for verdict in (Verdict.MET, Verdict.CANNOT_TELL):
            for side in SIDES:
                held = judged.filter(pl.col(f"{side}_{name}") == verdict)
                numbers.append(held["person_id"].n_unique())
        found[name] = (numbers[0], numbers[1], numbers[2], numbers[3])
    return found
