"""Staff text and whole papers in Markdown, turned into blocks."""

from __future__ import annotations

import pytest
from paper_examples import change, check_text, figure, names

from fourfold.home import WrongUseError
from fourfold.measures.figure import Figure, FigureName
from fourfold.products.board_paper.checks import CheckContext
from fourfold.products.board_paper.markdown import parse_markdown, parse_paper
from fourfold.products.document import (
    Bullets,
    FigureLink,
    Footnote,
    Heading,
    NoteMark,
    Notice,
    Paragraph,
    Table,
    Text,
    from_json,
    to_json,
)


def resolve(name: str) -> Figure | None:
    return {
        "fraud.reports[nfib_code=NFIB1D]@now": figure(name, 360.0),
        "fraud.reports.change@now~before": change(name),
    }.get(name)


def numbers(text: str, **options: object) -> list[int | None]:
    parsed = parse_markdown(text, resolve, **options)  # type: ignore[arg-type]
    return [block.number for block in parsed.blocks if isinstance(block, Paragraph)]


def test_a_figure_is_named_in_double_braces() -> None:
    parsed = parse_markdown("We had {{ fraud.reports[nfib_code=NFIB1D]@now }} reports.", resolve)
    assert parsed.blocks == (
        Paragraph(
            (Text("We had "), FigureLink("fraud.reports[nfib_code=NFIB1D]@now", "360"), Text(" reports.")), 1
        ),
    )
    assert [one.name for one in parsed.figures] == ["fraud.reports[nfib_code=NFIB1D]@now"]


def test_a_figure_may_print_its_interval_or_one_of_its_parts() -> None:
    parsed = parse_markdown(
        "{{fraud.reports.change@now~before}} ({{fraud.reports.change@now~before|interval}}), "
        "{{fraud.reports.change@now~before|before}} before",
        resolve,
    )
    words = [part.words for part in parsed.blocks[0].content if isinstance(part, FigureLink)]  # type: ignore[union-attr]
    assert words == ["+16.7%", "+14.2% to +19.2%", "13,331"]


def test_a_part_that_a_figure_does_not_have_is_unknown() -> None:
    parsed = parse_markdown("{{fraud.reports.change@now~before|half}}", resolve)
    assert parsed.unknown[0].hint == "fraud.reports.change@now~before| with one of: interval, now, before"


def test_an_unknown_name_is_kept_as_typed_with_the_nearest_name_as_a_hint() -> None:
    parsed = parse_markdown(
        "{{fraud.report@now}}", resolve, known_names=("fraud.reports@now", "crime.all@now")
    )
    assert [(one.name, one.hint) for one in parsed.unknown] == [("fraud.report@now", "fraud.reports@now")]
    assert parsed.blocks == (Paragraph((Text("{{fraud.report@now}}"),), 1),)


def test_a_resolver_that_refuses_a_name_makes_it_unknown() -> None:
    def strict(name: str) -> Figure | None:
        FigureName.parse(name)
        raise WrongUseError("never reached")

    assert parse_markdown("{{no name at all}}", strict).unknown[0].name == "no name at all"


def test_every_paragraph_is_numbered_where_nobody_typed_a_number() -> None:
    assert numbers("One.\n\nTwo.\n\n- a bullet\n\nThree.", first_number=30) == [30, 31, 32]
    assert parse_markdown("One.\n\nTwo.", resolve, 30).next_number == 32
    assert numbers("One.\n\nTwo.", number_paragraphs=False) == [None, None]


def test_typed_paragraph_numbers_are_numbers_and_are_counted_anew_in_staff_text() -> None:
    text = "13. First.\n14. Second\nruns on.\n\nA further part of it.\n\n15) Third."
    assert numbers(text, first_number=7) == [7, 8, None, 9]
    kept = [
        block.number
        for block in parse_paper(text, resolve).sections[0].blocks
        if isinstance(block, Paragraph)
    ]
    assert kept == [13, 14, None, 15]


def test_a_numbered_list_inside_a_paragraph_stays_a_list() -> None:
    paper = parse_paper(
        "4. The steps are:\n\n   1. ask\n   2. write\n\n5. Done.\n\nThe rest is:\n\n1. one\n2. two\n\n6. End.",
        resolve,
    )
    kinds = [type(block).__name__ for block in paper.sections[0].blocks]
    assert kinds == ["Paragraph", "Bullets", "Paragraph", "Paragraph", "Bullets", "Paragraph"]


def test_a_year_at_the_start_of_a_line_is_no_paragraph_number() -> None:
    assert numbers("The plan ran until\n2021. Then it ended.") == [1]


def test_headings_of_staff_text_settle_below_the_section() -> None:
    parsed = parse_markdown("### Calls\n\n#### Tries\n\nText.", resolve)
    assert [block for block in parsed.blocks if isinstance(block, Heading)] == [
        Heading("Calls", 2),
        Heading("Tries", 3),
    ]
    assert parsed.headings == ("Calls", "Tries")


def test_a_whole_paper_has_its_title_and_sections() -> None:
    paper = parse_paper(
        "# The paper\n\n## Fraud\n\nOne.\n\n### Losses\n\nTwo.\n\n## Fraud\n\nThree.", resolve
    )
    assert paper.title == "The paper"
    assert [(one.key, one.title) for one in paper.sections] == [("fraud", "Fraud"), ("fraud-1", "Fraud")]
    assert Heading("Losses", 2) in paper.sections[0].blocks
    assert from_json(to_json(paper)) == paper


def test_footnotes_are_gathered_with_their_figures_and_run_on_over_lines() -> None:
    parsed = parse_markdown(
        "A claim[^a].\n\n[^a]: As told in\n    {{fraud.reports[nfib_code=NFIB1D]@now}} reports,\nof all.\n[^b]: Other.\n\nNext.",
        resolve,
        note_prefix="fraud-",
    )
    assert parsed.blocks[0] == Paragraph((Text("A claim"), NoteMark("fraud-a"), Text(".")), 1)
    assert [note.key for note in parsed.footnotes] == ["fraud-a", "fraud-b"]
    assert parsed.footnotes[0] == Footnote(
        "fraud-a",
        (
            Text("As told in "),
            FigureLink("fraud.reports[nfib_code=NFIB1D]@now", "360"),
            Text(" reports, of all."),
        ),
    )
    assert len(parsed.blocks) == 2


def test_a_table_takes_its_caption_and_note_from_the_lines_around_it() -> None:
    parsed = parse_markdown(
        "Table: Reports\n\n| Code | Now |\n|---|---:|\n| NFIB1D | {{fraud.reports[nfib_code=NFIB1D]@now}} |\n\nNote: by code.",
        resolve,
    )
    assert parsed.blocks == (
        Table(
            "Reports",
            ("Code", "Now"),
            (((Text("NFIB1D"),), (FigureLink("fraud.reports[nfib_code=NFIB1D]@now", "360"),)),),
            "lr",
            note="Note: by code.",
        ),
    )


def test_emphasis_quotations_bullets_and_comments() -> None:
    parsed = parse_markdown(
        "Be **very** *sure*. <!-- draft -->\n\n> Take care.\n\n• one\n• two\n  - inner", resolve
    )
    assert parsed.blocks == (
        Paragraph((Text("Be "), Text("very ", strong=True), Text("sure", emphasis=True), Text(".")), 1),
        Notice("caution", (Text("Take care."),)),
        Bullets(((Text("one"),), (Text("two"),), (Text("inner"),))),
    )


def test_nothing_is_lost_that_stands_inside_a_bullet() -> None:
    parsed = parse_markdown("- before\n\n  | a | b |\n  |---|---|\n  | x | 1 |\n- after", resolve)
    assert [type(block).__name__ for block in parsed.blocks] == ["Bullets", "Table", "Bullets"]


def test_markup_of_the_web_is_text_and_not_markup() -> None:
    assert parse_markdown("a <b>bold</b> claim", resolve).blocks == (
        Paragraph((Text("a <b>bold</b> claim"),), 1),
    )


# Numbers typed by hand

WITH_A_FIGURE = "\n\nIn all {{fraud.reports@now}} reports were made.\n"


@pytest.mark.parametrize(
    "text",
    [
        "On 15 February 2021 (agenda item 5a) the board met; it meets again in March 2022.",
        "13. The first matter is in paragraph 12.",
        "Section 149 of the Equality Act 2010 and ss 6 to 11 of the 2024 Act apply.",
        "Victims aged 70 or over, under-18s and the 41 to 50 age band are asked.",
        "NFIB90, codes 3C and 52B, and outcome 16 are looked at.",
        "Call 101, or 999 in an emergency, or 0300 123 2040; forward texts to 7726.",
        "The 4P plan runs 24/7, from 9.30am to 14:00, under version 2.1.",
        "Victims hear within five working days, files go within 28 days, and 12 months later all are reviewed.",
        "The baseline is 2019/20, the year to March 2020.",
        "The 95% interval is given, and rates are per 1,000 residents.",
        "The target is 90%.",
        "Phase 2 begins in ward 3 on the M6, as table 6 shows.[^1]\n\n[^1]: See note 4.",
        "1. First.\n\n2. Second.",
        "Two officers and nineteen volunteers came.",
    ],
)
def test_dates_laws_ages_codes_and_the_like_are_no_typed_figures(text: str) -> None:
    assert names(check_text(text + WITH_A_FIGURE)) == []


@pytest.mark.parametrize(
    "typed",
    [
        "13,331 reports were made",
        "a loss of £4,599.00 was stated",
        "40 victims were called",
        "a rate of 4.6 per 1,000",
    ],
)
def test_a_typed_statistic_is_a_warning_in_a_paper_that_has_figures(typed: str) -> None:
    findings = check_text(f"In the week {typed}.{WITH_A_FIGURE}")
    assert [(finding.check, finding.severity, finding.paragraph) for finding in findings] == [
        ("typed_figure", "warning", 1)
    ]


def test_a_paper_without_figures_is_not_asked_for_them_unless_the_caller_wants_it() -> None:
    text = "In the week 13,331 reports were made."
    assert names(check_text(text)) == []
    assert names(check_text(text, CheckContext(typed_figures=True))) == ["typed_figure"]
    assert names(check_text(text + WITH_A_FIGURE, CheckContext(typed_figures=False))) == []
