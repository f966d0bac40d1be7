"""National code lists as packaged CSV files with typed access.

`load("nfib_codes")` gives a list; `normalise` on it turns a loose spelling into a code or None. The
subjects with rules of their own have modules: nfib, outcomes, offences, ages, bank_holidays.
"""

from __future__ import annotations

from fourfold.vocabulary.code_list import Code, CodeList
from fourfold.vocabulary.loading import check, load, names, version

__all__ = ["Code", "CodeList", "check", "load", "names", "version"]
