"""The first section of the findings: what was read, what must not be overlooked, and each finding in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.measures.audit import FORCE
from fourfold.measures.audit_found import Found
from fourfold.products.audit_pack.shapes import About, counted, percent, say_share, was
from fourfold.products.document import Block, Notice, Paragraph, Section, Text
from fourfold.rules.questionnaires import OUT_OF_SCOPE


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


def sentences(found: Found) -> Iterator[str]:
    """Say each question's finding for the force in a sentence or two."""
    for question in found.sample.questionnaire.questions:
        row = found.findings.filter(question=question.question, stratum=FORCE).row(0, named=True)
        if row["strict_value"] is None:
            yield f"{question.short}: nothing can be said yet."
            continue
        span = f"{percent(row['strict_lower'])} to {percent(row['best_case_upper'])} allowing for the sample"
        yield (
            f"{question.short}: met in between {percent(row['strict_value'])} and "
            f"{percent(row['best_case_value'])} of cases ({span}). In {say_share(row, 'not_recorded')} the "
            "record does not say."
        )
