"""From what was raised to the problem that is answered; what was sent is never repeated."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from fourfold.home import CouldNotRunError, FourfoldError
from fourfold.web.accounts.permission import NotAllowedError, standing_matrix
from fourfold.web.api.problems import PLAIN, Fault, ProblemError, problem
from fourfold.web.trail.recording import record
from fourfold.web.ui.logs import told_of

log = logging.getLogger("fourfold.web.api")


def lay_handlers(api: NinjaAPI) -> None:
    """Have every exception that an operation raises answered with a problem."""
    answers: tuple[tuple[type[Exception], Any], ...] = (
        (ProblemError, _of_problem),
        (AuthenticationError, _of_no_token),
        (NotAllowedError, _of_refusal),
        (Http404, _of_missing),
        (ValidationError, _of_faults),
        (HttpError, _of_status),
        (FourfoldError, _of_fourfold),
        (RequestDataTooBig, _of_size),
        (SuspiciousOperation, _of_suspicion),
        (Exception, _of_fault_of_ours),
    )
    for kind, handler in answers:
        api.add_exception_handler(kind, handler)


def _of_problem(request: Any, error: ProblemError) -> HttpResponse:
    if error.slug in ("scope-missing", "reason-needed"):
        _tell_denied(request, request.answer.act, error.slug)
    return problem(error.slug, error.detail, error.faults, error.headers)


def _of_no_token(request: Any, error: AuthenticationError) -> HttpResponse:
    return problem(
        "no-token",
        "Send a token in the header Authorization, as Bearer and the token's text.",
        headers={"WWW-Authenticate": 'Bearer realm="Fourfold"'},
    )


def _of_refusal(request: Any, error: NotAllowedError) -> HttpResponse:
    _tell_denied(request, error.answer.act, "not-allowed")
    if error.is_hidden:
        return not_found()
    words = standing_matrix().act(error.answer.act).words
    return problem("not-allowed", f"Your roles do not allow this: {words.lower()}.")


def _tell_denied(request: Any, act: str, because: str) -> None:
    match = request.resolver_match
    with transaction.atomic():
        record(
            "access_denied",
            by=request.user,
            subject_kind="page",
            subject_refs=[str(value)[:120] for value in match.kwargs.values()],
            detail={
                "page": match.view_name,
                "act": act,
                "method": request.method,
                "because": because,
                "token": request.token.pk,
            },
        )


def not_found(detail: str = "") -> HttpResponse:
    """Return the problem of what is not there, or must not be known to be."""
    return problem(
        "not-found", detail or "There is nothing at this address. /api/openapi.json lists what is."
    )


def _of_missing(request: Any, error: Http404) -> HttpResponse:
    return not_found()


def _of_faults(request: Any, error: ValidationError) -> HttpResponse:
    faults = [Fault(".".join(str(part) for part in one["loc"]), str(one["msg"])) for one in error.errors]
    return problem("not-valid", "Put right what errors lists, then send it again.", faults)


def _of_status(request: Any, error: HttpError) -> HttpResponse:
    slug = PLAIN.get(error.status_code, "bad-request")  # type: ignore[call-overload]
    return problem(slug, str(error))


def _of_fourfold(request: Any, error: FourfoldError) -> HttpResponse:
    return problem("not-available" if isinstance(error, CouldNotRunError) else "not-valid", str(error))


def _of_size(request: Any, error: RequestDataTooBig) -> HttpResponse:
    return problem("too-large", "A request may hold 2 megabytes. Send less at once.")


def _of_suspicion(request: Any, error: SuspiciousOperation) -> HttpResponse:
    return problem("bad-request", "The request cannot be read. Check its headers and its address.")


def _of_fault_of_ours(request: Any, error: Exception) -> HttpResponse:
    """Log what broke by kind and place, without its words, and say so without either."""
    kind, where = told_of(error)
    page = request.resolver_match.view_name if request.resolver_match else "none"
    log.error("operation failed", extra={"page": page, "error": kind, "where": where})
    return problem("went-wrong", "This is a fault of ours, and it was logged. Try again later.")
