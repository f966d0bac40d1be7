"""The description of the API (OpenAPI 3.1), with the problems that every operation may answer with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja.openapi.schema import OpenAPISchema

from fourfold.home import WrongUseError
from fourfold.web.accounts.matrix import shipped_matrix
from fourfold.web.api.authenticating import REASON_HEADER
from fourfold.web.api.gathering import gathered
from fourfold.web.api.problems import KIND, KINDS, MEDIA_TYPE
from fourfold.web.trail.recording import LONGEST_REASON

PROBLEM = {
    "title": "Problem",
    "description": "What happened and what to do next (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": [KIND + slug for slug in KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
                "required": ["where", "what"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


class Described(OpenAPISchema):
    """ninja's description, which must not put two shapes of one name in one place."""

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Add shapes; raises WrongUseError for a name that another shape has."""
        for name, shape in definitions.items():
            if self.schemas.get(name, shape) != shape:
                raise WrongUseError(f"Two shapes of the API are called {name}.", "Give one another name.")
        super().add_schema_definitions(definitions)


ALWAYS = (401, 403, 404, 422, 429, 500, 503)
WITH_BODY = (400, 409, 413, 415)
WORDS = {kind.status: kind.title for kind in reversed(tuple(KINDS.values()))}


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the description as plain values."""
    made = gathered()
    told = dict(Described(made.api, "api/"))
    told["paths"] = {
        path: {method: _operation(one) for method, one in methods.items()}
        for path, methods in told["paths"].items()
    }
    components = told["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["responses"] = {str(status): _response(status) for status in (*ALWAYS, *WITH_BODY)}
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made on the page API tokens of your account.",
        }
    }
    del told["servers"]
    told["info"]["license"] = {"name": "MIT", "identifier": "MIT"}
    return told


def _operation(told: dict[str, Any]) -> dict[str, Any]:
    access = gathered().access[told["operationId"]]
    act = shipped_matrix().act(access.act)
    responses = {str(status): answer for status, answer in told["responses"].items()}
    statuses = (*ALWAYS, *WITH_BODY) if "requestBody" in told else ALWAYS
    responses |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}
    parameters = [*told["parameters"], *([_reason()] if "with_reason" in act.scopes.values() else [])]
    words = f"{told.get('description', '').strip()}\n\nA token for: {act.words} (`{act.key}`)."
    return told | {
        "description": words.strip(),
        "parameters": parameters,
        "responses": responses,
        "security": [{"token": [act.key]}],
    }


def _reason() -> dict[str, Any]:
    return {
        "in": "header",
        "name": REASON_HEADER,
        "required": False,
        "schema": {"type": "string", "maxLength": LONGEST_REASON},
        "description": "Why, where the person's role may see this with a reason only. It is kept in the trail.",
    }


def _response(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": WORDS[HTTPStatus(status)],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    headers = {401: "WWW-Authenticate", 429: "Retry-After"}
    if status in headers:
        kind = "integer" if status == 429 else "string"
        told["headers"] = {headers[status]: {"schema": {"type": kind}}}
    return told


def tokens_for() -> Iterable[tuple[str, str]]:
    """Return the acts that a token can be made for, with their words."""
    return [(act, shipped_matrix().act(act).words) for act in gathered().acts]


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description; there is nothing in it that is not in the program's text."""
    return JsonResponse(description(), content_type="application/json")
