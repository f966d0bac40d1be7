"""Theft of a vehicle and theft from one: two offences that papers exchange for each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import RISE, compile_words, is_denied
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence

NEXT_STEP = (
    "Say which offence is meant (Home Office 45 theft from, 48 theft of a motor vehicle) and give its counts."
)

_VEHICLE = (
    r"\s+(?:an?\s+|the\s+|any\s+)?(?:motor\s+|parked\s+|private\s+)*(?:vehicles?|cars?|vans?|"
    r"motors?)\b"
)
_OF = compile_words(
    rf"\b(?:thefts?|stealing|taking)[\s-]of{_VEHICLE}|\bTOMV\b|\bstealing{_VEHICLE}|"
    rf"\bstolen (?:motor )?(?:vehicles|cars)\b"
)
_FROM = compile_words(rf"\b(?:thefts?|stealing)[\s-]+from{_VEHICLE}|\bTFMV\b")
_RISES = compile_words(rf"\b{RISE}\b")
_PRIORITY = compile_words(r"\bpriorit(?:y|ies|ised)\b")
_JOINS = r"(?:,?\s+(?:and|or|nor|to|with|in|than)\s+|,\s+)"
_APART = compile_words(
    r"\b(?:thefts?\s+(?:of|from)\s+(?:and|or)\s+(?:thefts?\s+)?(?:of|from)|both|whereas|while|"
    r"respectively|but|differs?|"
    r"different|distinct|separate\w*|apart|as well as|not the same|together)\b"
    rf"|(?:{_OF.pattern}){_JOINS}(?:{_FROM.pattern})|(?:{_FROM.pattern}){_JOINS}(?:{_OF.pattern})"
)
"""Words by which one sentence sets the two offences apart or lists them."""


@dataclass(frozen=True)
class _Claim:
    """One sentence that says one of the two offences rises or is a priority."""

    offence: str
    kind: str
    sentence: Sentence

    @property
    def numbers(self) -> frozenset[float]:
        kinds = (Kind.COUNT, Kind.PERCENT, Kind.RATE)
        return frozenset(abs(q.value) for q in self.sentence.of_kind(*kinds))


def check_theft_of_or_from_vehicle(paper: PaperText) -> Iterator[Finding]:
    """Find one claim made of theft of vehicles in one place and of theft from vehicles in another."""
    yield from _wrong_figures(paper)
    confused = [s for s in paper.sentences if _is_confused(s)]
    for sentence in confused:
        words = "One sentence turns theft from a vehicle into theft of a vehicle: they are two offences."
        yield paper.finding("theft_of_or_from_vehicle", sentence, words, NEXT_STEP)
    if confused or _sets_apart(paper):
        return
    for kind in ("rise", "priority"):
        claims = [claim for sentence in paper.sentences for claim in _claims(sentence) if claim.kind == kind]
        found = list(_contradictions(paper, claims, kind))
        if found:
            yield from found
            return


def _contradictions(paper: PaperText, claims: list[_Claim], kind: str) -> Iterator[Finding]:
    of = [claim for claim in claims if claim.offence == "of"]
    off = [claim for claim in claims if claim.offence == "from"]
    if not of or not off or not _same_claim(of, off):
        return
    said = "is rising" if kind == "rise" else "is a priority"
    for mine, other in ((off[0], of[0]), (of[0], off[0])):
        words = (
            f"Here theft {mine.offence} motor vehicles {said}; in {other.sentence.passage.place} it is "
            f"theft {other.offence} motor vehicles: one of the two is meant."
        )
        yield paper.finding("theft_of_or_from_vehicle", mine.sentence, words, NEXT_STEP)


def _same_claim(of: list[_Claim], off: list[_Claim]) -> bool:
    """Two claims with numbers of their own are two facts; the same numbers, or none on one side, are one."""
    of_numbers = frozenset(n for claim in of for n in claim.numbers)
    off_numbers = frozenset(n for claim in off for n in claim.numbers)
    return not of_numbers or not off_numbers or bool(of_numbers & off_numbers)


def _claims(sentence: Sentence) -> Iterator[_Claim]:
    of, off = bool(_OF.search(sentence.text)), bool(_FROM.search(sentence.text))
    if of == off or is_denied(sentence.text):
        return
    offence = "of" if of else "from"
    match = (_OF if of else _FROM).search(sentence.text)
    clause = sentence.text[match.start() if match else 0 :]
    if _RISES.search(clause) or _RISES.search(sentence.text[: match.start() if match else 0][-40:]):
        yield _Claim(offence, "rise", sentence)
    if _PRIORITY.search(sentence.text):
        yield _Claim(offence, "priority", sentence)


def _is_confused(sentence: Sentence) -> bool:
    """One sentence that names both offences, does not set them apart, and has numbers for at most one."""
    text = sentence.text
    if not (_OF.search(text) and _FROM.search(text)) or _APART.search(text) or is_denied(text):
        return False
    claims = bool(_RISES.search(text)) or bool(_PRIORITY.search(text))
    return claims and len(sentence.of_kind(Kind.PERCENT)) <= 1 and len(sentence.of_kind(Kind.COUNT)) <= 2


def _sets_apart(paper: PaperText) -> bool:
    """The paper knows the two for two: one sentence or one table has both, told apart."""
    in_text = any(
        _OF.search(s.text) and _FROM.search(s.text) and not _is_confused(s) for s in paper.sentences
    )
    return in_text or any(_OF.search(t.words) and _FROM.search(t.words) for t in paper.tables)


def _wrong_figures(paper: PaperText) -> Iterator[Finding]:
    """A figure of the one offence printed in a sentence that names only the other."""
    for sentence in paper.sentences:
        of, off = bool(_OF.search(sentence.text)), bool(_FROM.search(sentence.text))
        if of == off:
            continue
        for figure in sentence.figures:
            measured = _measured(figure)
            if measured and measured != ("of" if of else "from"):
                words = (
                    f"The text names theft {'of' if of else 'from'} motor vehicles; its figure "
                    f"counts theft {measured} them."
                )
                yield paper.finding(
                    "theft_of_or_from_vehicle", sentence, words, NEXT_STEP, figure=figure.name
                )
                break


def _measured(figure: Figure) -> str | None:
    said = f"{figure.name.replace('_', ' ')} {figure.title}"
    of, off = bool(_OF.search(said)), bool(_FROM.search(said))
    return None if of == off else ("of" if of else "from")
