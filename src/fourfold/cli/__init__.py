"""Every verb of the terminal. Each does its work in `pipeline` and only says here what became of it."""

from __future__ import annotations

import typer

from fourfold.cli import desks, keeping, linking, papers, records
from fourfold.cli.saying import fail, say_error
from fourfold.home import CouldNotRunError, FourfoldError

STOPPED_BY_A_PERSON = 130

app = typer.Typer(
    help="Fourfold: from the files a police force receives to the work that prevents crime.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(records.intake)
app.command()(records.quarantine)
app.command()(records.readmit)
app.command()(records.refresh)
app.add_typer(papers.app, name="paper")
app.add_typer(linking.app, name="link")
app.command()(desks.serve)
app.command()(keeping.demo)
app.command()(keeping.doctor)
app.command()(keeping.version)


def main() -> None:
    """Run the terminal's verbs; an error of ours is a sentence and an exit code, never a stack trace."""
    try:
        app()
    except FourfoldError as error:
        fail(error)
    except OSError as error:
        # A disk that is full, a folder that may not be written to: wherever a verb meets it.
        where = f"{error.filename}: " if error.filename else ""
        fail(
            CouldNotRunError(
                f"{where}{error.strerror or error}.", "Put that right, then run the same command again."
            )
        )
    except SystemExit as stop:
        if stop.code == STOPPED_BY_A_PERSON:
            say_error("Stopped. Nothing was left half-done: what was not committed is not there.")
        raise
