"""What a check must be told from outside the paper: series breaks and lockdowns.

The types are plain, so that the checks do not depend on how the policy files hold them: whoever runs
the checks turns policy entries into these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SeriesBreak:
    """A day from which a series is counted otherwise than before.

    `subjects` are words that mark the series in text or in a figure's name ("burglary"); none means
    every series. `named_by` are words by which a paper names the break ("Connect", "counting rule").
    """

    on: date
    words: str
    subjects: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lockdown:
    """A time in which daily life, and so recorded crime, was restricted; both days included."""

    start: date
    end: date
    words: str


@dataclass(frozen=True)
class CheckContext:
    """All that the checks are told besides the paper.

    `typed_figures` says whether a number typed by hand is worth a warning: None means in papers that
    name at least one figure, since an outside paper has no figures that could be named.
    """

    breaks: tuple[SeriesBreak, ...] = ()
    lockdowns: tuple[Lockdown, ...] = ()
    typed_figures: bool | None = None
