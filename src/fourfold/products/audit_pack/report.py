"""The report of an audit: what was found, how sure it is, what is to be done, and how the sample was drawn."""

from __future__ import annotations

from fourfold.measures.audit_found import Found
from fourfold.products.audit_pack.comparing import of_change, of_readers
from fourfold.products.audit_pack.design import design
from fourfold.products.audit_pack.shapes import About, cells, day, period_words
from fourfold.products.audit_pack.shares import of_force, of_groups, of_reasons
from fourfold.products.audit_pack.summary import summary
from fourfold.products.document import Document, Paragraph, Section, Table, Text


def findings_report(found: Found, about: About) -> Document:
    """Return the findings as a document; the same findings give the same document."""
    questionnaire = found.sample.questionnaire
    sections = (
        summary(found, about),
        of_force(found),
        of_groups(found),
        of_reasons(found),
        *((of_change(found),) if found.change is not None else ()),
        of_readers(found),
        of_actions(found, about),
        design(found, about),
        meaning(found),
    )
    return Document(
        title=f"{questionnaire.title}: findings",
        subtitle=f"Crimes recorded {period_words(found.sample)}",
        marking=about.marking,
        language="en-GB",
        made_from=about.made_from,
        sections=sections,
    )


def of_actions(found: Found, about: About) -> Section:
    labels = {one.question: one.short for one in found.sample.questionnaire.questions}
    if not about.actions:
        return Section("actions", "Actions", (Paragraph((Text("No actions have been agreed yet."),)),))
    rows = tuple(
        cells(
            one.words,
            labels.get(one.question, "All questions"),
            one.owner,
            day(one.due_on) if one.due_on else "no day set",
            one.state,
        )
        for one in about.actions
    )
    return Section(
        "actions",
        "Actions",
        (Table("What is to be done", ("Action", "About", "Owner", "By", "State"), rows),),
    )


def meaning(found: Found) -> Section:
    lines = (
        "A question that was not recorded is not a question that was not met. Both are shown, and neither is guessed.",
        "Intervals say how far a figure could be off because a sample was read and not every crime. They say nothing "
        "of mistakes of readers, which the agreement of two readers shows, nor of records that are wrong.",
        "The sample is of crimes recorded in the quarter. It says nothing of crimes that were not recorded.",
        *found.sample.questionnaire.caveats,
    )
    blocks = tuple(Paragraph((Text(line),)) for line in lines)
    return Section("meaning", "What these figures mean and do not mean", blocks)
