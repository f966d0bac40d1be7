"""Run the benchmarks named on the command line, or the usual ones, and print what was measured.

`python -m bench load help` runs two. Each figure is a median of several runs on the machine it runs on.
"""

from __future__ import annotations

import sys

from bench import audit, clocks, desks, linkage, load, markers, people, refresh, start

BENCHMARKS = {
    "start": start.report,
    "load": load.report,
    "refresh": refresh.report,
    "clocks": clocks.report,
    "markers": markers.report,
    "desks": desks.report,
    "audit": audit.report,
    "linkage": linkage.report,
    "people": people.report,
}
USUAL = ("start", "load", "refresh", "clocks")
"""Those that run where none is named; the desks take half an hour and are asked for by name."""


def main() -> None:
    chosen = sys.argv[1:] or list(USUAL)
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    for name in chosen:
        for line in BENCHMARKS[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
