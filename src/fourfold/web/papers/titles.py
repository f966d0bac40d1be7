"""The sections of the paper in words, in their order: what the staff's text is written for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SECTION_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "purpose": "Purpose of paper",
        "background": "Background",
        "fraud": "Fraud and cyber crime",
        "business": "Business crime",
        "acquisitive": "Acquisitive crime",
        "vehicle": "Vehicle crime",
        "financial": "Financial implications",
        "legal": "Legal implications",
        "equality": "Equality implications",
        "data_quality": "Data quality",
        "next_steps": "Next steps",
    }
)
