"""What is asked of a request beside its token: parameters that exist, a body that is JSON, no stray characters."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from fourfold.web.api.handlers import not_found
from fourfold.web.api.problems import Fault, ProblemError, problem

View = Callable[..., HttpResponse]
NUL = "\x00"


def check_query(request: Any, known: Sequence[str]) -> None:
    """Refuse a parameter that does not exist or stands twice: a filter misspelt must not list everything."""
    faults = []
    for name, values in request.GET.lists():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f" Is {near[0]} meant?" if near else ""
            there = f"There are: {', '.join(known)}." if known else "There are none here."
            faults.append(Fault("query", f"There is no such parameter.{meant} {there}"))
        elif len(values) > 1:
            faults.append(Fault(f"query.{name}", "It stands twice. Send it once."))
        elif NUL in values[0]:
            faults.append(Fault(f"query.{name}", "It holds a character that no text has (U+0000)."))
    if faults:
        raise ProblemError("not-valid", "Put right what errors lists, then send it again.", faults)


def check_body(request: Any) -> None:
    """Refuse a body that is not said to be JSON, and one with a character that the register cannot hold."""
    if request.content_type != "application/json":
        raise ProblemError("not-json", "Send the body as JSON, with Content-Type: application/json.")
    if b"\\u0000" in request.body:
        fault = Fault("body", "It holds a character that no text has (U+0000).")
        raise ProblemError("not-valid", "Put right what errors lists, then send it again.", [fault])


def in_problems(view: View) -> View:
    """Return a view of ninja's that also says in a problem what ninja says in plain text."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(NUL in str(value) for value in kwargs.values()):
            return not_found()
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response["Allow"]
            return problem(
                "method-not-allowed", f"This address answers {allowed}.", headers={"Allow": allowed}
            )
        return response

    wrapped: View = answer
    return wrapped


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for every address below /api/ that is none."""
    return not_found()
