"""How a sample was drawn, so that anybody can draw it again."""

from __future__ import annotations

from fourfold.measures.audit import FORCE
from fourfold.measures.audit_found import Found
from fourfold.products.audit_pack.shapes import ALLOCATION_WORDS, About, cells, percent, period_words
from fourfold.products.document import Block, Paragraph, Section, Table, Text
from fourfold.rules.questionnaires import OUT_OF_SCOPE


def design(found: Found, about: About) -> Section:
    """Return the section that says how the sample was drawn."""
    sample = found.sample
    facts = (
        ("Sample", sample.sample_ref),
        ("Questionnaire", f"{sample.questionnaire.key}, version {sample.questionnaire.version}"),
        ("Crimes recorded", period_words(sample)),
        ("Allocation", ALLOCATION_WORDS.get(sample.allocation, sample.allocation)),
        ("Seed", str(sample.seed)),
        ("Hash of the frame (SHA-256)", sample.frame_hash),
        ("Data version (manifest)", sample.manifest),
    )
    blocks: list[Block] = [
        Paragraph(
            (
                Text(
                    "Each crime stands in one group, the first that fits, and was drawn at random without replacement "
                    "within it. A crime out of scope was replaced by the next in the order drawn."
                ),
            )
        ),
        Table("The draw", ("What", "Which"), tuple(cells(term, words) for term, words in facts)),
        strata_table(found),
    ]
    if about.overlap:
        labels = {one.stratum: one.label for one in sample.strata}
        rows = tuple(
            cells(labels.get(stratum, stratum), labels.get(also, also), f"{n:,}")
            for stratum, also, n in about.overlap
        )
        blocks.append(
            Table("Crimes that belong to more than one group", ("Counted in", "Also", "Crimes"), rows, "llr")
        )
    return Section("design", "How the sample was drawn", tuple(blocks))


def strata_table(found: Found) -> Table:
    rows = []
    for stratum in found.sample.strata:
        row = found.findings.filter(stratum=stratum.stratum).row(0, named=True)
        chance = stratum.drawn / stratum.population if stratum.population else None
        in_scope = row["population_in_scope"]
        rows.append(
            cells(
                stratum.label,
                f"{stratum.population:,}",
                f"{stratum.drawn:,}",
                "none" if chance is None else percent(chance),
                f"{row[OUT_OF_SCOPE]:,}",
                "not known yet" if in_scope is None else f"{in_scope:,.0f}",
            )
        )
    whole = found.findings.filter(stratum=FORCE).row(0, named=True)
    total = whole["population_in_scope"]
    rows.append(
        cells(
            "All groups",
            f"{whole['population']:,}",
            f"{whole['drawn']:,}",
            "",
            f"{whole[OUT_OF_SCOPE]:,}",
            "not known yet" if total is None else f"{total:,.0f}",
        )
    )
    header = (
        "Group",
        "In the frame",
        "Drawn",
        "Chance of being drawn",
        "Out of scope",
        "In scope (estimate)",
    )
    return Table("Groups and chances", header, tuple(rows), "lrrrrr")
