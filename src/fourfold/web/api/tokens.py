"""Making and revoking tokens: each act with its trail entry in one transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import User
from fourfold.web.accounts.permission import check_may, may
from fourfold.web.api.limits import limit
from fourfold.web.api.models import ApiToken
from fourfold.web.trail.recording import record

BEGINS = "fourfold_"
"""What every token begins with, so that a search for secrets in a program's text finds it."""
RANDOM_BYTES = 32


@dataclass(frozen=True)
class Made:
    """A token that was made, with its text: the only time that it can be shown."""

    token: ApiToken
    text: str


def digest_of(text: str) -> str:
    """Return what is kept of a token's text: its SHA-256 as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_token(
    *, name: str, scopes: Sequence[str], days: int, form_key: str, by_force_service: bool, by: User
) -> Made | None:
    """Make a token of one's own; None where this form has made one already.

    Raises WrongUseError for more days or tokens than policy allows, and for a scope that is not the person's.
    """
    if ApiToken.objects.filter(form_key=form_key).exists():
        return None
    now = timezone.now()
    _refuse(scopes, days, by)
    standing = ApiToken.objects.filter(person=by, revoked_at=None, expires_at__gt=now).count()
    if standing >= limit("tokens_of_one_person"):
        raise WrongUseError(f"You have {standing} tokens in force.", "Revoke one that you no longer use.")
    text = BEGINS + secrets.token_urlsafe(RANDOM_BYTES)
    try:
        with transaction.atomic():
            token = _keep(
                text,
                by,
                now,
                name=name.strip(),
                scopes=sorted(scopes),
                days=days,
                form_key=form_key,
                by_force_service=by_force_service,
            )
    except IntegrityError:  # the same form came twice at one moment
        return None
    _tell("token_made", token, by, scopes=token.scopes, expires_on=token.expires_at.date().isoformat())
    return Made(token, text)


def _keep(text: str, by: User, now: datetime, *, days: int, **told: Any) -> ApiToken:
    token: ApiToken = ApiToken.objects.create(
        person=by,
        digest=digest_of(text),
        ends_in=text[-4:],
        made_at=now,
        expires_at=now + timedelta(days=days),
        sign_in_state=by.get_session_auth_hash(),
        **told,
    )
    return token


def _refuse(scopes: Sequence[str], days: int, by: User) -> None:
    most = limit("token_days_at_most")
    if not 1 <= days <= most:
        raise WrongUseError(f"A token lasts 1 to {most} days.", f"Enter a number of days from 1 to {most}.")
    beyond = [act for act in scopes if may(by, act).scope == "no"]
    if beyond or not scopes:
        raise WrongUseError("A token may be used for what your roles allow, and for one thing at least.")


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """End a token of one's own, or as someone who manages people; one that was revoked before stays as it is."""
    answer = None
    if token.person_id != by.pk:
        answer = check_may(by, "manage_people")
        if answer.scope != "yes":
            raise WrongUseError("You may read the list of tokens, and not change it.")
    held = ApiToken.objects.select_for_update().get(pk=token.pk)
    if held.revoked_at is not None:
        return
    held.revoked_at = timezone.now()
    held.save(update_fields=["revoked_at"])
    record(
        "token_revoked",
        by=by,
        answer=answer,
        subject_kind="user",
        subject_refs=[str(held.person_id)],
        detail={"token": held.pk},
    )


def _tell(act: str, token: ApiToken, by: User, **detail: object) -> None:
    record(
        act,
        by=by,
        subject_kind="user",
        subject_refs=[str(by.pk)],
        detail={"token": token.pk, **detail},
    )
