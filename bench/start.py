"""How long the program takes to say its help."""

from __future__ import annotations

from collections.abc import Iterator

from bench.timing import run_python, said

HELP = "import sys; sys.argv = ['fourfold', '--help']; from fourfold.cli import main; main()"


def report() -> Iterator[str]:
    run_python(HELP)
    yield said("fourfold --help (target under 0.3 s)", [run_python(HELP) for _ in range(9)])
    yield said("an empty Python, for comparison", [run_python("pass") for _ in range(9)])
