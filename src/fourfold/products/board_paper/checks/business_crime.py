"""Business crime defined as it was before June 2019.

The 2014/15 ACPO text took in any offence connected with a business and the victim's perception; the
NPCC definition of 1 June 2019 asks that a business, or a person in the course of employment and
because of it, is the victim (college.police.uk, policing business crime).
"""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import compile_words
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence

NEXT_STEP = (
    "Use the National Police Chiefs' Council's definition of 1 June 2019: a business, or a person in "
    "the course of "
    "employment and because of it, is the victim; or say that the older definition is used, and why."
)

_SUBJECT = r"(?:business|commercial|retail)(?:[\s-]related)?\s+(?:crimes?|offences?)"
_SUBJECT_WORDS = compile_words(
    rf"\b{_SUBJECT}\b|\bcrimes? against business(?:es)?\b|"
    rf"\bbusiness[\s-]related\b"
)
_DEFINES = (
    r"(?:is|are|means?|refers?\s+to|defin\w+|cover(?:s|ing)?|includ(?:es?|ing)|compris\w+|encompass\w+|"
    r"counts?|takes?\s+in|"
    r"as|describes?|consists?|understood|treated|regarded|taken|considered)"
)
_OLD = tuple(
    compile_words(pattern)
    for pattern in (
        # any offence against a person or property that has some connection with a business
        r"\b(?:person|people|individual|someone|anyone|property|premises|"
        r"victim)s?\b[^;]{0,80}\b(?:associat\w+|connect\w*|link\w*|"
        r"related|tied|ties|relationship)\b[^;]{0,70}\b(?:business(?:es)?|compan(?:y|ies)|firms?|trade|"
        r"commerc\w+|enterprises?|retailers?|shops?)\b",
        r"\b(?:any|all|every|each)\s+(?:\w+\s+)?(?:offences?|crimes?|acts?|"
        r"incidents?)\b[^;]{0,60}\b(?:associated|connected|linked|related|"
        r"some connection|some link|a connection|a link|any connection|any "
        r"link)\b[^;]{0,50}\b(?:business(?:es)?|compan(?:y|ies)|firms?|commercial|enterprises?|"
        r"retailers?)\b",
        r"\b(?:offences?|crimes?)\b[^;]{0,40}\b(?:business|commercial)\s+(?:links?|connections?|"
        r"associations?|elements?|aspects?|dimensions?)\b",
        # the victim's or anyone's perception
        r"\b(?:victim|person|people|anyone|anybody|somebody|someone|witness\w*|complainant|"
        r"reporter)s?\b[^;]{0,40}\b(?:perceiv\w+|perception|"
        r"believ\w+|consider\w*|regard\w*|feels?|thinks?|views?|sees?)\b[^;]{0,70}\b(?:business|"
        r"commercial|it|so|one|such)\b",
        r"\b(?:offences?|crimes?)\s+(?:that\s+(?:are|is)\s+)?(?:associated|connected|linked|"
        r"related)\s+(?:with|to)\s+(?:an?\s+|any\s+|some\s+)?"
        r"(?:business(?:es)?|compan(?:y|ies)|firms?)\b",
        r"\b(?:perceiv\w+|believed|considered|regarded|felt|seen|thought)\b[^;]{0,60}\bby\s+(?:the\s+|"
        r"any\s+)?(?:victim|person|other person|"
        r"anyone|somebody|complainant)\b",
        # whatever happens on the premises
        r"\b(?:any|all|every|each|what(?:ever)?)\b[^;]{0,60}\b(?:on|at|in|"
        r"within)\s+(?:\S+\s+){0,5}?(?:business|commercial|retail|trade|shop)\s*"
        r"(?:['’]s\s+)?(?:premises|propert(?:y|ies)|sites?|places?|locations?)\b",
        r"\b(?:any|all|every|each)\b[^;]{0,60}\bpremises of (?:an?|any|the) (?:business|company|firm|shop)",
    )
)
_DEFINING = tuple(
    compile_words(pattern)
    for pattern in (
        rf"\b{_SUBJECT}[\"'”’]?\s+(?:here\s+|therefore\s+|is\s+|are\s+|can be\s+|has been\s+|may be\s+|"
        rf"we\s+|locally\s+)*{_DEFINES}\b",
        rf"\b(?:by|term|define[sd]?|definition|defining|meaning|mean|calls?|"
        rf"called)\b[^;]{{0,20}}\b{_SUBJECT}",
        rf"\b(?:is|are|as|becomes?|counted as|recorded as|classed as|treated as|"
        rf"called)\s+(?:an?\s+)?{_SUBJECT}\b",
        rf"\b{_SUBJECT}\s*[:–-]\s",
        r"\bcrimes? (?:against business(?:es)? )?(?:is|are) business[\s-]related\b|"
        r"\bbusiness[\s-]related\s+(?:if|when|where)\b",
    )
)
_NEW = compile_words(
    r"\bcourse of (?:their |his |her |the )?employment\b|\bbusiness(?:es)? (?:is|are|as) the "
    r"victims?\b|\bvictim is (?:a|the) business\b|"
    r"\bbecause of (?:that|their|its?)\b"
)
_SAID_OLD = compile_words(
    r"\b(?:old(?:er)?|earlier|former(?:ly)?|previous(?:ly)?|superseded|replaced|withdrawn|no longer|"
    r"until (?:May |June )?2019|"
    r"before (?:1 )?(?:June )?2019|ACPO|2014|abandoned|used to|once)\b"
)


def check_old_business_crime_definition(paper: PaperText) -> Iterator[Finding]:
    """Find business crime defined by connection, perception or premises without saying that this is the old text."""
    for unit in paper.units.values():
        for passage in unit:
            for sentence in passage.sentences:
                if _is_old(sentence) and not _SAID_OLD.search(paper.near_words(passage)):
                    words = (
                        "Business crime is defined as it was before 1 June 2019, by connection, "
                        "perception or premises."
                    )
                    yield paper.finding("old_business_crime_definition", sentence, words, NEXT_STEP)
                    break


def _is_old(sentence: Sentence) -> bool:
    text = sentence.text
    defines = any(pattern.search(text) for pattern in _DEFINING)
    return defines and any(pattern.search(text) for pattern in _OLD) and not _NEW.search(text)
