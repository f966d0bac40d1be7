"""What the Victims' Code desk keeps in the register."""

from __future__ import annotations

from fourfold.web.victims_code.models.desk import Digest, DutyForm, DutyStanding
from fourfold.web.victims_code.models.duty import FAR_OFF, DutyCrime, DutyEvent, DutyRow

__all__ = ["FAR_OFF", "Digest", "DutyCrime", "DutyEvent", "DutyForm", "DutyRow", "DutyStanding"]
