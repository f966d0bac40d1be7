"""The audit pack: a blank questionnaire for each crime that one reader is given. It holds no names.

It does not say which crimes are read twice: a second reader must not know that there was a first.
"""

from __future__ import annotations

import polars as pl

from fourfold.measures.audit_sample import Sample
from fourfold.products.audit_pack.shapes import ANSWER_WORDS, About, cells, counted, day, period_words
from fourfold.products.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
)
from fourfold.rules.questionnaires import ANSWERS, OUT_OF_SCOPE, Questionnaire

BOX = "[\u00a0\u00a0]"
LINE = "_" * 22
"""Boxes and lines of plain characters, which every font has."""
MEANINGS = {
    "met": "the record shows that it was done, in time and to the victim.",
    "not_met": "the record shows that it was not done, or was done late.",
    "not_recorded": "the record shows neither. Silence is not proof that nothing was done: do not answer Not met.",
    "not_applicable": "the duty did not arise in this case.",
}


def audit_pack(sample: Sample, crimes: pl.DataFrame, about: About, reader: str = "") -> Document:
    """Return the pack of one reader.

    crimes: `crime_ref, stratum, recorded_on, unit`, those the reader is given, in the order to read them.
    """
    sections = [how_to_read(sample.questionnaire, crimes.height, reader)]
    for stratum in sample.strata:
        mine = crimes.filter(pl.col("stratum") == stratum.stratum)
        if mine.height:
            blocks = [
                block for row in mine.iter_rows(named=True) for block in sheet(sample.questionnaire, row)
            ]
            sections.append(Section(f"crimes-{stratum.stratum}", stratum.label, tuple(blocks)))
    return Document(
        title=sample.questionnaire.title,
        subtitle=f"Audit pack: crimes recorded {period_words(sample)}",
        marking=about.marking,
        language="en-GB",
        made_from=about.made_from,
        sections=tuple(sections),
    )


STEPS = (
    "Read the whole record. Answer every question, and write down the entry that you rest on.",
    "Read alone. Do not ask another reader what they answered.",
    "If a crime is your own, or you know the victim, hand it back unread.",
    "If a crime is out of scope, give the reason and answer nothing: another takes its place.",
)


def how_to_read(questionnaire: Questionnaire, crimes: int, reader: str) -> Section:
    whose = f" for {reader}" if reader else ""
    opening = f"{counted(crimes, 'crime')}{whose}, version {questionnaire.version} of the questionnaire."
    meanings = tuple(
        (Text(ANSWER_WORDS[answer], strong=True), Text(f": {MEANINGS[answer]}")) for answer in ANSWERS
    )
    return Section(
        "how",
        "How to read",
        (
            Paragraph((Text(opening),)),
            Bullets(tuple((Text(step),) for step in STEPS)),
            Heading("The four answers"),
            Bullets(meanings),
            questions_table(questionnaire),
            reasons_table(questionnaire),
            Notice("caution", (Text("Write no names in this pack: the crime reference is enough."),)),
        ),
    )


def questions_table(questionnaire: Questionnaire) -> Table:
    rows = tuple(
        cells(one.short, one.label, one.hint or "No more than the question says.")
        for one in questionnaire.questions
    )
    return Table("The questions", ("In short", "Question", "What to look for"), rows)


def reasons_table(questionnaire: Questionnaire) -> Table:
    rows = tuple(
        cells(ANSWER_WORDS[answer], "; ".join(known.values()))
        for answer, known in questionnaire.reasons.items()
        if known
    )
    return Table("Reasons to choose from", ("Answer", "Reasons"), rows)


def sheet(questionnaire: Questionnaire, row: dict[str, object]) -> list[Block]:
    """Return the blank questionnaire of one crime."""
    recorded_on, unit = row.get("recorded_on"), row.get("unit")
    facts = [f"recorded on {day(recorded_on)}"] if recorded_on else []  # type: ignore[arg-type]
    facts += [str(unit)] if unit else []
    header = ("Question", *(ANSWER_WORDS[answer] for answer in ANSWERS), "Reason and evidence")
    lines = tuple(cells(one.short, *(BOX for _ in ANSWERS), LINE) for one in questionnaire.questions)
    scope = cells(ANSWER_WORDS[OUT_OF_SCOPE], "", "", "", "", f"{BOX}{LINE[:16]}")
    caption = ", ".join((str(row["crime_ref"]), *facts))
    return [Table(caption, header, (*lines, scope), "lrrrrl")]
