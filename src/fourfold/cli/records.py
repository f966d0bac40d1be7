"""The verbs that bring records in and keep what follows from them up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.options import ForceOption, HomeOption, JsonOption, force_of
from fourfold.cli.saying import PROBLEMS, progress_of, say, say_error, say_json, say_table, say_wrapped
from fourfold.home import Home, WrongUseError

if TYPE_CHECKING:
    from fourfold.pipeline.intake import IntakeReport


def intake(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files, folders or archives.")] = None,
    force: ForceOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the headings each source's file has.")
    ] = False,
) -> None:
    """Read files in; say what became of each row.

    Each file is recognised by its content, and every row is accepted or kept with its fault.

    Example: fourfold intake received/2021-12 --force northumbria
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
        say_json(report.by_source())
        say_refused(report)
    else:
        say_report(report)
    sys.exit(PROBLEMS if report.has_problems else 0)


def say_sources() -> None:
    from fourfold.pipeline.stages import SOURCES

    for contract in SOURCES:
        say_wrapped(f"{contract.source}: {contract.title}")
        for item in contract.fields:
            others = f" (also: {', '.join(item.headings[1:])})" if item.headings[1:] else ""
            say_wrapped(f"  {'*' if item.needed else ' '} {item.headings[0]}{others}")
        say()
    say_wrapped(
        "* must be there. Other headings: name them in a mapping file in the home's folder `mappings`."
    )


def say_report(report: IntakeReport) -> None:
    """Say what became of a hand-over: a table by source, then what to know of single files."""
    counts = ("files", "received", "accepted", "quarantined", "unchanged")
    headings = ("Source", *(name.capitalize() for name in counts))
    rows = [[row["source"], *(row[name] for name in counts)] for row in report.by_source()]
    say_table(headings, rows, headings[1:])
    for one in report.files:
        if one.note and not one.refused and "read before" not in one.note:
            say_wrapped(f"{one.file}: {one.note}")
    say_refused(report)
    if any(one.quarantined for one in report.files):
        say_error("Rows in quarantine are in no figure. `fourfold quarantine` says what is wrong with them.")
    say(f"The lake stands at manifest {report.manifest}.")


def say_refused(report: IntakeReport) -> None:
    for one in report.refused:
        say_error(f"Refused {one.file}: {one.refused}")


def quarantine(
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the rows of one source here, to be corrected.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="The source whose rows to write.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say which rows are kept out and why; write them out.

    The rows written out can be corrected and read again with `fourfold readmit`. They hold names: that
    they were written out, by whom and when, is kept in the trail.

    Example: fourfold quarantine --source fraud_list --out to-correct.csv
    """
    from fourfold.pipeline.quarantine import by_rule, rows_to_correct, waiting, write_out

    chosen = Home.choose(home)
    rows = waiting(chosen)
    if out is not None:
        known = sorted(rows["source"].unique())
        if source is None:
            raise WrongUseError("Say which source's rows to write.", "For example: --source fraud_list.")
        if source not in known:
            there = f"There are rows of: {', '.join(known)}." if known else "No row is in quarantine."
            raise WrongUseError(f"No row of '{source}' is in quarantine.", there)
        from fourfold.web.terminal import trailed

        digests = rows_to_correct(rows, source)["row_digest"].to_list()
        told = {"source": source, "rows": len(digests)}
        with trailed(chosen, "quarantine_rows_exported", "quarantined_row", digests, detail=told):
            written = write_out(rows, source, out)
        say(
            f"{written:,} rows written to {out}. Correct them there, then:\n"
            f"  fourfold readmit {out} --by NAME --reason WHY"
        )
        return
    counts = by_rule(rows)
    if source is not None:
        counts = [row for row in counts if row["source"] == source]
    if json:
        say_json(counts)
    elif not counts:
        say("No row is in quarantine.")
    else:
        table = [(row["source"], row["rows"], row["words"]) for row in counts]
        say_table(("Source", "Rows", "What is wrong"), table, ("Rows",))


def readmit(
    path: Annotated[Path, typer.Argument(help="The corrected file that `fourfold quarantine --out` wrote.")],
    by: Annotated[str, typer.Option("--by", help="Who decided.")],
    reason: Annotated[str, typer.Option("--reason", help="Why the correction is right.")],
    home: HomeOption = None,
) -> None:
    """Read corrected rows again.

    The decision is kept with its reason and the original text.

    Example: fourfold readmit to-correct.csv --by "A. Clerk" --reason "by letter"
    """
    from fourfold.pipeline.correction_file import read_corrections
    from fourfold.pipeline.readmission import readmit as put_back
    from fourfold.web.terminal import trailed

    chosen, digests = Home.choose(home), list(read_corrections(path))
    with trailed(chosen, "rows_readmitted", "quarantined_row", digests, why=reason, detail={"told_by": by}):
        done = put_back(chosen, path, by, reason)
    say(f"{done.accepted:,} rows are in.")
    for digest, words in done.still_wrong:
        say_error(f"Still wrong ({digest[:12]}): {words}")
    sys.exit(PROBLEMS if done.still_wrong else 0)


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
