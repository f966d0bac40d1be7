"""The simulation of the benchmark, for tests that run it in small."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

PATH = Path(__file__).parents[1] / "bench" / "audit.py"
SPEC = importlib.util.spec_from_file_location("bench_of_the_audit", PATH)
if SPEC is None or SPEC.loader is None:
    raise ImportError(f"{PATH} is not there")
audit = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = audit
SPEC.loader.exec_module(audit)
