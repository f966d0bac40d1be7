"""The National Decision Model spoken of as a score: it is a cycle of six questions and gives no number."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import compile_words, is_denied
from fourfold.products.board_paper.checks.paper_text import PaperText

NEXT_STEP = (
    "Name the score that is meant, who gives it and its scale (for fraud reports: the risk "
    "score that came with the report)."
)

_MODEL = r"(?:NDM(?:['’]s)?|National\s+Decision(?:[\s-]+Making)?\s+Model(?:['’]s)?)"
_SCORE = (
    r"(?:scor(?:es?|ed|ing)|ratings?|points?|grad(?:es?|ing)|rank(?:s|ing)?|marks|thresholds?|"
    r"percentiles?|index|tally)"
)
_GIVES = (
    r"(?:gives?|gave|assigns?|assigned|produc\w+|returns?|returned|awards?|awarded|allocat\w+|"
    r"generat\w+|calculat\w+|yields?|comput\w+|outputs?|puts?)"
)
_PATTERNS = tuple(
    compile_words(pattern)
    for pattern in (
        rf"\b{_MODEL}[\s-]+(?:(?:based|derived|led|driven|risk|vulnerability|threat|harm|assessment|numeric|overall|total|"
        rf"case)[\s-]+)*{_SCORE}\b",
        rf"\b{_SCORE}\s+(?:\S+\s+){{0,4}}?(?:on|in|under|against|using|by|from|with|of|through|via|"
        rf"across)\s+(?:the\s+|an?\s+|their\s+|our\s+|its\s+)*{_MODEL}(?=\W|$)",
        rf"\b{_SCORE}\s+(?:\S+\s+){{0,3}}?(?:given|awarded|assigned|allocated|calculated|worked out|"
        rf"produced|derived|computed|generated)\s+"
        rf"(?:\S+\s+){{0,5}}?(?:on|in|under|using|by|from|with|through|via)\s+(?:the\s+)?{_MODEL}(?=\W|$)",
        rf"\bscoring\s+(?:tool|system|model|method|framework|matrix|scheme)\W+(?:\w+\W+){{0,3}}?{_MODEL}",
        rf"\b{_MODEL}\s+(?:result|value|level|outcome|figure)\s+(?:is|was|of)\s+(?:\w+\s+)?\d",
        rf"\b(?:rated|graded|ranked|marked|scored)\s+(?:\S+\s+){{0,6}}?(?:on|under|against|using|by|"
        rf"with|through|via|in)\s+(?:the\s+|our\s+)?{_MODEL}",
        rf"\b{_MODEL}\s+(?:\S+\s+){{0,3}}?{_GIVES}\s+(?:\S+\s+){{0,5}}?(?:an?\s+|"
        rf"the\s+)?(?:\S+\s+){{0,2}}?(?:{_SCORE}|number)\b",
        rf"\b{_MODEL}\s+(?:assessment\s+|result\s+|value\s+|level\s+)?(?:of|over|above|at least|"
        rf"exceeding|=|≥|>)\s+(?:at least\s+|over\s+|above\s+)?"
        r"(?:\d+|(?:five|six|seven|eight|nine|ten)\b)",
        rf"\b{_MODEL},?\s+(?:\S+\s+){{0,4}}?(?:scor(?:es|ed|ing)|rates|ranks|grades)\s+(?:each|every|"
        rf"all|the|victims?|cases?|reports?|them|people|suspects?|out\s+of)\b",
        rf"\b(?:high|higher|highest|low)\s+(?:on\s+the\s+)?{_MODEL}\b(?!\s+(?:standards?|use))",
        rf"\b{_MODEL}\s+(?:\S+\s+){{0,5}}?\d+\s+out\s+of\s+(?:\d+|ten)\b|\b\d+\s+out\s+of\s+(?:\d+|"
        rf"ten)\s+(?:\S+\s+){{0,3}}?{_MODEL}",
    )
)


def check_ndm_score(paper: PaperText) -> Iterator[Finding]:
    """Find a score, rating or threshold laid to the National Decision Model."""
    for sentence in paper.sentences:
        if any(pattern.search(sentence.text) for pattern in _PATTERNS) and not is_denied(sentence.text):
            words = "The National Decision Model has no numeric score: nobody can score high on it."
            yield paper.finding("ndm_score", sentence, words, NEXT_STEP)
    for table in paper.tables:
        for head in (*table.table.header, *(row[0].text for row in table.cells if row)):
            if any(pattern.search(head) for pattern in _PATTERNS):
                words = f"The table has '{head}': the National Decision Model has no numeric score."
                yield paper.finding("ndm_score", table, words, NEXT_STEP, quote=head)
