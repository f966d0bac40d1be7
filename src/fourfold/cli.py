"""Every verb of the terminal. Each does its work in `pipeline` and only says here what became of it."""

from __future__ import annotations

import json as json_text
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from fourfold.home import FourfoldError, Home, WrongUseError

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from fourfold.pipeline.intake import IntakeReport, Progress
    from fourfold.pipeline.trace import Trace

app = typer.Typer(
    help="Fourfold: from the files a police force receives to the work that prevents crime.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
paper_app = typer.Typer(
    help="Make the board paper, trace its figures, check it, make it again.", invoke_without_command=True
)
app.add_typer(paper_app, name="paper")

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", help="The folder of all state (else FOURFOLD_HOME, else the platform's data folder)."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
ForceOption = Annotated[
    str | None, typer.Option("--force", help="The force, as data.police.uk names it: northumbria.")
]

PROBLEMS = 1


def main() -> None:
    """Run the terminal's verbs; an error of ours is a sentence and an exit code, never a stack trace."""
    try:
        app()
    except FourfoldError as error:
        fail(error)
    except KeyboardInterrupt:
        say_error("Stopped. Nothing was left half-done: what was not committed is not there.")
        sys.exit(130)


def fail(error: FourfoldError) -> NoReturn:
    say_error(error.what)
    if error.next_step:
        say_error(error.next_step)
    sys.exit(error.exit_code)


def say_error(words: str) -> None:
    sys.stderr.write(words.rstrip() + "\n")


def say(words: str = "") -> None:
    sys.stdout.write(words + "\n")


def say_json(value: object) -> None:
    say(json_text.dumps(value, ensure_ascii=False, indent=1, default=str))


def console() -> Console:
    from rich.console import Console

    wide = 80 if not sys.stdout.isatty() else None
    return Console(width=wide, highlight=False)


@app.command()
def intake(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files, folders or archives.")] = None,
    force: ForceOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the headings each source's file has.")
    ] = False,
) -> None:
    """Read files in: each is recognised by its content, and every row is accepted or kept with its fault.

    Example: fourfold intake ~/received/2021-12 --force northumbria
    """
    from fourfold.pipeline.intake import take_in

    if sources:
        say_sources()
        return
    if not paths:
        raise WrongUseError(
            "There is nothing to read.", "Name files, folders or archives: fourfold intake PATH..."
        )
    with progress_of("Reading") as step:
        report = take_in(Home.choose(home), paths, force_of(force), step)
    if json:
        say_json(
            report.by_source()
            + [{"source": "refused", "file": one.file, "why": one.refused} for one in report.refused]
        )
    else:
        say_report(report)
    sys.exit(PROBLEMS if report.has_problems else 0)


def force_of(force: str | None) -> str | None:
    from fourfold.sources.codes import force_slug

    return force_slug(force) if force else None


def say_sources() -> None:
    from fourfold.pipeline.stages import SOURCES

    for contract in SOURCES:
        say(f"{contract.source}: {contract.title}")
        for item in contract.fields:
            others = f" (also: {', '.join(item.headings[1:])})" if item.headings[1:] else ""
            say(f"  {'*' if item.needed else ' '} {item.headings[0]}{others}")
        say()
    say("* must be there. Other headings: name them in a mapping file in the home's folder `mappings`.")


def say_report(report: IntakeReport) -> None:
    from rich.table import Table

    table = Table("Source", *(("Files", "Received", "Accepted", "Quarantined", "Unchanged")))
    for column in table.columns[1:]:
        column.justify = "right"
    for row in report.by_source():
        numbers = [f"{row[name]:,}" for name in ("files", "received", "accepted", "quarantined", "unchanged")]
        table.add_row(str(row["source"]), *numbers)
    console().print(table)
    for one in report.files:
        if one.note and not one.refused and "read before" not in one.note:
            say(f"{one.file}: {one.note}")
    for one in report.refused:
        say_error(f"Refused {one.file}: {one.refused}")
    if any(one.quarantined for one in report.files):
        say_error("Rows in quarantine are in no figure. `fourfold quarantine` says what is wrong with them.")
    say(f"The lake stands at manifest {report.manifest}.")


@app.command()
def quarantine(
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the rows of one source here, to be corrected.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="The source whose rows to write.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say which rows are kept out and why; write them out for correction.

    Example: fourfold quarantine --source fraud_list --out to-correct.csv
    """
    from fourfold.pipeline.quarantine import by_rule, waiting, write_out

    rows = waiting(Home.choose(home))
    if out is not None:
        if source is None:
            raise WrongUseError("Say which source's rows to write.", "For example: --source fraud_list.")
        say(
            f"{write_out(rows, source, out):,} rows written to {out}. Correct them there, then:\n"
            f"  fourfold readmit {out} --by NAME --reason WHY"
        )
        return
    counts = by_rule(rows)
    if json:
        say_json(counts)
    elif not counts:
        say("No row is in quarantine.")
    else:
        from rich.table import Table

        table = Table("Source", "Rows", "What is wrong")
        table.columns[1].justify = "right"
        for row in counts:
            table.add_row(str(row["source"]), f"{row['rows']:,}", str(row["words"]))
        console().print(table)


@app.command()
def readmit(
    path: Annotated[Path, typer.Argument(help="The corrected file that `fourfold quarantine --out` wrote.")],
    by: Annotated[str, typer.Option("--by", help="Who decided.")],
    reason: Annotated[str, typer.Option("--reason", help="Why the correction is right.")],
    home: HomeOption = None,
) -> None:
    """Read corrected rows again; the decision is kept with its reason and the original text.

    Example: fourfold readmit to-correct.csv --by "A. Clerk" --reason "date confirmed by the sender"
    """
    from fourfold.pipeline.quarantine import readmit as put_back

    done = put_back(Home.choose(home), path, by, reason)
    say(f"{done.accepted:,} rows are in.")
    for digest, words in done.still_wrong:
        say_error(f"Still wrong ({digest[:12]}): {words}")
    sys.exit(PROBLEMS if done.still_wrong else 0)


@app.command()
def refresh(home: HomeOption = None, json: JsonOption = False) -> None:
    """Run the stages that have something new.

    Example: fourfold refresh
    """
    from fourfold.pipeline.refresh import refresh as run

    with progress_of("Refreshing") as step:
        results = run(Home.choose(home), step)
    if json:
        say_json([result.__dict__ for result in results])
        return
    for result in results:
        done = f"{result.rows:,} rows in {result.seconds:.1f} s" if result.ran else "nothing new"
        say(f"{result.title}: {done}")


@paper_app.callback()
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
    """Make the board paper as JSON, HTML, PDF and Word, and say what its own checks found.

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
    found = force_of(force) or home.settings.get("force")
    if not found:
        raise WrongUseError(
            "Say which force the paper is for.", "Add --force, for example --force northumbria."
        )
    return found


def month_of(text: str) -> date:
    from fourfold.measures.period import Period

    period = Period.parse(text)
    if period.months != 1:
        raise WrongUseError(f"'{text}' is not a month.", "Write 2021-12.")
    return period.first


def say_findings(findings: tuple[tuple[str, str, str, str], ...]) -> None:
    for severity, check, place, words in findings:
        say_error(f"{severity}: {place}: {words} [{check}]")


def home_of(context: typer.Context, home: Path | None) -> Home:
    return Home.choose(home or context.obj)


@paper_app.command("trace")
def paper_trace(
    context: typer.Context,
    figure: Annotated[str, typer.Argument(help="The figure's name, as the paper's appendix lists it.")],
    rows: Annotated[int, typer.Option("--rows", help="How many records to show.")] = 20,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a figure is, how sure, from which data, and show the records behind it.

    Example: fourfold paper trace 'open.crimes[crime_type=Burglary,force=northumbria]@2021'
    """
    from fourfold.pipeline.tracing import trace_figure

    found = trace_figure(home_of(context, home), figure, rows)
    say_json(found.to_json()) if json else say_trace(found)


def say_trace(found: Trace) -> None:
    for label, words in found.lines():
        say(f"{label + ':':<14}{words}")
    if found.rows is not None:
        say()
        say(found.table())


@paper_app.command("rebuild")
def paper_rebuild(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The paper's board-paper.json.")],
    home: HomeOption = None,
) -> None:
    """Make a paper again from what it recorded, and say whether it is the same byte for byte.

    Example: fourfold paper rebuild paper/board-paper.json
    """
    from fourfold.pipeline.paper import rebuild

    again = rebuild(home_of(context, home), path)
    if again.same:
        say("The paper made again is the same, byte for byte.")
        return
    say_error("The paper made again differs:")
    for line in again.differences:
        say_error(line)
    sys.exit(PROBLEMS)


@paper_app.command("check")
def paper_check(
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


@paper_app.command("figures")
def paper_figures() -> None:
    """List every measure and the ways to ask for it.

    Example: fourfold paper figures
    """
    from fourfold.measures.registry import REGISTRY, how_to_ask

    for measure in REGISTRY.values():
        say(f"{measure.name}: {measure.title}")
        say(f"  {how_to_ask(measure, None)}")
        if measure.dimensions:
            say(f"  Sliced by: {', '.join(measure.dimensions)}")


@app.command()
def demo(
    scale: Annotated[float, typer.Option("--scale", help="1.0 is a large force; 0.01 is quick.")] = 1.0,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same force.")] = 1,
    home: HomeOption = None,
) -> None:
    """Make a force, load its files, refresh and write its board paper, all made up.

    Example: fourfold demo --scale 0.05 --home demo
    """
    from fourfold.pipeline.demo import demonstrate

    with progress_of("Demonstration") as step:
        done = demonstrate(Home.choose(home), scale, seed, say, step)
    say()
    say_report(done.report)
    say()
    say("Everything here is made up; the force does not exist. Its files:")
    say(f"  {done.files}")
    say("The board paper:")
    for path in done.papers:
        say(f"  {path}")
    say_findings(done.document.findings)


@app.command()
def doctor(home: HomeOption = None, json: JsonOption = False) -> None:
    """Say what is set, what is missing, and what to do.

    Example: fourfold doctor
    """
    from fourfold.pipeline.doctor import examine

    items = list(examine(Home.choose(home)))
    if json:
        say_json([item.__dict__ for item in items])
    else:
        marks = {"good": "good ", "note": "note ", "wrong": "WRONG"}
        for item in items:
            say(f"{marks[item.state]} {item.subject}: {item.words}")
            if item.next_step:
                say(f"      {item.next_step}")
    sys.exit(PROBLEMS if any(item.state == "wrong" for item in items) else 0)


@app.command()
def version() -> None:
    """Print the version.

    Example: fourfold version
    """
    from fourfold import __version__

    say(__version__)


@contextmanager
def progress_of(title: str) -> Iterator[Progress]:
    """Show on a terminal what is being worked on; say nothing where the output is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console

    with Console(stderr=True).status(title) as status:
        yield lambda name: status.update(f"{title}: {name}")


if __name__ == "__main__":
    main()
