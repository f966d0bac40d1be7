"""What the home says of itself: its settings, its secrets, and whether its data are real."""

from __future__ import annotations

import os
import secrets

from fourfold.home import CouldNotRunError, Home

HOME = Home.choose()


def setting(key: str) -> str:
    """Return a setting's value, the environment before the file; empty where it is not set."""
    told = os.environ.get(f"FOURFOLD_{key.upper()}")
    return told if told is not None else HOME.settings.get(key, "")


def secret(name: str) -> str:
    """Return a secret kept in the home, made at first use and readable by its owner alone."""
    path = HOME.path / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise CouldNotRunError(
            f"The secret {name} cannot be written in {HOME.path}: {error.strerror}.",
            "Make the folder, or name another home with FOURFOLD_HOME.",
        ) from error
    made = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made + "\n")
    return made


FORCE_NAME = setting("force_name")
PROXY_ENDS_TLS = setting("proxy") == "https"
MADE_UP = setting("made_up").lower() == "true"
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
BOUND_TO_LOOPBACK = os.environ.get("FOURFOLD_BOUND_TO", "127.0.0.1") in ("127.0.0.1", "localhost", "::1")
# Without a second factor only where nothing is real and nobody outside this machine can reach it.
SECOND_FACTOR_IS_OFF = MADE_UP and BOUND_TO_LOOPBACK and not PROXY_ENDS_TLS
METRICS_TOKEN = setting("metrics_token")
