"""The choices of `policy/marker_review.yaml` that learning and review go by, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fourfold import policy

FILE = "marker_review."


@dataclass(frozen=True)
class Settings:
    """Each is the policy value of its name; units and reasons stand there."""

    folds: int
    least_with_the_marker: int
    least_reviewed: int
    least_records_of_a_word: int
    most_words: int
    weak_label_weight: float
    largest_weight: float
    never_weighed: frozenset[str]
    round_size: int
    strata_at: tuple[float, ...]
    least_expected: int
    least_a_stratum: int
    least_share_supposed: float
    second_read_share: float
    interval_level: float
    examples_to_begin: int
    evidence_from: float
    topic_size: int
    topics_most: int
    topic_kept_likeness: float
    topic_months: int
    topic_false_discovery: float


def settings_on(on: date, overrides: Path | None = None) -> Settings:
    """Return the choices that hold on a day, the force's own before the shipped ones."""
    told = {value.name.removeprefix(FILE): value.value for value in policy.entries(FILE, on, overrides)}
    told["strata_at"] = tuple(told["strata_at"])
    told["never_weighed"] = frozenset(map(str, told["never_weighed"]))
    return Settings(**{name: told[name] for name in Settings.__dataclass_fields__})
