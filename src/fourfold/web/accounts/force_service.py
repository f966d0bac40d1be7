"""Sign-in by the force's own service (OpenID Connect): what it says is believed only under its signature."""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpResponse
from requests import RequestException

SIGNED_WITH = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Signatures that only the service can make; one made with a shared secret, or none, is refused."""


class SignedAdapter(OpenIDConnectOAuth2Adapter):
    """Verifies the signature of every identity token, and that both answers speak of one person."""

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return the login; raises OAuth2Error for an answer without an identity token."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("There is no identity token.")
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        subjects = {told[part]["sub"] for part in ("userinfo", "id_token") if told.get(part)}
        if len(subjects) != 1:
            raise OAuth2Error("The answers speak of two people.")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
        except jwt.PyJWTError as error:
            raise OAuth2Error("The identity token cannot be read.") from error
        if header.get("alg") not in SIGNED_WITH or "kid" not in header:
            raise OAuth2Error("The identity token is not signed as it must be.")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return claims


def login(request: Any, provider_id: str) -> HttpResponse:
    """Send a person to the service; where it does not answer, say so."""
    adapter = _adapter(request, provider_id)
    try:
        return OAuth2LoginView.adapter_view(adapter)(request)
    except RequestException as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)


def callback(request: Any, provider_id: str) -> HttpResponse:
    """Take a person back from the service."""
    return OAuth2CallbackView.adapter_view(_adapter(request, provider_id))(request)


def _adapter(request: Any, provider_id: str) -> SignedAdapter:
    try:
        get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return SignedAdapter(request, provider_id)
