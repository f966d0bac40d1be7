"""Policy: dated values with their sources, in YAML files of this folder, and a force's own over them.

`value_on("fraud_triage.age_at_least", date(2022, 1, 1))` gives the value that held on that day. No
limit, threshold or definition is a literal in code.
"""

from __future__ import annotations

from fourfold.policy.fault import OwnPolicyError
from fourfold.policy.lookup import entries, history, names, value_on
from fourfold.policy.overrides import Override, check, overrides_in
from fourfold.policy.store import version
from fourfold.policy.value import PolicyValue

__all__ = [
    "Override",
    "OwnPolicyError",
    "PolicyValue",
    "check",
    "entries",
    "history",
    "names",
    "overrides_in",
    "value_on",
    "version",
]
