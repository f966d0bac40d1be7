"""Compliance given as a percentage or as "full" with no word of how many were due."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.evidence import counts_near, is_target
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import compile_words, is_denied
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence
from fourfold.products.board_paper.checks.quantities import Quantity

NEXT_STEP = "Say how many were due, how many were met in time, and over which months (for example: 12 of 12)."

_COMPLIANCE = (
    r"(?:complian(?:ce|t)|complied|on[\s-]time|in time|timeliness|timely|returned|return rate|"
    r"submi(?:ssion|tted)\w*|"
    r"deadlines?|adherence|adhered|by the due date|data returns|returns)"
)
_NEAR_AFTER = compile_words(rf"^[^;]{{0,60}}\b{_COMPLIANCE}\b")
_NEAR_BEFORE = compile_words(rf"\b{_COMPLIANCE}\b[^;]{{0,60}}$")
_FULL = compile_words(
    r"\b(?:full(?:y)?|complete(?:ly)?|total(?:ly)?|perfect(?:ly)?|unbroken|unblemished|spotless|"
    r"flawless|without fail)\b"
    r"[^;]{0,25}\b(?:complian(?:ce|t)|complied|record|timeliness|adherence)\b|\b(?:complied|compliant|"
    r"submitted|returned|met|sent)\b[^;]{0,30}\b"
    r"(?:fully|in full|without exception|without fail)\b|\bnever (?:once )?missed (?:a|any) (?:return|"
    r"deadline|submission)\b"
)
_RETURNS = compile_words(
    r"\b(?:returns?|submissions?|deadlines?|data return|audits?|questionnaires?|"
    r"APMIS)\b"
)
_LAW = compile_words(
    r"\b(?:GDPR|data protection|legislation|Equality Act|Duty|the law|WCAG|"
    r"accessib\w+|health and safety|licen[cs]e|statut\w+|copyright)\b"
)


def check_compliance_without_counts(paper: PaperText) -> Iterator[Finding]:
    """Find compliance rates, and claims of full compliance, with no counts beside them."""
    for sentence in paper.sentences:
        rate = _rate(sentence)
        claim = rate is not None or _claims_all(sentence)
        if claim and not counts_near(paper, sentence.passage):
            said = sentence.passage.text[rate.start : rate.end] if rate else "full"
            words = f"Compliance is given as {said} with no counts: nobody can see how many were due and met."
            yield paper.finding(
                "compliance_without_counts", sentence, words, NEXT_STEP, figure=rate.link if rate else None
            )


def _rate(sentence: Sentence) -> Quantity | None:
    for quantity in sentence.of_kind(Kind.PERCENT):
        near = _NEAR_AFTER.search(sentence.after(quantity)) or _NEAR_BEFORE.search(sentence.before(quantity))
        if near and not is_target(sentence, quantity):
            return quantity
    return None


def _claims_all(sentence: Sentence) -> bool:
    found = _FULL.search(sentence.text)
    if not found or not _RETURNS.search(sentence.text) or _LAW.search(sentence.text):
        return False
    return "never" in found.group(0).lower() or not is_denied(sentence.text)
