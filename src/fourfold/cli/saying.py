"""How the terminal speaks: results on standard output, all else on standard error, in 80 columns."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from fourfold.home import FourfoldError

WIDTH = 80
PROBLEMS = 1
"""The exit code where the data are at fault: a row in quarantine, a paper that fails its checks."""


def say(words: str = "") -> None:
    sys.stdout.write(words + "\n")


def say_error(words: str) -> None:
    sys.stderr.write(words.rstrip() + "\n")


def say_wrapped(words: str, later: str = "      ") -> None:
    """Say words in lines of 80 letters, all but the first moved in by `later`."""
    say(textwrap.fill(words, WIDTH, subsequent_indent=later, break_on_hyphens=False))


def say_json(value: object) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def fail(error: FourfoldError) -> NoReturn:
    """Say what happened and what to do next, and end with the error's exit code."""
    say_error(error.what)
    if error.next_step:
        say_error(error.next_step)
    sys.exit(error.exit_code)


def say_findings(findings: tuple[tuple[str, str, str, str], ...]) -> None:
    """Say what the checks of a paper found, one line each."""
    for severity, check, place, words in findings:
        say_error(f"{severity}: {place}: {words} [{check}]")


def say_table(headings: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[str]) -> None:
    """Say rows as a table of at most 80 columns; the columns named in `numbers` stand to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings)
    for column in table.columns:
        column.justify = "right" if column.header in numbers else "left"
        column.overflow = "fold"
    for row in rows:
        table.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row))
    wide = None if sys.stdout.isatty() else WIDTH
    Console(width=wide, highlight=False, markup=False).print(table)


@contextmanager
def progress_of(title: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being worked on; say nothing where the output is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(title) as status:
        yield lambda name: status.update(escape(f"{title}: {name}"))
