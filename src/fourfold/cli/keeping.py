"""The verbs that look after a home: a made-up force to try, the state of it all, the version."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from fourfold.cli.desks import USUAL_PORT, PortOption, check_port
from fourfold.cli.options import HomeOption, JsonOption
from fourfold.cli.records import say_report
from fourfold.cli.saying import PROBLEMS, progress_of, say, say_findings, say_json, say_wrapped
from fourfold.home import Home, WrongUseError

LOOPBACK = "127.0.0.1"


def demo(
    scale: Annotated[float, typer.Option("--scale", help="1.0 is a large force; 0.01 is quick.")] = 1.0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed makes the same force.")] = 1,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages at the end, until Ctrl-C.")
    ] = True,
    port: PortOption = USUAL_PORT,
    home: HomeOption = None,
) -> None:
    """Make a force and its paper, all made up, and serve it.

    Its files are written, loaded, refreshed and put into a paper. Ctrl-C stops the pages; `fourfold serve`
    serves them again.

    Example: fourfold demo --scale 0.05 --home demo
    """
    if not 0 < scale <= 10:
        raise WrongUseError(f"A force of scale {scale:g} cannot be made.", "Write a scale from 0.01 to 10.")
    if serve:
        check_port(LOOPBACK, port)
    from fourfold.pipeline.demo import demonstrate

    chosen = Home.choose(home)
    with progress_of("Demonstration") as step:
        done = demonstrate(chosen, scale, seed, say, step)
    say()
    say_report(done.report)
    say()
    say("Everything here is made up; the force does not exist. Its files:")
    say(f"  {done.files}")
    say("The board paper:")
    for path in done.papers:
        say(f"  {path}")
    say_findings(done.document.findings)
    if serve:
        say()
        serve_anew(chosen, port)


def serve_anew(home: Home, port: int) -> None:
    """Become `fourfold serve`, started afresh.

    The lake's library has threads of its own by now, and a server forked from this process could not read the lake.
    """
    sys.stdout.flush()
    words = ["-m", "fourfold.cli", "serve", "--home", str(home.path), "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *words])


def doctor(
    trail: Annotated[
        bool, typer.Option("--trail", help="Verify every entry of the trail of what was seen and done.")
    ] = False,
    noted: Annotated[
        str, typer.Option("--noted", help="With --trail: the LENGTH:HASH that an earlier check printed.")
    ] = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say what is set, what is missing, and what to do.

    Example: fourfold doctor --trail
    """
    from fourfold.cli.trail import trail_items
    from fourfold.pipeline.doctor import examine

    if noted and not trail:
        raise WrongUseError("--noted is compared with the trail.", "Add --trail.")
    chosen = Home.choose(home)
    items = trail_items(chosen, noted) if trail else list(examine(chosen))
    if json:
        say_json([item.__dict__ for item in items])
    else:
        marks = {"good": "good ", "note": "note ", "wrong": "WRONG"}
        for item in items:
            say_wrapped(f"{marks[item.state]} {item.subject}: {item.words}")
            if item.next_step:
                say_wrapped(f"      {item.next_step}")
    sys.exit(PROBLEMS if any(item.state == "wrong" for item in items) else 0)


def version() -> None:
    """Print the version.

    Example: fourfold version
    """
    from fourfold import __version__

    say(__version__)
