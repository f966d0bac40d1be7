"""Pages of what was handed in: the list, the upload, and one hand-over with its progress and account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.pipeline.batches import titles
from fourfold.web.intake import handing_in
from fourfold.web.intake.forms import MOST_FILES, HandOverFilterForm, UploadForm
from fourfold.web.intake.models import FileAccount, HandedFile, HandOver
from fourfold.web.intake.storing import watched
from fourfold.web.intake.uploading import MEGABYTE, is_too_large
from fourfold.web.ui.fields import whole_number
from fourfold.web.ui.keyset import keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

COLUMNS = (
    ("made", "Handed in"),
    ("", "Files"),
    ("", "By"),
    ("", "How it came"),
    ("", "State"),
    ("", "Rows accepted"),
    ("", "Set aside"),
)
ORDERS = {"made": ["made_at", "id"], "-made": ["-made_at", "-id"]}
COUNTS = ("received", "accepted", "quarantined", "unchanged")


def _chosen(form: HandOverFilterForm) -> QuerySet[HandOver]:
    found = HandOver.objects.select_related("by").prefetch_related("files")
    if not form.is_valid():
        return found.none()
    asked = form.cleaned_data
    if asked["q"]:
        found = found.filter(
            pk__in=HandedFile.objects.filter(name__icontains=asked["q"]).values("hand_over_id")
        )
    for name in ("state", "kind"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    return found


@require_safe
def hand_overs(request: Any) -> HttpResponse:
    """List hand-overs, newest first."""
    form = HandOverFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, "-made")
    listed = keyset_page(_chosen(form), ORDERS[sort], request.GET.get("page", ""))
    counts = _counts(listed.rows)
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": [(one, list(one.files.all()), counts.get(one.pk, {})) for one in listed.rows],
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "may_change": request.answer.scope == "yes",
        "watch_folder": watched(settings.HOME) is not None,
    }
    return render(request, "intake/hand_overs.html", context)


def _counts(shown: list[HandOver]) -> dict[int, dict[str, int]]:
    told = (
        FileAccount.objects.filter(hand_over__in=shown)
        .order_by()
        .values("hand_over_id")
        .annotate(accepted=Sum("accepted"), quarantined=Sum("quarantined"))
    )
    return {row["hand_over_id"]: row for row in told}


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Any) -> HttpResponse:
    """Hand in files."""
    most = settings.UPLOAD_LARGEST_BYTES // MEGABYTE
    too_large = request.method == "POST" and is_too_large(request)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if too_large:
            brought = int(request.META["CONTENT_LENGTH"]) // MEGABYTE
            form.errors.pop("files", None)
            form.add_error(
                "files",
                f"The files hold {brought:,} megabytes together, and the most at once is {most:,}. "
                "Hand them in in parts.",
            )
        elif form.is_valid():
            made = handing_in.hand_in(
                uploads=form.cleaned_data["files"],
                token=form.cleaned_data["token"],
                by=request.user,
                answer=request.answer,
                force=form.cleaned_data["force"],
            )
            return redirect("intake:hand_over", made.pk)
    else:
        form = UploadForm(initial={"token": handing_in.new_token()})
    context = {
        "form": form,
        "most": most,
        "most_files": MOST_FILES,
        "own_force": settings.HOME.settings.get("force", ""),
    }
    return render(request, "intake/upload.html", context, status=413 if too_large else 200)


@require_safe
def hand_over(request: Any, key: int) -> HttpResponse:
    """Show one hand-over: its progress while it is read, and what became of every file."""
    return _hand_over_page(request, key)


def _hand_over_page(request: Any, key: int, fault: str = "", status: int = 200) -> HttpResponse:
    shown = get_object_or_404(HandOver.objects.select_related("by"), pk=key)
    accounts = FileAccount.objects.filter(hand_over=shown)
    listed = keyset_page(accounts.exclude(refused__gt=""), ["id"], request.GET.get("page", ""))
    by_source = (
        accounts.filter(refused="")
        .order_by("source")
        .values("source")
        .annotate(files=Count("id"), **{name: Sum(name) for name in COUNTS})
    )
    may_change = request.answer.scope == "yes"
    context = {
        "shown": shown,
        "files": list(shown.files.all()),
        "refused": accounts.filter(refused__gt="")[:200],
        "refused_count": accounts.filter(refused__gt="").count(),
        "listed": listed,
        "by_source": list(by_source),
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "may_change": may_change,
        "may_read_again": may_change and handing_in.may_read_again(shown),
        "may_discard": may_change and handing_in.may_discard(shown),
        "fault": fault,
        "titles": titles() | {"corrections": "Corrected rows"},
    }
    return render(request, "intake/hand_over.html", context, status=status)


@require_http_methods(["POST"])
def read_again(request: Any, key: int) -> HttpResponse:
    """Have the refused files read once more."""
    return _change(request, key, handing_in.read_again)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: Any, key: int) -> HttpResponse:
    """Ask, then delete the refused files."""
    shown = get_object_or_404(HandOver, pk=key)
    if request.method == "POST":
        return _change(request, key, handing_in.discard)
    return render(request, "intake/discard.html", {"shown": shown})


def _change(request: Any, key: int, act: Any) -> HttpResponse:
    get_object_or_404(HandOver, pk=key)
    told = whole_number(request.POST.get("version", ""))
    try:
        act(
            key=key,
            version=-1 if told is None else told,
            by=request.user,
            answer=request.answer,
        )
    except WrongUseError as error:
        return _hand_over_page(request, key, fault=str(error), status=409)
    return redirect("intake:hand_over", key)
