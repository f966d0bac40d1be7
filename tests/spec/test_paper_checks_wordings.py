"""Every fault in many wordings, and wordings close to it that are sound."""

from __future__ import annotations

import pytest
import yaml
from paper_examples import FAULTS, PAPERS, check_text, names


def wordings(side: str) -> list[object]:
    told = yaml.safe_load((PAPERS / "wordings.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(check, text, id=f"{check}-{number}")
        for check in FAULTS
        for number, text in enumerate(told[check][side], start=1)
    ]


@pytest.mark.parametrize(("check", "text"), wordings("faulty"))
def test_a_faulty_wording_raises_its_check_and_no_other(check: str, text: str) -> None:
    assert set(names(check_text(text))) == {check}


@pytest.mark.parametrize(("check", "text"), wordings("sound"))
def test_a_sound_wording_raises_nothing(check: str, text: str) -> None:
    assert check_text(text) == (), f"close to {check}"


@pytest.mark.parametrize("check", FAULTS)
def test_there_are_enough_wordings_of_each_fault(check: str) -> None:
    told = yaml.safe_load((PAPERS / "wordings.yaml").read_text(encoding="utf-8"))
    assert len(told[check]["faulty"]) >= 5
    assert len(told[check]["sound"]) >= 8
