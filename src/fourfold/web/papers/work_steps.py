"""The steps of the work done in the background, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fourfold.web.papers.models import RunKind

STEPS: Mapping[RunKind, tuple[str, ...]] = MappingProxyType(
    {
        RunKind.BUILD: (
            "Reading what is loaded",
            "Working out the figures and writing the sections",
            "Drawing the charts and the page",
            "Setting the PDF",
            "Writing the Word file",
            "Keeping the paper",
        ),
        RunKind.VERIFY: ("Making the paper again from what it recorded", "Comparing the two"),
    }
)
