"""What the audit of the Victims' Code found: each question between its bounds (source paper, 49 and 50)."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.measures.coverage import as_date
from fourfold.measures.figure import FigureName
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.document import Block, Heading, Inlines, Table, Text
from fourfold.rules.questionnaires import questionnaires

TITLE = "What the audit found"
NONE = """
No findings of an audit of a period in the {now} are worked out, so this paper has none. That is no finding that the
Code was kept, or that it was not.
"""
FOUND = """
{title}, {period}: {{{{audit.drawn[{slice}]@{at}}}}} crimes were drawn at random in the groups of the audit. The
shares below are estimates for all crimes in scope of that period. Behind each stands its interval for the draw at
95%; strict and best case are bounds for what is not recorded, and no draw however large would bring those two closer.
"""
SHARES = (
    ("recorded", "Of those recorded, met"),
    ("strict", "Strict"),
    ("best", "Best case"),
    ("not_recorded", "Not recorded"),
)


@dataclass(frozen=True)
class Audited:
    """One sample: its questionnaire, the months it was drawn from, and the questions that were read."""

    sample_ref: str
    questionnaire: str
    period: Period
    questions: tuple[str, ...]


def findings(paper: PaperContext) -> tuple[Block, ...]:
    """Return what the newest sample of each questionnaire in the year to the paper's month found."""
    samples = newest_samples(paper)
    if not samples:
        words = NONE.replace("{now}", paper.now.words)
        return (Heading(TITLE), *paper.write("legal-audit", words))
    blocks: list[Block] = [Heading(TITLE)]
    for sample in samples:
        blocks += told(paper, sample)
    return tuple(blocks)


def newest_samples(paper: PaperContext) -> list[Audited]:
    """Return the newest sample of each questionnaire whose months lie in the paper's year, in the order of policy."""
    measure = REGISTRY["audit.strict"]
    if not paper.is_loaded(measure.name):
        return []
    columns = ["force", "sample_ref", "questionnaire", "period_from", "period_to", "question"]
    rows = paper.figures.counts.view(measure).select(columns).unique().collect()
    found: dict[str, list[tuple[Period, str, str]]] = {}
    for row in rows.iter_rows(named=True):
        first, last = (as_date(row[name]).replace(day=1) for name in ("period_from", "period_to"))
        if row["force"] == paper.force and paper.now.first <= first and last <= paper.now.last:
            told = (Period(first, last), str(row["sample_ref"]), str(row["question"]))
            found.setdefault(str(row["questionnaire"]), []).append(told)
    known = [one.key for one in questionnaires(paper.now.end, paper.figures.rules.policy)]
    keys = sorted(found, key=lambda key: (known.index(key) if key in known else len(known), key))
    return [newest(key, found[key]) for key in keys]


def newest(questionnaire: str, rows: list[tuple[Period, str, str]]) -> Audited:
    """Return the sample that ends last, and of those the one whose reference comes last."""
    period, ref = max(((period.last, period.first), ref) for period, ref, _ in rows)
    questions = sorted({question for _, sample, question in rows if sample == ref})
    return Audited(ref, questionnaire, Period(period[1], period[0]), tuple(questions))


def told(paper: PaperContext, sample: Audited) -> tuple[Block, ...]:
    title, labels = words_of(paper, sample)
    # The questions stand in the order in which they are asked; one that is asked no more comes last.
    places = {question: place for place, question in enumerate(labels)}
    questions = sorted(sample.questions, key=lambda one: (places.get(one, len(places)), one))
    named = {question: name_of(paper, sample, question) for question in questions}
    inside = ",".join(f'{key}="{value}"' for key, value in named[questions[0]].slice)
    text = FOUND.format(title=title, period=sample.period.words, slice=inside, at=sample.period)
    rows: list[tuple[Inlines, ...]] = []
    for question, name in named.items():
        shares = (paper.cell(name.of(f"audit.{share}"), with_interval=True) for share, _ in SHARES)
        label = labels.get(question, question.replace("_", " "))
        rows.append(((Text(label),), paper.cell(name.of("audit.read")), *shares))
    header = ("Question", "Read", *(words for _, words in SHARES))
    caption = f"{title}: findings for {sample.period.words}"
    return (
        *paper.write(f"legal-audit-{sample.questionnaire}", text),
        Table(caption, header, tuple(rows), "lrrrrr", key=f"audit-{sample.questionnaire}"),
    )


def name_of(paper: PaperContext, sample: Audited, question: str) -> FigureName:
    base = FigureName("audit.drawn", sample.period).with_slice(force=paper.force, question=question)
    return base.with_slice(stratum="all", sample_ref=sample.sample_ref)


def words_of(paper: PaperContext, sample: Audited) -> tuple[str, dict[str, str]]:
    """Return the questionnaire's title and the questions in words, as policy has them on the period's last day."""
    known = questionnaires(sample.period.end, paper.figures.rules.policy)
    found = next((one for one in known if one.key == sample.questionnaire), None)
    if found is None:
        return sample.questionnaire.replace("_", " ").capitalize(), {}
    return found.title, {question.question: question.short for question in found.questions}
