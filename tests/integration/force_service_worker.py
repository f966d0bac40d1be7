"""Sign-ins by a force's own service, in a process of its own: `python force_service_worker.py HOME` tells what came of each."""

from __future__ import annotations

import json
import os
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from open_id_provider import CLIENT, SECRET, Provider

from fourfold.home import Home

HOME = Home(Path(sys.argv[1]))
ADA = {"sub": "s-1", "email": "Ada@Force.example", "name": "Ada Analyst", "email_verified": True}


class NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *told: Any) -> None:
        return None


def there_and_back(client: Any, provider: Provider) -> Any:
    """Press the button, go where the page sends a browser, and come back with what the service gave."""
    sent = client.post("/sign-in/force/start/", {"next": "/account/"})
    if sent.status_code != 302:
        return sent
    assert sent["Location"].startswith(f"{provider.address}/authorize?")
    opener = urllib.request.build_opener(NotFollowed, urllib.request.ProxyHandler({}))
    try:
        opener.open(sent["Location"])
    except urllib.error.HTTPError as answer:
        back = urllib.parse.urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def tried(provider: Provider, **changes: Any) -> dict[str, Any]:
    """Return what became of one sign-in with a new browser."""
    from django.test import Client

    from fourfold.web.trail.models import TrailEntry

    before = TrailEntry.objects.count()
    client = Client(SERVER_NAME="localhost")
    answer = there_and_back(client, provider)
    return {
        "status": answer.status_code,
        "to": answer.get("Location", ""),
        "page": answer.content.decode(),
        "account": client.get("/account/").status_code,
        "trail": [
            [entry.act, entry.who_name, entry.detail]
            for entry in TrailEntry.objects.filter(number__gt=before).order_by("number")
        ],
    }


def main() -> dict[str, Any]:
    provider = Provider()
    HOME.prepare()
    HOME.write_settings(
        {"oidc_server": provider.address, "oidc_client_id": CLIENT, "oidc_name": "Westshire sign-in"}
    )
    os.environ["FOURFOLD_OIDC_CLIENT_SECRET"] = SECRET
    from fourfold.web.server import prepare

    prepare(HOME)
    from django.test import Client
    from django.test.utils import setup_test_environment

    from fourfold.web.accounts.models import Membership, Unit, User

    setup_test_environment()
    unit = Unit.objects.create(code="intelligence", name="Intelligence")
    for name in ("ada", "bob"):
        person = User.objects.create_user(f"{name}@force.example", name.capitalize())
        Membership.objects.create(person=person, unit=unit, role="analyst")
    told: dict[str, Any] = {"page": Client(SERVER_NAME="localhost").get("/sign-in/").content.decode()}

    provider.claims = ADA
    told["added"] = tried(provider)
    provider.changes = provider.userinfo_changes = {"email": "bob@force.example"}
    told["same subject, another address"] = tried(provider)
    provider.changes = provider.userinfo_changes = {}
    provider.claims = ADA | {"sub": "s-9", "email": "stranger@force.example"}
    told["stranger"] = tried(provider)
    provider.claims = ADA | {"sub": "s-2", "email": "bob@force.example", "email_verified": False}
    told["not vouched for"] = tried(provider)
    provider.claims = ADA | {"sub": "s-2", "email": "bob@force.example"}
    provider.userinfo_changes = {"sub": "s-1"}
    told["two people"] = tried(provider)
    provider.userinfo_changes = {}
    provider.changes = {"aud": "another-client"}
    told["for another"] = tried(provider)
    provider.changes = {"exp": 1}
    told["too old"] = tried(provider)
    provider.changes = {"iss": "https://evil.example"}
    told["of another service"] = tried(provider)
    provider.changes = {}
    provider.key_used = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    told["forged"] = tried(provider)
    provider.key_used, provider.algorithm = "s" * 64, "HS256"
    told["signed with a secret"] = tried(provider)
    provider.key_used, provider.algorithm = None, "none"
    told["not signed"] = tried(provider)
    provider.key_used, provider.algorithm = provider.key, "RS256"
    told["no state"] = {
        "page": Client(SERVER_NAME="localhost")
        .get("/sign-in/force/callback/?code=x&state=y")
        .content.decode()
    }
    User.objects.filter(email="ada@force.example").update(is_active=False)
    provider.claims = ADA
    told["stopped"] = tried(provider)
    provider.stop()
    told["service away"] = tried(provider)
    told["other service"] = Client(SERVER_NAME="localhost").post("/sign-in/another/start/").status_code
    return told


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
