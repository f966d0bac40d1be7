"""Reach (impressions, views, attendance) told as effect: that people saw a post does not show that it helped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import compile_words, is_denied
from fourfold.products.board_paper.checks.paper_text import PaperText, Sentence

NEXT_STEP = (
    "Give reach as reach. For effect, give the campaign's estimate with its interval and "
    "comparison, or say that there is none."
)

_PEOPLE = (
    r"(?:people|residents|users|accounts|followers|households|members of the public|an audience|"
    r"audiences|viewers|businesses|individuals|students|pensioners)"
)
_REACH = compile_words(
    r"\bimpressions\b|\d\s*(?:\w+\s+)?views\b|\b(?:page|post|video|social media|online)\s+views\b|"
    r"\bviews\s+(?:on|of|across|for)\s+(?:the\s+|our\s+|its\s+)?(?:posts?|videos?|social|campaign|"
    r"content)\b|"
    r"\b(?:viewed|watched|read|opened|shared|liked|heard)\s+(?:\w+\s+)?(?:by\b|[\d,]+)|\bviewed\b|"
    r"\bseen\s+(?:by\s+)?(?:\S+\s+)?(?:\S+\s+)?(?:times|people|accounts|users)\b|\bengagements\b|"
    r"\bengagement\s+(?:rates?|figures?|levels?|numbers?|on|with\s+(?:the|our)\s+posts?|doubled|"
    r"rose|of)\b|"
    r"\bengaged\s+with\b|\b(?:likes|clicks|click-throughs?|retweets|reposts)\b|\battend(?:ance|ances|"
    r"ees?|ed)\b|\baudiences?\b|"
    rf"\breach(?:ed|ing|es)?\s+(?:of\s+|over\s+|more\s+than\s+|some\s+|about\s+|almost\s+|nearly\s+|"
    rf"around\s+)*(?:[\d,.]+\w*|(?:\S+\s+){{1,2}}(?:million|thousand)|(?:\S+\s+){{0,3}}{_PEOPLE})|"
    r"\b(?:came|come|coming|went|turned up|signed up|joined|took part)\s+(?:to|for|in|at)?\s*(?:the|"
    r"our|an?)?\s*(?:\w+\s+)?(?:webinars?|events?|sessions?|workshops?|talks?|stalls?|roadshows?|"
    r"briefings?)\b|"
    r"\b(?:social media|campaign|online|digital|wide|media|overall|large|broad|increased|"
    r"greater)(?:['’]s)?\s+reach\b|\breach\s+of\s+(?:the|our|its|this)\b|\breach of\b|"
    r"\b(?:leaflets|booklets|posters|flyers)\s+(?:were\s+)?(?:handed|given|delivered|distributed|sent)\b"
)
_HARM = (
    r"(?:frauds?|scams?|crimes?|offences?|victims?|victimisation|loss(?:es)?|burglar\w+|thefts?|"
    r"robber\w+|harm|offending|reports|people|residents|cases|attacks|incidents|money|savings|£)"
)
_STOPPED = (
    r"(?:prevent(?:ed|s)|preventing|stopp(?:ed|ing)|stops|avert(?:ed|ing|s)|avoided|avoiding|cut|"
    r"cutting|reduced|reducing|reduces|sav(?:ed|ing)|protected|"
    r"protecting|deterr(?:ed|ing)|halted|foiled|lower(?:ed|ing)|spared|kept|keeping|drove|driven|"
    r"brought|bringing)"
)
_STOPS_HARM = compile_words(rf"\b{_STOPPED}\s+(?:\S+\s+){{0,6}}?{_HARM}")
_HELPED = compile_words(
    rf"(?<!\bto )\bhelp(?:ed|ing|s)\s+(?:to\s+)?(?:\w+\s+)?(?:prevent|reduce|stop|cut|save|protect|"
    rf"avoid|lower|drive|bring|keep)\s+(?:\S+\s+){{0,5}}?{_HARM}"
)
_WERE_STOPPED = compile_words(
    rf"\b{_HARM}\s+(?:\S+\s+){{0,4}}?(?:been|were|was|are|being)\s+(?:\w+ly\s+)?"
    r"(?:prevented|averted|stopped|avoided|saved|protected|deterred|cut|reduced)\b"
)
_SPARED = compile_words(
    r"\b(?:so|therefore|means?(?: that)?|thus|hence)\b[^;]{0,50}\b(?:will|would|"
    r"did|do|has|have)\s*(?:not|never|n['’]t)\s+(?:fall(?:en)?|be|been|become|lose|lost|fell)\b"
)
_WORKED = compile_words(
    r"\b(?:(?:is|was|were|are|been|proved|proven|proving|highly|very|so|hugely|how)\s+(?:\w+ly\s+|"
    r"very\s+|highly\s+|a\s+|an\s+|great\s+|clear\s+|real\s+|big\s+|huge\s+)*(?:effective|"
    r"success(?:ful)?|effectiveness)|"
    r"effectiveness of|(?:show|shows|showing|prov(?:e|es|ing)|demonstrat\w+|confirm\w*|evidenc\w+|"
    r"mean(?:s|ing)?|reflect\w*|indicat\w+)\s+(?:that\s+)?(?:\S+\s+){0,8}?"
    r"(?:effective(?:ness)?|success|works?|worked|working|impact|difference|safer|protected|prevented)|"
    r"(?:had|has|having|made|makes|making)\s+(?:an?\s+|the\s+|real\s+|big\s+|clear\s+|"
    r"significant\s+|positive\s+|major\s+|direct\s+|huge\s+|great\s+)*"
    r"(?:impact|effect|difference)|is\s+working|has\s+worked|worked\s+well|clear\s+success|"
    r"great\s+success|success\s+of\s+(?:the|our|this))\b"
)
_SO_LESS = compile_words(
    r"\b(?:so|because|since|thanks to|as a result|result(?:ed|ing|s)? in|led to|leading to|leads to|"
    r"due to|thereby|therefore|thus|hence|consequently|which (?:has )?(?:meant|caused)|meant|"
    r"caused|contribut\w+ to|"
    rf"translat\w+ into|deliver\w*|achiev\w+)\b[^;]{{0,80}}\b(?:fewer|fell|fall(?:en)?|drop(?:ped)?|"
    rf"reduc\w+|decreas\w+|declin\w+|less|lower|down|prevent\w+|safer)\b[^;]{{0,50}}{_HARM}?|"
    rf"\b(?:fewer|fell|fall(?:en)?|drop(?:ped)?|reduc\w+|decreas\w+|"
    rf"declin\w+)\b[^;]{{0,60}}\b(?:because|thanks to|as a result of|due to|owing to|after|driven "
    rf"by)\b"
)
_PURPOSE = compile_words(
    r"\b(?:to|aimed at|aims? (?:to|at)|for|about|on|how to|in order to|intended "
    r"to|designed to|crime|help(?:s|ing)?(?: to)?)\s+$"
)
_LINK_ON = compile_words(
    r"^(?:this|these|that|they|it|as a result|therefore|consequently|thus|hence|"
    r"so|because of this|in turn|the (?:posts?|campaign|messages?|events?|webinars?))\b"
)
_UNKNOWN = compile_words(
    r"\b(?:whether|unknown|cannot (?:tell|say|show|be)|no (?:way|method|direct|evidence)|does not|do "
    r"not|did not|is not|are not|was not|not an? (?:measure|estimate)|says nothing|nothing about|"
    r"not effect|rather than effect|"
    r"estimated? (?:separately|effect)|interval|too small|by chance)\b"
)
_PERFORMANCE = compile_words(
    r"\b(?:performance|results?|outcomes?|impact|success|"
    r"effectiveness)\s+(?:reports?|reporting|measures?|indicators?|figures?|returns?|is measured|are "
    r"measured|of the (?:campaign|work))\b"
)
_DISCLAIMED = compile_words(
    r"\breach,? (?:and )?not (?:an? )?(?:effect|impact)|\bnot (?:a )?(?:measures?|evidence|proof|"
    r"estimates?) of (?:effect|impact|success)\w*|\bsays? nothing (?:about|of)|\b(?:does|do|did) "
    r"not (?:show|tell|measure|mean|say|prove)|"
    r"\bno (?:estimate|claim) of (?:effect|impact)|\brather than (?:effect|impact)|\beffect (?:is|was) "
    r"(?:estimated|measured|judged)|\bcannot (?:show|tell|say)\b"
)


def check_reach_as_effect(paper: PaperText) -> Iterator[Finding]:
    """Find impressions, views or attendance from which prevented crime or success is concluded.

    Reach given as a measure of performance is a warning, for nothing is claimed outright.
    """
    for passage in paper.prose:
        sentences = passage.sentences
        for place, sentence in enumerate(sentences):
            if not _REACH.search(sentence.text):
                continue
            follower = sentences[place + 1] if place + 1 < len(sentences) else None
            at = _claim(sentence, follower)
            if at is not None:
                words = (
                    "Reach is told as effect: how many saw or came does not show that any crime "
                    "was prevented."
                )
                yield paper.finding("reach_as_effect", at, words, NEXT_STEP)
            elif _PERFORMANCE.search(sentence.text) and not _DISCLAIMED.search(paper.near_words(passage)):
                words = (
                    "Reach stands as a measure of performance: it says how many saw a message, not "
                    "what the message did."
                )
                yield paper.finding("reach_as_effect", sentence, words, NEXT_STEP, severity="warning")


def _claim(sentence: Sentence, follower: Sentence | None) -> Sentence | None:
    if _concludes(sentence.text):
        return sentence
    if follower and _LINK_ON.search(follower.text) and _concludes(follower.text):
        return follower
    return None


def _concludes(text: str) -> bool:
    if _SPARED.search(text):
        return True
    if is_denied(text) or _UNKNOWN.search(text):
        return False
    if _WORKED.search(text) or _SO_LESS.search(text) or _HELPED.search(text) or _WERE_STOPPED.search(text):
        return True
    return any(
        not _PURPOSE.search(text[: match.start()]) and not _is_quiet(text, match)
        for match in _STOPS_HARM.finditer(text)
    )


def _is_quiet(text: str, match: re.Match[str]) -> bool:
    """Advice "on preventing fraud" and events "about protecting people" claim nothing."""
    before = text[: match.start()].rstrip().lower()
    return before.endswith((" on", " about", " of", " at", " for", "how to"))
