"""What the desk's pages share: saving a form in words, and trailing what was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import may
from fourfold.web.audit.actions.changing import ChangedMeanwhileError, SavedAlreadyError
from fourfold.web.audit.models import Sample
from fourfold.web.trail.recording import record


def try_to_save(request: Any, form: Any, save: Callable[[], Any], saved: str, version: Any = None) -> bool:
    """Save, and say so; False where the form must be shown again, with what is wrong on it.

    `version` makes the version that stands now, for a form that is saved over what somebody else changed.
    """
    try:
        save()
    except SavedAlreadyError as error:
        messages.info(request, str(error))
        return True
    except ChangedMeanwhileError as error:
        form.changed = True
        form.try_again(error, version() if version is not None else None)
        return False
    except WrongUseError as error:
        form.try_again(error, version() if version is not None else None)
        return False
    messages.success(request, saved)
    return True


def show(request: Any, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Return a page of the desk; its parts stand above it as far as the person may open them."""
    return render(
        request, f"audit/{template}", {"reads_crimes": bool(may(request.user, "read_sampled")), **context}
    )


def trail(request: Any, act: str, subject: str, refs: list[str], **detail: Any) -> None:
    """Trail that something was shown or fetched."""
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=request.answer,
            subject_kind=subject,
            subject_refs=refs,
            why=request.why,
            detail=detail,
        )


def version_of(sample: Sample) -> Callable[[], int]:
    """Return a function that reads the version a sample has now."""
    return lambda: int(Sample.objects.values_list("version", flat=True).get(pk=sample.pk))
