"""What is compared: this audit with the one before, and two readers with each other."""

from __future__ import annotations

from fourfold.measures.audit import FORCE
from fourfold.measures.audit_found import Found
from fourfold.products.audit_pack.shapes import NOTHING, between, cells, counted, period_words, points, was
from fourfold.products.document import Paragraph, Section, Table, Text
from fourfold.statistics.agreement import Agreement

CHANGE_WORDS = {"rose": "Rose", "fell": "Fell", "cannot_tell": "Cannot tell"}


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
        "llllll",
        note="Compliance rose or fell only where even the bounds say so. A change of recorded compliance alone may "
        "be a change of what is written down.",
    )
    return Section("change", "Change since the audit before", (table,))


def say_points(row: dict[str, object], name: str) -> str:
    value, lower, upper = (row[f"{name}_{part}"] for part in ("value", "lower", "upper"))
    if value is None:
        return NOTHING
    return f"{points(value)} ({between(points(lower), points(upper))})"  # type: ignore[arg-type]


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
    return f"{value:.2f} ({between(f'{lower:.2f}', f'{upper:.2f}')})".replace("-", "−")
