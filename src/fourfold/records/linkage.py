"""What linking keeps from one refresh to the next: records as compared, pairs as scored, and what people must look at."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import PERSONAL, SENSITIVE, choice, text


class LinkRecord(dy.Schema):
    """One telling of a person or an organisation, standardised for comparing; made anew by the link stage.

    `record` and `record_ref` name the telling: a fraud report, a part in a crime (crime, person and role with
    slashes), or a correction at the desk. `known_as` is a reference by which its own source says who it is.
    Every other column is a way of writing, never a fact: nothing here goes back into the source.
    """

    table: ClassVar[str] = "link_record"

    record = text(nullable=False)
    record_ref = text(nullable=False)
    force = text(nullable=False)
    kind = choice("person", "organisation", nullable=False)
    role = text(nullable=False)
    on = dy.Date(nullable=True)
    first_linked = dy.Int64(nullable=False)
    """The number of the refresh that first linked it: who was known first keeps the name."""
    known_as = text(metadata=PERSONAL)
    names = text(metadata=PERSONAL)
    first = text(metadata=PERSONAL)
    forms = text(metadata=PERSONAL)
    first_sound = text(metadata=PERSONAL)
    last = text(metadata=PERSONAL)
    last_parts = text(metadata=PERSONAL)
    last_sound = text(metadata=PERSONAL)
    born_on = dy.Date(nullable=True, metadata=PERSONAL)
    born_from = dy.Date(nullable=True, metadata=PERSONAL)
    born_to = dy.Date(nullable=True, metadata=PERSONAL)
    email = text(metadata=PERSONAL)
    phone = text(metadata=PERSONAL)
    street = text(metadata=PERSONAL)
    postcode = text(metadata=PERSONAL)


class LinkEdge(dy.Schema):
    """One pair of records that may be of one person: how probable, and on which level each comparison falls.

    `probability` is the model's; `weight` the logarithm (base 2) of its odds. `levels` is a text of one digit a comparison,
    in the order of `link.levels`, x where one side does not say.
    """

    table: ClassVar[str] = "link_edge"

    record_a = text(nullable=False)
    ref_a = text(nullable=False)
    record_b = text(nullable=False)
    ref_b = text(nullable=False)
    kind = choice("person", "organisation", nullable=False)
    levels = text(nullable=False)
    weight = dy.Float64(nullable=False)
    probability = dy.Float64(nullable=False, min=0, max=1)


class PersonAlias(dy.Schema):
    """A name that a person once had: it leads to the person who has the older one now."""

    table: ClassVar[str] = "person_alias"

    alias = text(nullable=False)
    alias_of = text(nullable=False)


class LinkReview(dy.Schema):
    """A pair that somebody should look at, the most useful first.

    `stands` says what holds until somebody has looked. `why` is `grey` where a look is worth its cost, and
    `contradiction` where reviewers' own answers cannot all hold.
    """

    table: ClassVar[str] = "link_review"

    rank = dy.Int64(nullable=False, min=1)
    why = choice("grey", "contradiction", nullable=False)
    force = text(nullable=False)
    record_a = text(nullable=False)
    ref_a = text(nullable=False)
    record_b = text(nullable=False)
    ref_b = text(nullable=False)
    person_a = text(nullable=False)
    person_b = text(nullable=False)
    probability = dy.Float64(nullable=False)
    stands = choice("joined", "parted", nullable=False)
    evidence = text(nullable=False, metadata=SENSITIVE)
    saved = dy.Float64(nullable=False)
    """What a look is expected to save, in costs of one missed join."""
