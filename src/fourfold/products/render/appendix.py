"""What stands behind the text: findings of the checks, long tables, every figure, what all was made from."""

from __future__ import annotations

from typing import Any

from fourfold.measures.figure import Figure, Origin, State
from fourfold.measures.words import say_interval, say_number
from fourfold.products.document import Bullets, Document, MadeFrom, Section, Table, Text
from fourfold.products.render.characters import clean
from fourfold.products.render.walk import Plain, Walk

NOT_STATED = "not stated"


def lay_out_appendices(document: Document, walk: Walk, brief: bool) -> list[Plain]:
    """Return the appendices in their order, shaped like sections; those with nothing in them are left out."""
    made = [
        _findings(document, walk),
        _behind(walk),
        _figures(document, walk, brief),
        _other_notes(document, walk),
        _made_from(document, walk),
    ]
    return [section for section in made if section is not None]


def _findings(document: Document, walk: Walk) -> Plain | None:
    if not document.findings:
        return None
    rows = tuple(tuple((Text(cell),) for cell in finding) for finding in document.findings)
    table = Table("Findings of the checks", ("Severity", "Check", "Place", "Finding"), rows)
    return walk.section(Section("findings", "What the paper’s own checks found", (table,)))


def _behind(walk: Walk) -> Plain | None:
    if not walk.behind_tables:
        return None
    anchor = walk.anchor("section-chart-data")
    return {"anchor": anchor, "title": "Tables behind the charts", "blocks": walk.behind_tables}


def _other_notes(document: Document, walk: Walk) -> Plain | None:
    loose = tuple(note.content for note in document.footnotes if note.key not in walk.note_numbers)
    return walk.section(Section("other-notes", "Other notes", (Bullets(loose),))) if loose else None


def _figures(document: Document, walk: Walk, brief: bool) -> Plain | None:
    if not document.figures:
        return None
    paper = document.made_from
    own = Origin(paper.manifest, paper.policy, paper.vocabulary, paper.code)
    shared = own if brief else None
    words = "Each figure of this paper with what is needed to judge it and to make it again."
    if brief:
        words += f" Unless said otherwise a figure was made from {_say_origin(own)}."
    intro = {"is": "paragraph", "number": None, "anchor": "", "runs": [_text(words)]}
    entries = [_entry(figure, walk, shared) for figure in document.figures]
    anchor = walk.anchor("section-figures")
    return {
        "anchor": anchor,
        "title": "The figures in this paper",
        "blocks": [intro, {"is": "figures", "entries": entries}],
    }


def _entry(figure: Figure, walk: Walk, shared: Origin | None) -> Plain:
    places = walk.places.get(figure.name, {})
    return {
        "anchor": walk.figures[figure.name],
        "title": clean(figure.title),
        "name": clean(figure.name),
        "value": clean(figure.words),
        "facts": [[term, clean(words)] for term, words in _facts(figure, shared) if words],
        "places": [{"words": place, "anchor": anchor} for anchor, place in places.items()],
    }


def _facts(figure: Figure, shared: Origin | None) -> list[tuple[str, str]]:
    """List what an entry says of its figure, in order; nothing is said that suppression holds back."""
    held_back = figure.state is State.SUPPRESSED
    facts = [
        ("Data", "made up, for demonstration only" if figure.made_up else ""),
        ("Why no number", "" if figure.state is State.KNOWN else figure.why or NOT_STATED),
        ("Interval", _say_level(figure)),
        ("Rests on", "" if held_back else _say_records(figure.n, "record")),
        ("Missing", "" if held_back else _say_missing(figure.missing)),
        ("Made of", "" if held_back else _say_parts(figure)),
        ("Period", figure.period_words),
        ("Compared with", figure.baseline_words or figure.baseline or ""),
        ("Definition", figure.definition),
        ("Read with care", " ".join(_sentence(caveat) for caveat in figure.caveats)),
        ("Source", figure.source or NOT_STATED),
    ]
    if figure.origin != shared:
        facts.append(("Made from", _say_origin(figure.origin)))
    return facts


def _say_level(figure: Figure) -> str:
    if figure.state is not State.KNOWN:
        return ""
    interval = say_interval(figure)
    return f"{interval} ({figure.level * 100:g}%)" if interval else "none given"


def _say_records(count: int | None, noun: str) -> str:
    if count is None:
        return "not counted"
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _say_missing(count: int | None) -> str:
    if not count:
        return "not counted" if count is None else "none"
    return f"{_say_records(count, 'record')} that should say it and {'does' if count == 1 else 'do'} not"


def _say_parts(figure: Figure) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')} {say_number(value, '', 0 if float(value).is_integer() else 2)}"
        for name, value in figure.parts
    )


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _say_origin(origin: Origin) -> str:
    return (
        f"manifest {origin.manifest or NOT_STATED}, policy {origin.policy or NOT_STATED}, "
        f"vocabulary {origin.vocabulary or NOT_STATED}, code {origin.code or NOT_STATED}"
    )


def _made_from(document: Document, walk: Walk) -> Plain:
    made: MadeFrom = document.made_from
    facts = (
        ("Force", made.force_name or made.force),
        ("Data to", made.to),
        ("Data", "made up, for demonstration only" if made.made_up else "as received by the force"),
        ("Manifest", made.manifest),
        ("Policy", made.policy),
        ("Vocabulary", made.vocabulary),
        ("Code", made.code),
        ("The force’s own policy and code lists", ", ".join(name for name, _ in made.overrides) or "none"),
        ("Sections with text by staff", ", ".join(name for name, _ in made.staff_text) or "none"),
    )
    rows = tuple(((Text(term),), (Text(words or NOT_STATED),)) for term, words in facts)
    table = Table("All that is needed to make the paper again", ("What", "Which"), rows)
    return walk.section(Section("made-from", "What this paper was made from", (table,)))


def _text(words: str) -> dict[str, Any]:
    return {"is": "text", "text": clean(words), "strong": False, "emphasis": False}
