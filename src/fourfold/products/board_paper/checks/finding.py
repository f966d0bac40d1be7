"""What a check says about one place in a paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, where it stands and what to do about it.

    `place` is said as a reader finds it ("paragraph 12", "paragraph 12, table 'Average loss'",
    "footnote 3"); `paragraph` is the same as a number, None outside numbered paragraphs; `quote` is the
    sentence or row at fault.
    """

    check: str
    severity: Severity
    place: str
    figure: str | None
    words: str
    next_step: str
    paragraph: int | None = None
    quote: str = ""
    order: int = 0
    """Where the place stands in the paper, so that findings come in reading order."""
