"""People in their roles in a crime."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import PERSONAL, SENSITIVE, Record, choice, text


class PersonRole(Record):
    """One person's part in one crime: victim, suspect, reporting person, witness or business contact.

    Comes from the crime-system extract.
    What is missing: a business has no date of birth; self-defined ethnicity is asked of few.
    How it misleads: `person_ref` is the crime system's own and one person often has several; a
    business contact is owed the Victims' Code only where named as such; `enhanced_ground` blank means
    that no ground was recorded, not that there is none.
    """

    table: ClassVar[str] = "person_role"
    key: ClassVar[tuple[str, ...]] = ("crime_ref", "person_ref", "role")
    rule_words: ClassVar[dict[str, str]] = {
        "age_is_human": "the age is not between 0 and 120",
        "born_before_told": "the date of birth is after the day the file was read",
        "contact_interval_is_days": "the agreed contact interval is not a whole number of days from 1 to 366",
    }

    crime_ref = text(nullable=False)
    person_ref = text(nullable=False)
    role = choice("victim", "suspect", "reporting", "witness", "business_contact", nullable=False)
    force = text(nullable=False)
    first_names = text(metadata=PERSONAL)
    last_name = text(metadata=PERSONAL)
    organisation_name = text(metadata=PERSONAL)
    date_of_birth = dy.Date(nullable=True, metadata=PERSONAL)
    address = text(metadata=PERSONAL)
    postcode = text(metadata=PERSONAL)
    phone = text(metadata=PERSONAL)
    email = text(metadata=PERSONAL)
    age = dy.Int64(nullable=True)
    sex = choice("female", "male", "other", "not stated")
    ethnicity_self = text(metadata=SENSITIVE)
    ethnicity_officer = text(metadata=SENSITIVE)
    occupation = text()
    enhanced_ground = text()
    contact_every_days = dy.Int64(nullable=True)

    @dy.rule()
    def age_is_human(cls) -> pl.Expr:
        return pl.col("age").is_between(0, 120)

    @dy.rule()
    def born_before_told(cls) -> pl.Expr:
        return pl.col("date_of_birth") <= pl.col("told_at").dt.date()

    @dy.rule()
    def contact_interval_is_days(cls) -> pl.Expr:
        return pl.col("contact_every_days").is_between(1, 366)
