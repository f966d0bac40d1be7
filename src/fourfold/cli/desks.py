"""The verb that serves the desks to people's browsers."""

from __future__ import annotations

import errno
import socket
import sys
from typing import Annotated

import typer

from fourfold.cli.options import HomeOption
from fourfold.cli.saying import say
from fourfold.home import CouldNotRunError, Home

PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to serve on.")]
USUAL_PORT = 8000


def serve(
    host: Annotated[
        str, typer.Option("--host", help="The address to serve on; loopback by default.")
    ] = "127.0.0.1",
    port: PortOption = USUAL_PORT,
    home: HomeOption = None,
) -> None:
    """Serve the pages to a browser on this machine.

    A home without a register is prepared first. A made-up home says how to sign in.

    Example: fourfold serve --home demo --port 8000
    """
    check_port(host, port)
    serve_home(Home.choose(home), host, port)


def serve_home(home: Home, host: str, port: int) -> None:
    """Serve a home until stopped; where it is made up, say first whom to sign in as."""
    from fourfold.web.server import prepare
    from fourfold.web.server import serve as run

    if home.settings.get("made_up", "").lower() == "true":
        prepare(home, host)
        say_people(home)
    run(home, host, port)


def say_people(home: Home) -> None:
    """Say the demo's people, a line each with what to type at sign-in."""
    from fourfold.web.accounts.demo import demo_users

    users = demo_users(home)
    say("People to sign in as; everything here is made up:")
    width = max(len(user.email) for user in users)
    for user in users:
        say(f"  {user.email:{width}}  {user.password}  {user.role}")
    sys.stdout.flush()


def check_port(host: str, port: int) -> None:
    """Raise CouldNotRunError where the port cannot be served on, before any long work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise CouldNotRunError(
                _why_not(error, host, port),
                f"Serve on another one, for example: --port {port + 1 if port < 65535 else 8000}.",
            ) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: another program, or another fourfold serve, answers there."
    if error.errno == errno.EACCES:
        return f"Port {port} is kept for the machine's administrator."
    return f"Port {port} of {host} cannot be served on: {error.strerror or error}."
