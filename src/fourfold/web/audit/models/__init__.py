"""What the audit desk keeps: samples, the crimes in them, what readers answered, and what came of it."""

from __future__ import annotations

from fourfold.web.audit.models.action import Action
from fourfold.web.audit.models.reading import Draft, FormKey, Reading, Settlement
from fourfold.web.audit.models.sample import FINDINGS_KEPT, Sample, SampledCrime, SampleEvent

__all__ = [
    "FINDINGS_KEPT",
    "Action",
    "Draft",
    "FormKey",
    "Reading",
    "Sample",
    "SampleEvent",
    "SampledCrime",
    "Settlement",
]
