"""The shares that were found, of the force and of each group, with the counts and reasons behind them."""

from __future__ import annotations

import polars as pl

from fourfold.measures.audit import FORCE
from fourfold.measures.audit_found import Found
from fourfold.products.audit_pack.shapes import ANSWER_WORDS, SHARE_WORDS, cells, say_share
from fourfold.products.document import Block, Heading, Paragraph, Section, Table, Text
from fourfold.rules.questionnaires import ANSWERS


def of_force(found: Found) -> Section:
    rows = [
        (question, found.findings.filter(question=question.question, stratum=FORCE))
        for question in found.sample.questionnaire.questions
    ]
    table = Table(
        "The force: share of cases in which each duty was met, with 95% intervals",
        ("Question", *SHARE_WORDS.values()),
        tuple(
            cells(question.short, *(say_share(one.row(0, named=True), share) for share in SHARE_WORDS))
            for question, one in rows
        ),
        "lllll",
        note="Strict counts what is not recorded as not met, best case as met: the truth lies between the two. "
        "Recorded compliance is met of met and not met, and speaks only of what was written down.",
    )
    counts = Table(
        "Answers of the crimes read",
        ("Question", *(ANSWER_WORDS[answer] for answer in ANSWERS), "Read"),
        tuple(
            cells(question.label, *(f"{one[answer][0]:,}" for answer in (*ANSWERS, "read")))
            for question, one in rows
        ),
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
            Table(question.label, ("Group", *SHARE_WORDS.values(), "Cases"), tuple(lines), "lllllr")
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
