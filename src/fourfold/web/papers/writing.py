"""The staff's text by section: what stands, and saving a new telling of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import check_may
from fourfold.web.papers.models import Paper, SectionText
from fourfold.web.papers.states import check_can
from fourfold.web.trail.recording import record

LONGEST_TEXT = 60_000
"""Characters of one section's text; the whole of the source paper has fewer."""


class ChangedMeanwhileError(WrongUseError):
    """Somebody else saved the section since it was opened; `standing` is what they saved."""

    def __init__(self, standing: SectionText) -> None:
        super().__init__(
            "Somebody else saved this section while you were writing.",
            "Compare the two texts below, put what should stand into the box, and save again.",
        )
        self.standing = standing


def standing_texts(paper: Paper) -> dict[str, SectionText]:
    """Return the text that stands of each section that has any telling, by section."""
    found: dict[str, SectionText] = {}
    for one in SectionText.objects.filter(paper=paper).select_related("author").order_by("section", "number"):
        found[one.section] = one
    return found


def text_by_section(paper: Paper) -> dict[str, str]:
    """Return the words that stand, of sections that have any, as a paper is made from them."""
    return {key: one.text for key, one in sorted(standing_texts(paper).items()) if one.text.strip()}


@transaction.atomic
def save_text(*, paper: Paper, section: str, text: str, based_on: int, by: Any) -> SectionText:
    """Save a section's text as its next version, and return it; saving what stands changes nothing.

    `based_on` is the number of the version that the writer began from (0 for none). Raises
    ChangedMeanwhileError where another stands by now, WrongUseError where the paper's state or the length
    forbids it.
    """
    answer = check_may(by, "build_papers")
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    after = check_can("write", locked)
    text = text.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > LONGEST_TEXT:
        raise WrongUseError(
            f"The text has {len(text):,} characters.", f"Shorten it to {LONGEST_TEXT:,} characters or fewer."
        )
    standing: SectionText | None = locked.texts.filter(section=section).select_related("author").first()
    if standing is not None and standing.text == text:
        return standing  # the button pressed twice, or the page sent again
    if standing is None and not text.strip():
        return SectionText(paper=locked, section=section, number=0, text="", written_at=timezone.now())
    if (standing.number if standing else 0) != based_on:
        assert standing is not None
        raise ChangedMeanwhileError(standing)
    saved: SectionText = SectionText.objects.create(
        paper=locked,
        section=section,
        number=based_on + 1,
        text=text,
        author=by,
        written_at=timezone.now(),
    )
    locked.state, locked.changed_at = after, timezone.now()
    locked.save(update_fields=["state", "changed_at"])
    record(
        "paper_text_saved",
        by=by,
        answer=answer,
        subject_kind="paper",
        subject_refs=[str(locked.pk)],
        detail={"section": section, "version": saved.number},
    )
    return saved
