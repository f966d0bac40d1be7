"""A small OpenID provider on loopback, for tests: discovery, authorize, token (PKCE), keys and userinfo."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "fourfold", "a-secret-of-the-test"


class Provider:
    """Vouches for whoever `claims` says; `key_used` may be another key than the one it publishes."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_used: Any = self.key
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.changes: dict[str, Any] = {}
        self.userinfo_changes: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (Answers,), {"provider": self}))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [told | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorized(self, asked: dict[str, str]) -> str:
        code = base64.urlsafe_b64encode(hashlib.sha256(asked["state"].encode()).digest()).decode()
        self.asked[code] = asked
        answer = urllib.parse.urlencode({"code": code, "state": asked["state"]})
        return f"{asked['redirect_uri']}?{answer}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """Return tokens for a code, once, where client, secret, address and PKCE verifier are right."""
        first = self.asked.pop(asked["code"], None)
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_right = (
            first is not None
            and (asked["client_id"], asked["client_secret"]) == (CLIENT, SECRET)
            and asked["redirect_uri"] == first["redirect_uri"]
            and first["code_challenge_method"] == "S256"
            and proof == first["code_challenge"]
        )
        return (
            {"access_token": "t", "token_type": "Bearer", "id_token": self._id_token()} if is_right else None
        )

    def _id_token(self) -> str:
        now = int(time.time())
        claims = (
            {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60} | self.claims | self.changes
        )
        told: str = jwt.encode(claims, self.key_used, self.algorithm, headers={"kid": "one"})
        return told


class Answers(BaseHTTPRequestHandler):
    """What the provider answers."""

    provider: Provider

    def do_GET(self) -> None:
        address = urllib.parse.urlsplit(self.path)
        if address.path == "/authorize":
            asked = dict(urllib.parse.parse_qsl(address.query))
            self.send_response(302)
            self.send_header("Location", self.provider.authorized(asked))
            self.end_headers()
            return
        pages = {
            "/.well-known/openid-configuration": self.provider.discovery,
            "/keys": self.provider.keys,
            "/userinfo": lambda: self.provider.claims | self.provider.userinfo_changes,
        }
        self._tell(pages[address.path]())

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = self.provider.token(dict(urllib.parse.parse_qsl(sent)))
        self._tell(told or {"error": "invalid_grant"}, 200 if told else 400)

    def _tell(self, told: Any, status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: Any) -> None:
        """Say nothing."""
