"""Who lets a warning of the checks stand has decided about the paper, and another person approves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fourfold.home import WrongUseError


def test_nobody_approves_a_paper_whose_warning_they_accepted(
    built: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.approving import accept_warning, approve, send
    from fourfold.web.papers.findings import findings_of

    paper = built(findings=(("warning", "typed_figure", "paragraph 3", "12: typed by hand."),))
    second, third = make_person("performance"), make_person("performance")
    accept_warning(paper=paper, digest=findings_of(paper)[0].digest, words="It is a target.", by=second)
    sent = send(paper=paper, seen=paper.hashes["json"], by=paper.built_by)
    with pytest.raises(WrongUseError, match="You made this paper"):
        approve(paper=sent, seen=sent.hashes["json"], words="", by=second)
    assert approve(paper=sent, seen=sent.hashes["json"], words="", by=third).state == "approved"
