"""What the worker does for papers: build one, or make one again and compare."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_tasks import task

from fourfold.home import FourfoldError, WrongUseError
from fourfold.measures.period import Period
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.paper import compose, made_from, rebuild
from fourfold.products.document import Document, to_json
from fourfold.web.papers.keeping import PAGE, keep_forms, read_form
from fourfold.web.papers.models import Paper, Run, RunKind, Stage, State
from fourfold.web.papers.states import check_can
from fourfold.web.papers.work_steps import STEPS
from fourfold.web.papers.writing import text_by_section
from fourfold.web.trail.recording import record


@task()
def carry_out_run(run_key: int) -> None:
    """Carry one piece of work out; how it ended stands in its row, whatever happens."""
    run = begin(run_key)
    if run is None:
        return
    what, step = (
        "Something went wrong that Fourfold did not expect.",
        "Ask the administrator to read the log.",
    )
    stage = Stage.FAILED
    try:
        what, step = build(run) if run.kind == RunKind.BUILD else verify(run)
        stage = Stage.DONE
    except FourfoldError as error:
        what, step = error.what, error.next_step
    finally:
        end(run, stage, what, step)


def begin(run_key: int) -> Run | None:
    """Mark a waiting run as under way; return None where another worker has it, or it was given up."""
    with transaction.atomic():
        run: Run | None = Run.objects.select_for_update().filter(pk=run_key, stage=Stage.WAITING).first()
        if run is not None:
            run.stage, run.seen_at = Stage.RUNNING, timezone.now()
            run.save(update_fields=["stage", "seen_at"])
    return run


def at_step(run: Run, step: int) -> None:
    """Tell how far the work has come."""
    run.step, run.words, run.seen_at = step, STEPS[RunKind(run.kind)][step - 1], timezone.now()
    Run.objects.filter(pk=run.pk).update(step=run.step, words=run.words, seen_at=run.seen_at)


def end(run: Run, stage: str, what: str, next_step: str) -> None:
    """Write down how the work ended."""
    Run.objects.filter(pk=run.pk, stage=Stage.RUNNING).update(
        stage=stage, what=what, next_step=next_step, ended_at=timezone.now(), seen_at=timezone.now()
    )


def build(run: Run) -> tuple[str, str]:
    """Build the paper from the text and the data that stand now; return what to tell people."""
    home, paper = settings.HOME, Paper.objects.get(pk=run.paper_id)
    check_can("build", paper)
    at_step(run, 1)
    texts = text_by_section(paper)
    opened = open_figures(home, Period.month(paper.to).end)
    source = made_from(home, opened, paper.force, paper.to, texts)
    at_step(run, 2)
    document = compose(opened, source)
    forms = forms_of(run, document)
    at_step(run, 6)
    number = paper.runs.filter(kind=RunKind.BUILD, pk__lte=run.pk).count()
    hashes = keep_forms(paper, number, forms)
    told: tuple[str, str] = keep(run, document, number, hashes, texts)
    return told


def forms_of(run: Run, document: Document) -> dict[str, bytes]:
    """Return every form of a paper; each chart is drawn once for all of them."""
    from fourfold.products.render import RENDERERS
    from fourfold.products.render.page import render_page
    from fourfold.products.render.pictures import Pictures

    def href(name: str) -> str:
        return f"{reverse('papers:figure')}?{urlencode({'paper': run.paper_id, 'name': name})}"

    pictures = Pictures()
    at_step(run, 3)
    forms = {
        "json": to_json(document).encode("utf-8"),
        PAGE: render_page(document, href, pictures).encode("utf-8"),
        "html": RENDERERS["html"](document, pictures),
    }
    for step, form in ((4, "pdf"), (5, "docx")):
        at_step(run, step)
        forms[form] = RENDERERS[form](document, pictures)
    return forms


@transaction.atomic
def keep(
    run: Run, document: Document, number: int, hashes: dict[str, str], texts: dict[str, str]
) -> tuple[str, str]:
    """Make a build the one that stands, unless the text was changed while it was made."""
    paper = Paper.objects.select_for_update().get(pk=run.paper_id)
    if not Run.objects.filter(pk=run.pk, stage=Stage.RUNNING).exists():
        raise WrongUseError("The work took so long that it was given up.", "Build the paper again.")
    after = check_can("build", paper)
    has_changed = text_by_section(paper) != texts
    now = timezone.now()
    paper.state, paper.changed_at = (State.DRAFT if has_changed else after), now
    paper.built_by, paper.built_at, paper.build, paper.hashes = run.asked_by, now, number, hashes
    paper.manifest, paper.marking = document.made_from.manifest, document.marking
    paper.made_up, paper.verified_at = document.made_from.made_up, None
    paper.findings = [list(one) for one in document.findings]
    paper.errors = sum(one[0] == "error" for one in document.findings)
    paper.warnings = len(document.findings) - paper.errors
    paper.save()
    record(
        "paper_built",
        by=run.asked_by,
        subject_kind="paper",
        subject_refs=[str(paper.pk)],
        detail={"sha256": hashes["json"], "manifest": paper.manifest, "errors": paper.errors,
                "warnings": paper.warnings},
    )  # fmt: skip
    if has_changed:
        return "The text was changed while the paper was being built.", "Build it again."
    return "The paper is built.", ""


def verify(run: Run) -> tuple[str, str]:
    """Make the paper again from what it recorded and compare the bytes; raises WrongUseError where they differ."""
    paper = Paper.objects.get(pk=run.paper_id)
    content, build_number = read_form(paper, "json"), paper.build
    at_step(run, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board-paper.json"
        path.write_bytes(content)
        again = rebuild(settings.HOME, path)
    at_step(run, 2)
    if not again.same:
        raise WrongUseError(
            f"Made again, the paper differs in {len(again.differences):,} lines.",
            "Do not use it. Tell the administrator, and build a new version.",
        )
    with transaction.atomic():
        Paper.objects.filter(pk=paper.pk, build=build_number).update(verified_at=timezone.now())
        record(
            "paper_verified",
            by=run.asked_by,
            subject_kind="paper",
            subject_refs=[str(paper.pk)],
            detail={"sha256": paper.hashes["json"]},
        )
    return "Made again from what it recorded, the paper is the same, byte for byte.", ""
