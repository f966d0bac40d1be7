"""The first page: a part for each role of the person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.accounts.matrix import ROLES
from fourfold.web.accounts.permission import roles_of
from fourfold.web.today.waiting import WAITING
from fourfold.web.ui.lines import sections_for


@require_safe
def today(request: Any) -> HttpResponse:
    """Show each role's sections; a role without any is told what will fill its page."""
    held = {str(membership.role) for membership in roles_of(request.user)}
    parts = [
        {"role": role, "sections": sections_for(role.key, request), "waiting": WAITING[role.key]}
        for role in ROLES
        if role.key in held
    ]
    return render(request, "today/today.html", {"parts": parts, "day": timezone.localdate()})
