"""What we were told, in versions. All reading and writing of tables is here; read `store.py` first."""

from __future__ import annotations

from fourfold.lake.load import HISTORY_SUFFIX, Load
from fourfold.lake.manifest import Manifest
from fourfold.lake.store import Lake

__all__ = ["HISTORY_SUFFIX", "Lake", "Load", "Manifest"]
