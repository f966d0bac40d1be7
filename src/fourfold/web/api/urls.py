"""The addresses of the API and of the pages of tokens, with what each needs."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, path, re_path

from fourfold.web.api import token_views
from fourfold.web.api.checking import in_problems, nothing_here
from fourfold.web.api.describing import openapi
from fourfold.web.api.gathering import gathered
from fourfold.web.ui.access import OPEN, SIGNED_IN, Access, needs

app_name = "api"


def _operations() -> list[URLPattern]:
    """Return ninja's addresses below /api/; its root, which only says where its own pages are, is left out."""
    patterns, _, _ = gathered().api.urls
    return [
        path(f"api/{one.pattern}", in_problems(one.callback), name=one.name)
        for one in patterns
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns = [
    path("account/tokens/", token_views.own_tokens, name="tokens"),
    path("account/tokens/new/", token_views.new_token, name="new_token"),
    path("account/tokens/<int:key>/revoke/", token_views.revoke, name="revoke_token"),
    path("people/tokens/", token_views.all_tokens, name="all_tokens"),
    path("api/openapi.json", openapi, name="openapi"),
    *_operations(),
    re_path(r"^api/(?P<rest>.*)$", nothing_here, name="nothing"),
]
ACCESS: Mapping[str, Access] = {
    "api:tokens": SIGNED_IN,
    "api:new_token": SIGNED_IN,
    "api:revoke_token": SIGNED_IN,
    "api:all_tokens": needs("manage_people"),
    "api:openapi": OPEN,
    "api:nothing": OPEN,
    **{f"api:{name}": access for name, access in gathered().access.items()},
}
