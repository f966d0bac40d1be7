"""A success rate that does not say what success is, of how many, and how long after."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.evidence import counts_near, is_target
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import compile_words
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence
from fourfold.products.board_paper.checks.quantities import Quantity

NEXT_STEP = (
    "Say what counts as success, of how many starters (dropouts included), and over which time of "
    "follow-up, "
    "with both counts."
)

_GOOD = (
    r"(?:success(?:es)?|successful(?:ly)?|succeed(?:s|ed|ing)?|(?:positive|good|favourable|desired) "
    r"(?:outcomes?|results?)|"
    r"turned (?:their|his|her) (?:lives|life) around|worked out well|gone well|went well|did well|do well)"
)
_AFTER = compile_words(
    rf"^[^;]{{0,70}}?\b{_GOOD}\b(?!\s+(?:pilots?|bids?|programmes?|launch|applicants?|bidders?|"
    rf"campaigns?|trials?|schemes?|"
    r"enrolment|meetings?|candidates for))"
)
_ABOUT = r"(?:around\s+|about\s+|some\s+|roughly\s+|approximately\s+|nearly\s+|over\s+|just\s+)*"
_BEFORE = compile_words(
    r"\bsuccess(?:ful(?:\s+completion)?)?[\s-]+(?:rates?|percentage|level|ratio|"
    r"figure)\b\s*(?:\S+\s+){0,6}?$|"
    rf"\bsuccess\s+(?:stands?|stood|is|was|runs?|of|in|at|came|comes)\s+(?:at\s+|to\s+|in\s+)?{_ABOUT}$|"
    rf"\b(?:successful(?:ly)?|succeed\w*)\s+(?:completed\s+)?(?:in|for|with|by|among)\s+{_ABOUT}$|"
    rf"\bsuccessful\s+\w+\s+(?:is|was|are|were|stands at|stood at)\s+{_ABOUT}$|\bsucce\w+\s*\(\s*{_ABOUT}$|"
    rf"\b(?:positive|good|favourable|desired) (?:outcomes?|results?)\s+(?:\S+\s+){{0,4}}?(?:in|for|of|"
    rf"at|with)\s+{_ABOUT}$"
)
_DEFINED = compile_words(
    r"\bsuccess(?:ful(?:ly)?)?[\"'”’]?\s*(?:here|in this paper|in this programme)?\s*,?\s*(?:means?|"
    r"meant|meaning|is defined|are defined|defined|is counted|"
    r"is taken|is measured|counts? as|\(?\s*that is|\(\s*(?:no|without|meaning|defined|i\.e))|\bby "
    r"success\w* we mean|\bdefin(?:ed|ition)\b|"
    r"\bwe count (?:a case |a person |someone )?as (?:a )?success|\b(?:is|are|was|were) counted as "
    r"(?:a )?success\w*|"
    r"\bsuccess\w*[^;]{0,60}\b(?:no|without|free of)\b[^;]{0,30}\b(?:offences?|offending|convictions?|"
    r"arrests?|crimes?|burglar\w+|breach\w*)\b|"
    r"\boutcomes?\s*\(types?|\bpositive outcomes? (?:means?|are|is|here)|\boutcome types? \d|\ba case "
    r"succeeds (?:if|when|where)\b|\bto succeed means\b"
)
_PERIOD = r"(?:\d+|one|two|three|six|nine|twelve|eighteen|twenty-four)"
_FOLLOWED = compile_words(
    rf"\b{_PERIOD}[\s-]+(?:months?|years?|weeks?)\b|\bfollow(?:ed)?[\s-]up\b|\byear (?:after|of|to|"
    rf"ending)\b|\bat the end of the order\b|"
    r"\b(?:in|during|for|of) (?:the )?(?:calendar|financial) year\b|\bto (?:31 )?(?:March|December|"
    r"September|June)\b"
)


def check_success_undefined(paper: PaperText) -> Iterator[Finding]:
    """Find success rates without a definition, a denominator or a time of follow-up."""
    for sentence in paper.sentences:
        rate = _rate(sentence)
        if rate is None:
            continue
        near = paper.near_words(sentence.passage)
        lacks = []
        if not _DEFINED.search(near):
            lacks.append("what counts as success")
        if not counts_near(paper, sentence.passage):
            lacks.append("of how many")
        if not _FOLLOWED.search(near):
            lacks.append("how long after")
        if lacks:
            said = sentence.passage.text[rate.start : rate.end].strip()
            words = (
                f"'{said}' successful does not say "
                f"{' or '.join((', '.join(lacks[:-1]), lacks[-1]) if lacks[:-1] else lacks)}."
            )
            yield paper.finding("success_undefined", sentence, words, NEXT_STEP, figure=rate.link)


def _rate(sentence: Sentence) -> Quantity | None:
    for quantity in sentence.of_kind(Kind.PERCENT, Kind.FRACTION):
        after = _AFTER.search(sentence.after(quantity))
        if (after or _BEFORE.search(sentence.before(quantity))) and not is_target(sentence, quantity):
            return quantity
    return None
