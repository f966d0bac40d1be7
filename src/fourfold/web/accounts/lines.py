"""The administrator's section of Today."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse

from fourfold.policy import OwnPolicyError, check
from fourfold.web.accounts.models import User
from fourfold.web.accounts.second_factor import KINDS
from fourfold.web.ui.lines import Line, Section


def lines_of_policy(request: Any) -> Section | None:
    """Return what is wrong with the force's own policy, for those who may mend it; None where nothing is."""
    try:
        check(settings.HOME.policy)
    except OwnPolicyError as error:
        return Section("The force’s own policy", [], f"Pages that rest on it are not shown. {error}")
    return None


def lines_of_administrator(request: Any) -> Section:
    """Return who may sign in, and who of them has no role or no second factor yet."""
    people, active = reverse("accounts:people"), User.objects.filter(is_active=True)
    lines = [Line("People who may sign in", f"{people}?state=active", count=active.count())]
    roleless = active.filter(memberships=None).count()
    if roleless:
        lines.append(Line("People without a role", people, roleless, "Needs a role", "orange"))
    with_factor = Authenticator.objects.filter(type__in=KINDS).values("user_id")
    without = active.exclude(pk__in=with_factor).count()
    if without and not settings.SECOND_FACTOR_IS_OFF:
        lines.append(Line("People without a second factor", people, without, "Not set up", "yellow"))
    return Section("People", lines, "People appear here once you have added them.")
