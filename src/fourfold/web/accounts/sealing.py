"""Ciphers whose keys are drawn from the home's secret, for what must not stand readable in the database."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def cipher(sealed_for: str) -> Fernet:
    """Return the cipher for one purpose, its key drawn from the home's secret (HKDF, RFC 5869)."""
    info = f"fourfold {sealed_for}".encode("ascii")
    key = HKDF(SHA256(), 32, salt=None, info=info).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
