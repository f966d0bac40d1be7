"""Changing one's own password."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from django.http import Http404, HttpResponse
from django.urls import reverse_lazy


class OwnPasswordView(PasswordChangeView):
    """allauth's page, for people who have a password: one who has none comes in by the force's service alone."""

    success_url = reverse_lazy("accounts:account")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


change_password = OwnPasswordView.as_view()
