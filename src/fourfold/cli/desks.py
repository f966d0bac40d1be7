"""The verb that serves the desks to people's browsers."""

from __future__ import annotations

from typing import Annotated

import typer

from fourfold.cli.options import HomeOption
from fourfold.cli.saying import say
from fourfold.home import Home


def serve(
    host: Annotated[
        str, typer.Option("--host", help="The address to serve on; loopback by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to serve on.")] = 8000,
    home: HomeOption = None,
) -> None:
    """Serve the pages to a browser on this machine.

    A home without a register is prepared first. A made-up home says how to sign in.

    Example: fourfold serve --home demo --port 8000
    """
    from fourfold.web.server import prepare
    from fourfold.web.server import serve as run

    chosen = Home.choose(home)
    if chosen.settings.get("made_up", "").lower() == "true":
        prepare(chosen, host)
        from fourfold.web.accounts.demo import demo_users

        say("People to sign in as; everything here is made up:")
        for user in demo_users(chosen):
            say(f"  {user.role}: {user.email}, password {user.password}")
    run(chosen, host, port)
