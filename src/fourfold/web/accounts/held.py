"""What somebody sent after their session had ended: held for them, encrypted, a quarter of an hour.

Whose it is, is known by a signed cookie that was set while they were signed in. Files and passwords are never
held. Whoever signs in next in the same browser sees nothing of it unless they are that person.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.core import signing
from django.db import transaction
from django.http import RawPostDataException
from django.utils import timezone

from fourfold.web.accounts.models import HeldForm
from fourfold.web.accounts.sealing import cipher
from fourfold.web.trail.recording import record

HELD_FOR = timedelta(minutes=15)
MOST_HELD = 5
"""Forms held for one person at once; an older one gives way."""

COOKIE = "fourfold_person"
WAITING = "held_forms"
"""Where the session keeps which pages have a held form, so that no other page asks the database."""


@dataclass(frozen=True)
class Held:
    """One form: the page it stood on, where it was sent, what was typed."""

    page: str
    action: str
    typed: dict[str, list[str]]
    had_files: bool
    held_at: datetime


def person_cookie(person: Any) -> str:
    """Return what the cookie says of a person who is signed in."""
    return str(signing.dumps(person.pk, salt="held forms"))


def _person_of(request: Any) -> int | None:
    if request.user.is_authenticated:
        return int(request.user.pk)
    try:
        told: int = signing.loads(request.COOKIES.get(COOKIE, ""), salt="held forms", max_age=86_400)
    except signing.BadSignature:
        return None
    return told


def is_from_our_page(request: Any) -> bool:
    """Return whether a browser says that one of our own pages sent this: a stranger's page cannot say so."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return bool(told == "same-origin")
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(urlsplit(origin).netloc == request.get_host())


def page_of(request: Any) -> str:
    """Return the address of the page that a form stood on, as the browser tells it, else of what it was sent to."""
    told = urlsplit(request.headers.get("Referer", ""))
    if told.netloc == request.get_host() and told.path:
        return f"{told.path}?{told.query}" if told.query else str(told.path)
    return str(request.path)


@transaction.atomic
def hold(request: Any) -> HeldForm | None:
    """Hold what a POST sent, and return it; None where it is not known whose it is or nothing was typed."""
    person = _person_of(request)
    if request.method != "POST" or person is None or not is_from_our_page(request):
        return None
    try:
        typed = {name: values for name, values in request.POST.lists() if _may_be_held(name)}
    except RawPostDataException:
        return None
    if not typed:
        return None
    told = {"person": person, "page": page_of(request), "action": request.path, "typed": typed}
    sealed = cipher("held forms").encrypt(json.dumps(told | {"had_files": _brings_files(request)}).encode())
    forget_old()
    for older in HeldForm.objects.filter(person_id=person).order_by("-held_at", "-pk")[MOST_HELD - 1 :]:
        older.delete()
    kept: HeldForm = HeldForm.objects.create(person_id=person, held_at=timezone.now(), sealed=sealed)
    _tell("form_held", person, request)
    if request.user.is_authenticated:
        _await(request, kept)
    return kept


def _brings_files(request: Any) -> bool:
    """Return whether a form can have brought files: those of somebody not signed in are not even read."""
    return bool(request.content_type == "multipart/form-data")


def _may_be_held(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name.lower()


def _tell(act: str, person: int, request: Any) -> None:
    match = request.resolver_match
    by = request.user if request.user.is_authenticated else None
    page = match.view_name if match else ""
    record(act, by=by, subject_kind="user", subject_refs=[str(person)], detail={"page": page})


def opened(held: HeldForm) -> Held | None:
    """Return what is held, or None where it is too old, or was not sealed for this person with this home's key."""
    if timezone.now() - held.held_at > HELD_FOR:
        return None
    try:
        told = json.loads(cipher("held forms").decrypt(bytes(held.sealed)))
    except InvalidToken:
        return None
    if told["person"] != held.person_id:
        return None
    return Held(told["page"], told["action"], told["typed"], told["had_files"], held.held_at)


def forget_old() -> int:
    """Delete what has been held for its time; return how many forms that were."""
    gone, _ = HeldForm.objects.filter(held_at__lte=timezone.now() - HELD_FOR).delete()
    return int(gone)


def await_return(request: Any, person: Any) -> None:
    """Set down in a new session which pages of this person have something held."""
    for held in HeldForm.objects.filter(person=person).order_by("held_at", "pk"):
        _await(request, held)


def _await(request: Any, held: HeldForm) -> None:
    found = opened(held)
    if found is not None:
        waiting = request.session.get(WAITING, {})
        told = [held.pk, found.page, held.held_at.timestamp()]
        request.session[WAITING] = waiting | {urlsplit(found.page).path: told}


@transaction.atomic
def take_back(request: Any) -> Held | None:
    """Return what is held for this page and this person, and delete it; None where there is nothing."""
    waiting = dict(request.session.get(WAITING, {}))
    key, *_ = waiting.pop(request.path, (None,))
    if key is None:
        return None
    request.session[WAITING] = waiting
    held = HeldForm.objects.filter(pk=key, person_id=request.user.pk).first()
    if held is None:
        return None
    found = opened(held)
    held.delete()
    if found is not None:
        _tell("held_form_shown", request.user.pk, request)
    return found
