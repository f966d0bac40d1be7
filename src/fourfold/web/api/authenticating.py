"""The door of the API: whose the token is, how often it was used, and whether that person may, with this token."""

from __future__ import annotations

import hmac
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from ninja.security import HttpBearer

from fourfold.web.accounts.permission import NotAllowedError, may, standing_matrix
from fourfold.web.accounts.reasons import SHORTEST_REASON
from fourfold.web.api.limits import limit
from fourfold.web.api.models import ApiToken
from fourfold.web.api.problems import Fault, ProblemError
from fourfold.web.api.tokens import digest_of
from fourfold.web.trail.recording import LONGEST_REASON, record
from fourfold.web.ui.access import Access

REASON_HEADER = "Fourfold-Reason"
MINUTE = 60


class ByToken(HttpBearer):
    """Asks for a token, then whether its person may do the operation's act; a session opens nothing here."""

    def __init__(self, name: str, access: Access) -> None:
        super().__init__()
        self.name = name
        self.access = access

    def authenticate(self, request: Any, token: str) -> ApiToken:
        """Return the token, with its person, their answer and their reason on the request; else raise."""
        held: ApiToken | None = (
            ApiToken.objects.select_related("person").filter(digest=digest_of(token)).first()
        )
        if held is None:
            raise ProblemError("token-refused", "This token is not known. Make one on your account page.",
                               headers=challenge("invalid_token"))  # fmt: skip
        count_use(held)
        ended = why_ended(held)
        if ended:
            self._tell_refused(request, held, ended)
            raise ProblemError("token-refused", f"{ended} Make a new one on your account page.",
                               headers=challenge("invalid_token"))  # fmt: skip
        request.user = held.person
        request.token = held
        self._ask(request, held)
        return held

    def _ask(self, request: Any, held: ApiToken) -> None:
        act = self.access.act
        why = request.headers.get(REASON_HEADER, "").strip()
        if len(why) > LONGEST_REASON:
            fault = Fault(f"header.{REASON_HEADER}", f"It is longer than {LONGEST_REASON} characters.")
            raise ProblemError("not-valid", "Put right what errors lists, then send it again.", [fault])
        request.why = why if len(why) >= SHORTEST_REASON else ""
        request.answer = may(held.person, act, why=request.why)
        if not self.access.allows(request.answer):
            raise NotAllowedError(request.answer, standing_matrix().act(act).is_hidden_when_denied)
        if act not in held.scopes:
            raise ProblemError(
                "scope-missing",
                f"This token is not for: {standing_matrix().act(act).words.lower()}. Make one that is.",
                headers=challenge("insufficient_scope"),
            )
        if request.answer.needs_reason:
            raise ProblemError(
                "reason-needed",
                f"Say why in the header {REASON_HEADER}, in {SHORTEST_REASON} characters or more. "
                "It is kept in the trail. Do not write names in it.",
            )
        if request.answer.scope == "with_reason":
            _tell_reason(request, held)

    def _tell_refused(self, request: Any, held: ApiToken, ended: str) -> None:
        with transaction.atomic():
            record(
                "token_refused",
                by=held.person,
                subject_kind="user",
                subject_refs=[str(held.person_id)],
                detail={"token": held.pk, "page": f"api:{self.name}", "because": ended},
            )


def challenge(error: str) -> dict[str, str]:
    """Return the header that says how to ask (RFC 6750, section 3)."""
    return {"WWW-Authenticate": f'Bearer realm="Fourfold", error="{error}"'}


def why_ended(held: ApiToken) -> str:
    """Return why a token opens nothing any more, in words; empty where it does."""
    person = held.person
    state = held.state()
    if state != "in_force":
        return "This token has expired." if state == "expired" else "This token was revoked."
    if not person.is_active:
        return "This person may no longer sign in."
    if not hmac.compare_digest(held.sign_in_state, person.get_session_auth_hash()):
        return "The password was changed after this token was made."
    is_asked = not settings.SECOND_FACTOR_IS_OFF and not held.by_force_service
    if is_asked and not is_mfa_enabled(person, [Authenticator.Type.TOTP]):
        return "This person has no second factor."
    return ""


def count_use(held: ApiToken) -> None:
    """Count this request in its minute, for every process of the server; raise where there were too many.

    One statement adds, so that two requests at once are counted as two.
    """
    now = time.time()
    minute = int(now // MINUTE)
    ApiToken.objects.filter(pk=held.pk).update(
        used_count=Case(When(used_minute=minute, then=F("used_count") + 1), default=Value(1)),
        used_minute=minute,
        used_at=timezone.now(),
    )
    count = ApiToken.objects.values_list("used_count", flat=True).get(pk=held.pk)
    most = limit("requests_a_minute")
    if count > most:
        wait = int((minute + 1) * MINUTE - now) + 1
        raise ProblemError(
            "too-many",
            f"With one token {most} requests a minute are answered. Wait {wait} seconds, then go on.",
            headers={"Retry-After": str(wait)},
        )


def _tell_reason(request: Any, held: ApiToken) -> None:
    with transaction.atomic():
        record(
            "reason_given",
            by=held.person,
            answer=request.answer,
            why=request.why,
            detail={"act": request.answer.act, "token": held.pk},
        )
