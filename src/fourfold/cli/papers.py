"""The verbs of the board paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.options import ForceOption, HomeOption, JsonOption, force_of
from fourfold.cli.saying import PROBLEMS, say, say_error, say_findings, say_json, say_wrapped
from fourfold.home import Home, WrongUseError

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer(invoke_without_command=True)


@app.callback()
def paper(
    context: typer.Context,
    force: ForceOption = None,
    to: Annotated[
        str | None, typer.Option("--to", help="The last month of the paper's year: 2021-12.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The folder to write to.")] = None,
    text: Annotated[
        Path | None, typer.Option("--text", help="A folder of staff text, one Markdown file a section.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if the paper's checks find an error.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Make, trace, check and rebuild the board paper.

    Writes it as JSON, HTML, PDF and Word, and says what its own checks found.

    Example: fourfold paper --force northumbria --to 2021-12 --out paper
    """
    context.obj = home
    if context.invoked_subcommand is not None:
        return
    if to is None or out is None:
        raise WrongUseError(
            "Say which month the paper runs to, and where to write it.",
            "fourfold paper --force northumbria --to 2021-12 --out DIR",
        )
    from fourfold.pipeline.paper import make_paper, write_paper

    chosen = Home.choose(home)
    document = make_paper(chosen, the_force(chosen, force), month_of(to), text)
    errors = [found for found in document.findings if found[0] == "error"]
    say_findings(document.findings)
    if strict and errors:
        say_error("Nothing was written.")
        sys.exit(PROBLEMS)
    for path in write_paper(document, out):
        say(str(path))
    sys.exit(PROBLEMS if errors else 0)


def the_force(home: Home, force: str | None) -> str:
    """Return the force a paper is for; raises WrongUseError where neither option nor setting says it."""
    found = force_of(force or home.settings.get("force"))
    if not found:
        raise WrongUseError(
            "Say which force the paper is for.", "Add --force, for example --force northumbria."
        )
    return found


def month_of(text: str) -> date:
    """Return the first day of a month; raises WrongUseError for any other period."""
    from fourfold.measures.period import Period

    period = Period.parse(text)
    if period.months != 1:
        raise WrongUseError(f"'{text}' is not a month.", "Write 2021-12.")
    return period.first


def home_of(context: typer.Context, home: Path | None) -> Home:
    return Home.choose(home or context.obj)


@app.command("trace")
def trace(
    context: typer.Context,
    figure: Annotated[str, typer.Argument(help="The figure's name, as the paper's appendix lists it.")],
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many records to show.")] = 20,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a figure is and show the records behind it.

    Personal columns are masked; where a number is too small, no record is shown.

    Example: fourfold paper trace "crime.burglary[district=Aldermere]@2021"
    """
    from fourfold.pipeline.trace_words import trace_text
    from fourfold.pipeline.tracing import trace_figure

    found = trace_figure(home_of(context, home), figure, rows)
    say_json(found.to_json()) if json else say(trace_text(found))


@app.command("rebuild")
def rebuild(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The paper's board-paper.json.")],
    home: HomeOption = None,
) -> None:
    """Make a paper again from what it recorded.

    Says whether it is the same byte for byte, and what differs if not.

    Example: fourfold paper rebuild paper/board-paper.json
    """
    from fourfold.pipeline.paper import rebuild as make_again

    again = make_again(home_of(context, home), path)
    if again.same:
        say("The paper made again is the same, byte for byte.")
        return
    say_error("The paper made again differs:")
    for line in again.differences:
        say_error(line)
    sys.exit(PROBLEMS)


@app.command("check")
def check(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A paper in Markdown, or a board-paper.json.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Check a paper that somebody wrote, before the board sees it.

    Example: fourfold paper check draft.md
    """
    from fourfold.pipeline.checking import check_file

    found = check_file(home_of(context, home), path)
    if json:
        say_json([dict(zip(("severity", "check", "place", "words"), one, strict=True)) for one in found])
    else:
        say_findings(found)
        say("The checks found nothing." if not found else f"{len(found)} found.")
    sys.exit(PROBLEMS if any(one[0] == "error" for one in found) else 0)


@app.command("figures")
def figures() -> None:
    """List every measure and the ways to ask for it.

    Example: fourfold paper figures
    """
    from fourfold.measures.registry import REGISTRY, how_to_ask

    for measure in REGISTRY.values():
        say_wrapped(f"{measure.name}: {measure.title}")
        say_wrapped(f"  {how_to_ask(measure, None)}", later="    ")
        if measure.dimensions:
            say_wrapped(f"  Sliced by: {', '.join(measure.dimensions)}", later="    ")
