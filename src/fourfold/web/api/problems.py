"""What the API answers when it cannot do what was asked: problem details (RFC 9457), one shape for every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"
KIND = "urn:fourfold:problem:"


@dataclass(frozen=True)
class Kind:
    """One kind of problem: the last part of its `type`, its status and its title."""

    slug: str
    status: HTTPStatus
    title: str


KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("bad-request", HTTPStatus.BAD_REQUEST, "The request cannot be read"),
        Kind("no-token", HTTPStatus.UNAUTHORIZED, "A token is needed"),
        Kind("token-refused", HTTPStatus.UNAUTHORIZED, "The token is not in force"),
        Kind("not-allowed", HTTPStatus.FORBIDDEN, "You may not do this"),
        Kind("scope-missing", HTTPStatus.FORBIDDEN, "The token is not for this"),
        Kind("reason-needed", HTTPStatus.FORBIDDEN, "A reason is needed"),
        Kind("not-found", HTTPStatus.NOT_FOUND, "Not found"),
        Kind("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
        Kind("conflict", HTTPStatus.CONFLICT, "It stands already, or cannot be done now"),
        Kind("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large"),
        Kind("not-json", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
        Kind("not-valid", HTTPStatus.UNPROCESSABLE_ENTITY, "What was sent is not valid"),
        Kind("too-many", HTTPStatus.TOO_MANY_REQUESTS, "Too many requests"),
        Kind("went-wrong", HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
        Kind("not-available", HTTPStatus.SERVICE_UNAVAILABLE, "Not available at the moment"),
    )
}
"""Every problem that the API answers with; `docs/api.md` lists them."""

PLAIN = {
    HTTPStatus.UNAUTHORIZED: "no-token",
    HTTPStatus.FORBIDDEN: "not-allowed",
    **{kind.status: kind.slug for kind in KINDS.values() if kind.status not in (401, 403)},
}
"""The kind for a status that is all that is known."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was sent: where (`query.limit`, `body.text`) and what, without what was sent."""

    where: str
    what: str


@dataclass
class ProblemError(Exception):
    """A refusal of the API, raised wherever it is found."""

    slug: str
    detail: str
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def problem(
    slug: str, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """Return the response that says what happened and what to do next."""
    kind = KINDS[slug]
    body: dict[str, Any] = {
        "type": KIND + slug,
        "title": kind.title,
        "status": int(kind.status),
        "detail": detail,
    }
    if faults:
        body["errors"] = [{"where": fault.where, "what": fault.what} for fault in faults]
    return JsonResponse(body, status=kind.status, content_type=MEDIA_TYPE, headers=dict(headers or {}))
