"""Derived tables of topics: what the narratives of a catch-all code speak of, and which of them is new or growing."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import SENSITIVE, choice, money, text


class TopicMember(dy.Schema):
    """One report of a catch-all code in its topic; `topic` is missing for a narrative that is like no other.

    A report keeps its topic as long as its text stays as told; a topic keeps its id however the words around it
    shift. `likeness` is the cosine to the centre of the topic.
    """

    table: ClassVar[str] = "topic_member"

    record = choice("fraud_report", nullable=False)
    record_ref = text(nullable=False)
    force = text(nullable=False)
    on = dy.Date(nullable=False)
    code = text(nullable=False)
    topic = text()
    likeness = dy.Float64(nullable=True, min=0, max=1.0000001)


class Topic(dy.Schema):
    """One topic of one code and force: its words, size, loss, ages, areas and examples.

    How it misleads: a topic is a cluster of words, drawn by nobody; its name is its words until somebody gives it
    one. Losses are of reports that state one. Reports without a narrative are in no topic.
    """

    table: ClassVar[str] = "topic"

    topic = text(nullable=False)
    force = text(nullable=False)
    code = text(nullable=False)
    words = text(nullable=False, metadata=SENSITIVE)
    """The words that set it apart from the rest of its code, the strongest first."""
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    reports = dy.Int64(nullable=False, min=1)
    share = dy.Float64(nullable=False, min=0, max=1)
    """Of the code's reports with a narrative."""
    with_loss = dy.Int64(nullable=False, min=0)
    loss_gbp = money()
    median_loss_gbp = dy.Float64(nullable=True, min=0)
    median_age = dy.Float64(nullable=True, min=0)
    age_known = dy.Int64(nullable=False, min=0)
    areas = text()
    """The small areas with the most reports, with their numbers."""
    examples = text(nullable=False)
    """References of the reports nearest to its centre, as a JSON list."""
    centre = text(nullable=False, metadata=SENSITIVE)
    """The words of its centre with their weights (JSON), by which it is known again."""


class TopicSignal(dy.Schema):
    """Something that rose and that somebody should look at: the shape of a signal, here of a topic.

    Made by the topic stage. How it misleads: one in twenty such rows may be chance (`q_value` is the false
    discovery rate at which it is named), and a rise in reports is not always a rise in fraud.
    """

    table: ClassVar[str] = "topic_signal"

    signal_id = text(nullable=False)
    kind = choice("new_topic", "growing_topic", nullable=False)
    subject = choice("topic", nullable=False)
    subject_ref = text(nullable=False)
    force = text(nullable=False)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    observed = dy.Float64(nullable=False, min=0)
    expected = dy.Float64(nullable=False, min=0)
    ratio = dy.Float64(nullable=True, min=0)
    lower = dy.Float64(nullable=True, min=0)
    q_value = dy.Float64(nullable=False, min=0, max=1)
    words = text(nullable=False, metadata=SENSITIVE)
    """What rose, in a sentence."""
