"""Courier fraud spoken of as if the national list had a code for it.

No NFIB code exists for courier fraud; reports of it stand under door-to-door sales (3C), "none of the
above" (90) and others, and are found by a marker on method and key words.
"""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import CHANGE, compile_words
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, Sentence, TableView

NEXT_STEP = (
    "Say that no NFIB code exists and count courier fraud by the force's marker, with its "
    "interval and the codes it was found under."
)

_COURIER = compile_words(
    r"\bcourier[\s-]+(?:frauds?|scams?|offences?|reports?|cases)\b|\bfrauds? by "
    r"couriers?\b"
)
# "Code" with a capital is the Victims' Code, and a code word is no code.
_CODED = compile_words(
    r"(?-i:\bcod(?:e|es|ed|ing)\b)(?!\s*words?)|\bcategor(?:y|ies|is\w+)\b|\bclass(?:ed|ifi\w+)\b|"
    r"\b(?:recorded|counted|filed|logged|listed|registered|captured|reported)\s+(?:as|under)\b|"
    r"\b(?:recorded|counted|filed|logged|listed|put|placed|kept|entered|stored|appears?|sits?|falls?|"
    r"comes?|found|stands?|goes)\s+(?:alongside|under|within|in|into)\s+"
    r"(?:\S+\s+){0,2}?(?:NFIB|[\"'“‘]?door|none of the above|other fraud)"
)
_HAS_NONE = compile_words(
    r"\b(?:no|without (?:an?|its)|lacks?|lacking|lack of|not|never|neither|nor|none|n['’]t|absence of|"
    r"nowhere)\b[^;]{0,40}\b(?:cod(?:e|es|ed)|categor\w+|class\w*|NFIB)\b|"
    r"\b(?:cod(?:e|es)|categor(?:y|ies))\b[^;]{0,30}\b(?:does not exist|do not exist|is missing|not "
    r"exist)\b|\bcannot be (?:coded|counted|classified)\b|"
    r"\b(?:not|never) (?:cod|categor|class|counted under|recorded under|counted by)\w*"
)
_MARKED = compile_words(
    r"\bmark(?:er|ed|ers)\b|\bflag(?:s|ged|ging)?\b|\bkey ?words?\b|\bfree[\s-]text\b|\bnarratives?\b|"
    r"\bestimat\w+|\bby (?:its |the |their )?(?:method|modus operandi|MO)\b|\bWMP-COURIER\b|"
    r"\bread(?:ing)? (?:by|the)\b|\breviewed by\b|"
    r"\bCity of London Police (?:count|publish|report)\w*|\bderived\b"
)
_COUNTED_AFTER = compile_words(
    r"^\s*(?:\(\S+\)\s*)?(?:\w+\s+)?(?:(?:reports|cases|victims|offences|"
    r"instances)\s+of\s+)?courier[\s-]+(?:frauds?|scams?|cases|offences)\b"
    r"(?!\s+(?:victims?|suspects?|offenders?|couriers?|arrests?|events?|talks?|sessions?|leaflets?|"
    r"campaigns?|posters?|operations?|warnings?|alerts?|webinars?))"
)
_COUNTED_BEFORE = compile_words(
    r"courier[\s-]+(?:frauds?|scams?)(?:\s+(?:reports|cases|offences))?\s*(?:\S+\s+){0,3}?"
    rf"(?:\b{CHANGE}\b|\(|:|\b(?:numbered|stood at|totalled|made up|accounted|came to)\b)[^;]{{0,30}}$"
)
_ATTACHED = compile_words(
    r"\bcourier[\s-]+fraud\s*(?:(?:\(|–|-|,|:|is|are|as|under|has|uses|the|code|"
    r"coded)\s*)*NFIB\s?-?\d+[A-Z]?\b|"
    r"\bNFIB\s?-?\d+[A-Z]?\s*(?:\(|–|-|:|is|means)\s*courier"
)
_CODE_CELL = compile_words(r"^\W*(?:NFIB\s?-?)?\d{1,2}[A-Z]?\W*$")
_COURIER_CELL = compile_words(r"^\W*courier\b")


def check_courier_fraud_code(paper: PaperText) -> Iterator[Finding]:
    """Find courier fraud with a code, under a code, or counted with no word of how it was found."""
    for sentence in paper.sentences:
        if not _COURIER.search(sentence.text):
            continue
        figure = next((f for f in sentence.figures if _counts_a_code(f)), None)
        if figure is not None:
            words = f"The figure '{figure.title}' counts an NFIB code; courier fraud has none."
            yield paper.finding("courier_fraud_code", sentence, words, NEXT_STEP, figure=figure.name)
        elif _is_coded(paper, sentence):
            words = "Courier fraud has no NFIB code: what stands under a code is not its number."
            yield paper.finding("courier_fraud_code", sentence, words, NEXT_STEP)
        elif _is_unexplained_count(paper, sentence):
            words = (
                "Courier fraud is counted without saying how it was found; it has no NFIB code to "
                "be counted by."
            )
            yield paper.finding("courier_fraud_code", sentence, words, NEXT_STEP)
    yield from _tables(paper)


def _is_coded(paper: PaperText, sentence: Sentence) -> bool:
    if _HAS_NONE.search(sentence.text):
        return False
    if _ATTACHED.search(sentence.text):
        return True
    return bool(_CODED.search(sentence.text)) and not _MARKED.search(paper.near_words(sentence.passage))


def _is_unexplained_count(paper: PaperText, sentence: Sentence) -> bool:
    """A number of courier frauds with neither a marker nor the missing code named near it."""
    near = paper.near_words(sentence.passage)
    if _MARKED.search(near) or _HAS_NONE.search(near) or any(_is_marked(f) for f in sentence.figures):
        return False
    return any(
        _COUNTED_AFTER.search(sentence.after(quantity)) or _COUNTED_BEFORE.search(sentence.before(quantity))
        for quantity in sentence.of_kind(Kind.COUNT, Kind.PERCENT)
    )


def _counts_a_code(figure: Figure) -> bool:
    return "nfib_code=" in figure.name and not _is_marked(figure)


def _is_marked(figure: Figure) -> bool:
    return "marker" in figure.name or bool(_MARKED.search(f"{figure.title} {figure.definition}"))


def _tables(paper: PaperText) -> Iterator[Finding]:
    for table in paper.tables:
        for row in table.cells:
            named = any(_COURIER_CELL.search(cell.text) for cell in row)
            if named and (_has_code_cell(table, row) or any(_counts_a_code(f) for f in _figures(row))):
                words = "A row counts courier fraud under an NFIB code; it has none."
                said = " | ".join(cell.text for cell in row)
                yield paper.finding("courier_fraud_code", table, words, NEXT_STEP, quote=said)


def _has_code_cell(table: TableView, row: tuple[Passage, ...]) -> bool:
    """A cell holds an NFIB code, or a number or letter code under the heading "code"."""
    for column, cell in enumerate(row):
        head = table.table.header[column] if column < len(table.table.header) else ""
        if _CODE_CELL.search(cell.text) and ("NFIB" in cell.text.upper() or "code" in head.lower()):
            return True
    return any(_ATTACHED.search(cell.text) for cell in row)


def _figures(row: tuple[Passage, ...]) -> Iterator[Figure]:
    return (q.figure for cell in row for q in cell.quantities if q.figure is not None)
