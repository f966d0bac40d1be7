"""The list of audits, planning one, drawing it, and its page with its progress."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.home import WrongUseError
from fourfold.measures.period import Period
from fourfold.web.accounts.permission import may
from fourfold.web.audit import drawing
from fourfold.web.audit.actions import planning, signing
from fourfold.web.audit.actions.giving import count_of, give_out
from fourfold.web.audit.forms.lists import SampleFilterForm
from fourfold.web.audit.forms.planning import DrawForm, PlanForm, SizeForm, WhyForm
from fourfold.web.audit.listing import SAMPLE_ORDERS, samples
from fourfold.web.audit.models import Reading, Sample
from fourfold.web.audit.progress import progress_of
from fourfold.web.audit.questions import period_words, questionnaire_of, strata_of
from fourfold.web.audit.scope import HAVE_FINDINGS, runs_audits, seen_sample, visible_samples
from fourfold.web.audit.states import State, Step, can
from fourfold.web.audit.views.common import show, try_to_save, version_of
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

COLUMNS = (
    ("period", "Period"),
    ("", "Questionnaire"),
    ("force", "Force"),
    ("", "State"),
    ("", "Crimes"),
    ("", "Findings"),
)


@require_safe
def audits(request: Any) -> HttpResponse:
    """List audits: all for whoever runs them, those whose findings are approved for everybody else."""
    visible = visible_samples(request.user)
    keys = list(visible.order_by("key", "title").values_list("key", "title").distinct())
    form = SampleFilterForm(request.GET, keys=list(dict(keys).items()))
    sort = chosen_sort(request.GET, SAMPLE_ORDERS, "-period")
    listed = Page([])
    if form.is_valid():
        found = samples(visible, form.cleaned_data)
        listed = keyset_page(found, SAMPLE_ORDERS[sort], request.GET.get("page", ""), among=visible)
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": [_line(one) for one in listed.rows],
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "may_run": runs_audits(request.user),
        "may_read": bool(may(request.user, "read_sampled")),
        "query": address(request.GET, page=None),
    }
    return show(request, "list.html", context)


def _line(sample: Sample) -> dict[str, Any]:
    return {
        "pk": sample.pk,
        "period": period_words(sample),
        "title": sample.title,
        "force": drawing.force_words(sample.force),
        "state": State(sample.state),
        "size": sample.size if sample.drawn_at else None,
        "has_findings": sample.state in HAVE_FINDINGS,
        "is_planned": sample.state == State.PLANNED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Any) -> HttpResponse:
    """Choose what is audited; the frame is taken from the lake and shown on the next page."""
    asked = [(one.key, one.title) for one in drawing.standing_questionnaires()]
    forces, quarters = drawing.forces(), drawing.quarters()
    form = PlanForm(
        request.POST or None,
        questionnaires=asked,
        forces=forces,
        quarters=quarters,
        initial={"force": settings.HOME.settings.get("force", ""), "questionnaire": asked[0][0]},
    )
    if request.method == "POST" and form.is_valid():
        told, made = form.cleaned_data, []

        def save() -> None:
            frame = drawing.open_frame(told["questionnaire"], told["force"], Period.parse(told["quarter"]))
            made.append(planning.plan(frame=frame, by=request.user, form_key=told["form_key"]))

        if try_to_save(request, form, save, "The audit is planned. Nothing is drawn yet."):
            return redirect("audit:draw", made[0].pk) if made else redirect("audit:list")
    return show(request, "plan.html", {"form": form, "quarters": quarters})


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Any, key: int) -> HttpResponse:
    """Show what is drawn from and what each way of sharing out would give, then draw."""
    sample = seen_sample(request, key)
    if sample.state != State.PLANNED:
        return redirect("audit:sample", sample.pk)
    size_form = SizeForm(request.GET if "size" in request.GET else {"size": str(sample.size)})
    size = size_form.cleaned_data["size"] if size_form.is_valid() else int(sample.size or 1)
    shared = drawing.ways(sample, size)
    usable = [(one.allocation, one.label) for one in shared if not one.fault]
    form = DrawForm(
        request.POST or None,
        allocations=usable,
        version=sample.version,
        initial={"allocation": usable[0][0] if usable else ""},
    )
    if request.method == "POST" and form.is_valid() and size_form.is_valid():
        answer = _try_to_draw(request, sample, form, size)
        if answer is not None:
            return answer
    earlier = drawing.earlier_of(sample)
    context = {
        "sample": sample,
        "form": form,
        "size_form": size_form,
        "size": size,
        "shared": shared,
        "period": period_words(sample),
        "force": drawing.force_words(sample.force),
        "strata": strata_of(sample),
        "frame": sample.frame,
        "population": sum(drawing.populations(sample)),
        "second_share": round(sample.second_share * 100),
        "earlier": period_words(earlier) if earlier and earlier.findings else "",
        "before": _drawn_before(sample),
    }
    return show(request, "draw.html", context)


def _try_to_draw(request: Any, sample: Sample, form: DrawForm, size: int) -> HttpResponse | None:
    told = {"allocation": form.cleaned_data["allocation"], "size": size, **form.common}
    changed: list[str] = []

    def save() -> None:
        try:
            planning.draw(sample=sample.pk, by=request.user, **told)
        except planning.FrameChangedError as error:
            changed.append(str(error))
            raise

    done = try_to_save(request, form, save, "The sample is drawn.", version_of(sample))
    if changed:
        planning.look_again(sample=sample.pk, by=request.user)
        messages.error(request, changed[0])
        return redirect("audit:draw", sample.pk)
    stands = Sample.objects.values_list("state", flat=True).get(pk=sample.pk)
    if not done and stands != State.PLANNED:
        words = "Somebody else has drawn or withdrawn this audit meanwhile. This is how it stands."
        messages.error(request, words)
    return redirect("audit:sample", sample.pk) if done or stands != State.PLANNED else None


def _drawn_before(sample: Sample) -> int:
    """Return how many samples of the same quarter were drawn and withdrawn."""
    alike = Sample.objects.filter(force=sample.force, key=sample.key, first_day=sample.first_day)
    return int(alike.filter(state=State.WITHDRAWN, drawn_at__isnull=False).count())


@require_safe
def sample_page(request: Any, key: int) -> HttpResponse:
    """Show one audit: what was drawn, how far it has been read, what happened."""
    sample = seen_sample(request, key)
    if sample.state == State.PLANNED:
        return redirect("audit:draw", sample.pk)
    asked = questionnaire_of(sample)
    context = {
        "sample": sample,
        "state": State(sample.state),
        "period": period_words(sample),
        "force": drawing.force_words(sample.force),
        "asked": asked,
        "allocation": dict(drawing.allocations()).get(sample.allocation, sample.allocation),
        "progress": progress_of(sample, request.user.pk) if sample.drawn_at else None,
        "mine": mine_left(sample, request.user),
        "may_sign": _may_sign(request, sample),
        "can": {step.value: can(step, sample.state) for step in Step},
        "has_findings": sample.state in HAVE_FINDINGS,
        "events": sample.events.select_related("by"),
        "before": _drawn_before(sample),
    }
    return show(request, "sample.html", context)


def mine_left(sample: Sample, person: Any) -> int:
    """Return how many crimes of a sample a person still has to read."""
    return int(Reading.objects.filter(crime__sample=sample, reader=person, in_at=None).count())


def _may_sign(request: Any, sample: Sample) -> bool:
    answer = may(request.user, "approve")
    return answer.scope in signing.SIGNS and request.user.pk != sample.drawn_by_id


@require_POST
def give_at_once(request: Any, key: int) -> HttpResponse:
    """Give every crime that nobody has to readers, evenly."""
    sample = seen_sample(request, key)
    try:
        found = give_out(sample=sample.pk, by=request.user)
    except WrongUseError as error:
        messages.error(request, str(error))
        return redirect("audit:sample", sample.pk)
    messages.success(request, f"{count_of(found.given, 'reading')} given out.")
    if found.without:
        messages.error(
            request,
            f"{count_of(found.without, 'reading')} could not be given: nobody is left who may read those crimes.",
        )
    return redirect("audit:sample", sample.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Any, key: int) -> HttpResponse:
    """Withdraw a sample, with the reason."""
    sample = seen_sample(request, key)
    if not can(Step.WITHDRAW, sample.state):
        messages.error(request, "This sample can no longer be withdrawn.")
        return redirect("audit:sample", sample.pk)
    form = WhyForm(request.POST or None, version=sample.version)
    if request.method == "POST" and form.is_valid():
        done = try_to_save(
            request,
            form,
            lambda: signing.withdraw(
                sample=sample.pk, why=form.cleaned_data["why"], by=request.user, **form.common
            ),
            "The sample is withdrawn. It stays on the list.",
            version_of(sample),
        )
        if done:
            return redirect("audit:sample", sample.pk)
    context = {"sample": sample, "form": form, "period": period_words(sample)}
    return show(request, "withdraw.html", context)
