"""The report of an audit: what was found, how sure it is, what is to be done, and how the sample was drawn."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from fourfold.measures.audit import FORCE
from fourfold.measures.audit_found import Found
from fourfold.products.audit_pack.design import design
from fourfold.products.audit_pack.shapes import (
    ANSWER_WORDS,
    NOTHING,
    SHARE_WORDS,
    About,
    cells,
    counted,
    day,
    percent,
    period_words,
    points,
    say_share,
)
from fourfold.products.document import Block, Document, Heading, Notice, Paragraph, Section, Table, Text
from fourfold.rules.questionnaires import ANSWERS, OUT_OF_SCOPE
from fourfold.statistics.agreement import Agreement

CHANGE_WORDS = {"rose": "Rose", "fell": "Fell", "cannot_tell": "Cannot tell"}


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


def summary(found: Found, about: About) -> Section:
    blocks: list[Block] = [Paragraph((Text(line),)) for line in (progress(found), *sentences(found))]
    signed = about.signed_off or "These findings have not been signed off."
    return Section("summary", "In short", (*notices(found, about), *blocks, Paragraph((Text(signed),))))


def progress(found: Found) -> str:
    """Say how many crimes were drawn, read and found out of scope."""
    drawn = counted(sum(stratum.drawn for stratum in found.sample.strata), "crime")
    population = counted(sum(stratum.population for stratum in found.sample.strata), "crime")
    gone = out_of_scope(found)
    read = f"{counted(found.read - gone, 'crime')} {was(found.read - gone)} read"
    scope = f", and {counted(gone, 'crime')} {was(gone)} found out of scope" if gone else ""
    return f"{drawn} were drawn from {population} recorded in the quarter and not cancelled. {read}{scope}."


def notices(found: Found, about: About) -> Iterator[Notice]:
    """Say first what a reader must not overlook: made-up data, reading that is not done, differences."""
    if about.made_from.made_up:
        yield Notice("made_up", (Text("These crimes and answers are made up, for demonstration."),))
    left = sum(stratum.drawn for stratum in found.sample.strata) - found.read + out_of_scope(found)
    if left > 0:
        words = f"{counted(left, 'crime')} of the sample {'is' if left == 1 else 'are'} still to be read: every figure may move."
        yield Notice("missing", (Text(words),))
    if found.differing.height:
        apart = counted(found.differing["crime_ref"].n_unique(), "crime")
        words = f"Two readers differ on {apart} and have not settled it: the first reader’s answer stands."
        yield Notice("caution", (Text(words),))


def out_of_scope(found: Found) -> int:
    return int(found.findings.filter(stratum=FORCE)[OUT_OF_SCOPE][0])


def was(n: int) -> str:
    return "was" if n == 1 else "were"


def sentences(found: Found) -> Iterator[str]:
    """Say each question's finding for the force in a sentence or two."""
    for question in found.sample.questionnaire.questions:
        row = found.findings.filter(question=question.question, stratum=FORCE).row(0, named=True)
        if row["strict_value"] is None:
            yield f"{question.short}: nothing can be said yet."
            continue
        yield (
            f"{question.short}: met in between {percent(row['strict_value'])} and {percent(row['best_case_value'])} "
            f"of cases, for {percent(row['not_recorded_value'])} record neither that it was done nor that it was not."
        )


def of_force(found: Found) -> Section:
    rows = [
        (question.label, found.findings.filter(question=question.question, stratum=FORCE))
        for question in found.sample.questionnaire.questions
    ]
    table = Table(
        "The force: share of cases in which each duty was met, with 95% intervals",
        ("Question", *SHARE_WORDS.values()),
        tuple(
            cells(label, *(say_share(one.row(0, named=True), share) for share in SHARE_WORDS))
            for label, one in rows
        ),
        "lrrrr",
        note="Strict counts what is not recorded as not met, best case as met: the truth lies between the two. "
        "Recorded compliance is met of met and not met, and speaks only of what was written down.",
    )
    counts = Table(
        "Answers of the crimes read",
        ("Question", *(ANSWER_WORDS[answer] for answer in ANSWERS), "Read"),
        tuple(cells(label, *(f"{one[answer][0]:,}" for answer in (*ANSWERS, "read"))) for label, one in rows),
        "lrrrrr",
        note="Counts of the sample are no shares of the force where groups were drawn at different rates.",
    )
    return Section("force", "The force", (table, counts))


def of_groups(found: Found) -> Section:
    blocks: list[Block] = []
    for question in found.sample.questionnaire.questions:
        lines = []
        for stratum in found.sample.strata:
            row = found.findings.filter(question=question.question, stratum=stratum.stratum).row(
                0, named=True
            )
            lines.append(
                cells(
                    stratum.label,
                    *(say_share(row, share) for share in SHARE_WORDS),
                    f"{row['read'] - row['not_applicable']:,}",
                )
            )
        blocks.append(Heading(question.short))
        blocks.append(
            Table(question.label, ("Group", *SHARE_WORDS.values(), "Cases"), tuple(lines), "lrrrrr")
        )
    note = "Groups have few cases each: where intervals overlap, one group must not be said to be better than another."
    return Section("groups", "By group", (Paragraph((Text(note),)), *blocks))


def of_reasons(found: Found) -> Section:
    totals = (
        found.reasons.filter(pl.col("answer") != "met")
        .group_by("question", "answer", "label", maintain_order=True)
        .agg(pl.col("crimes").sum())
        .sort("crimes", descending=True, maintain_order=True)
    )
    blocks: list[Block] = []
    for question, title in reason_heads(found):
        rows = tuple(
            cells(ANSWER_WORDS[answer], label or "No reason given", f"{crimes:,}")
            for _, answer, label, crimes in totals.filter(question=question).iter_rows()
        )
        if rows:
            blocks.append(Table(title, ("Answer", "Reason", "Crimes"), rows, "llr"))
    if not blocks:
        blocks.append(Paragraph((Text("No reasons have been given yet."),)))
    return Section("reasons", "Reasons", tuple(blocks))


def reason_heads(found: Found) -> list[tuple[str, str]]:
    questions = found.sample.questionnaire.questions
    return [*((one.question, one.short) for one in questions), ("", "Crimes out of scope")]


def of_change(found: Found) -> Section:
    if found.change is None or found.earlier is None:
        return Section("change", "Change since the audit before", ())
    labels = {one.question: one.short for one in found.sample.questionnaire.questions}
    rows = []
    for row in found.change.filter(stratum=FORCE).iter_rows(named=True):
        rows.append(
            cells(
                labels.get(row["question"], row["question"]),
                CHANGE_WORDS[row["change"]],
                say_points(row, "least"),
                say_points(row, "most"),
                say_points(row, "recorded"),
                say_points(row, "not_recorded"),
            )
        )
    table = Table(
        f"Change since crimes recorded {period_words(found.earlier)}, in percentage points",
        (
            "Question",
            "Compliance",
            "Least it can have been",
            "Most it can have been",
            "Recorded compliance",
            "Not recorded",
        ),
        tuple(rows),
        "llrrrr",
        note="Compliance rose or fell only where even the bounds say so. A change of recorded compliance alone may "
        "be a change of what is written down.",
    )
    return Section("change", "Change since the audit before", (table,))


def say_points(row: dict[str, object], name: str) -> str:
    value, lower, upper = (row[f"{name}_{part}"] for part in ("value", "lower", "upper"))
    if value is None:
        return NOTHING
    return f"{points(value)} ({points(lower)} to {points(upper)})"  # type: ignore[arg-type]


def of_readers(found: Found) -> Section:
    if not found.read_twice:
        return Section(
            "readers", "Two readers", (Paragraph((Text("No crime has been read by a second reader yet."),)),)
        )
    labels = {one.question: one.short for one in found.sample.questionnaire.questions} | {
        FORCE: "All questions"
    }
    rows = tuple(
        cells(labels[question], f"{one.read:,}", f"{one.agreed:,}", say_kappa(one))
        for question, one in found.agreements.items()
    )
    table = Table(
        "Agreement of two readers, before differences were settled",
        ("Question", "Answers by both", "Agreed", "Cohen’s kappa"),
        rows,
        "lrrr",
        note="Kappa is 1 where two agree throughout and 0 where they agree as often as chance would have it.",
    )
    twice = f"{counted(found.read_twice, 'crime')} {was(found.read_twice)} read by a second reader"
    words = f"{twice}, who did not see the first’s answers."
    return Section("readers", "Two readers", (Paragraph((Text(words),)), table))


def say_kappa(one: Agreement) -> str:
    if one.why:
        return f"{NOTHING}: {one.why}"
    value, lower, upper = one.kappa.floats()
    return f"{value:.2f} ({lower:.2f} to {upper:.2f})".replace("-", "−")


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
