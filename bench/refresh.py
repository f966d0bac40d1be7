"""Refreshing a force's year, and writing a paper from the refreshed lake.

The default made-up force has 310,000 crimes, 29,000 fraud reports and 1.2 million case events: more than the year
that is asked for (300,000, 16,000 and 1 million).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from bench.timing import run_python, said

MAKE = """
import sys
from pathlib import Path
from fourfold.synthetic.force import make_force
make_force(Path(sys.argv[1]), scale=1.0, seed=1)
"""
INTAKE = """
import sys
from pathlib import Path
from fourfold.home import Home
from fourfold.pipeline.intake import take_in
home = Home(Path(sys.argv[2]))
home.prepare()
home.write_settings({"force": "aldermere", "force_name": "Aldermere Police", "made_up": "true"})
take_in(home, [Path(sys.argv[1]) / "received"])
"""
REFRESH = """
import sys
from pathlib import Path
from fourfold.home import Home
from fourfold.pipeline.refresh import refresh
assert all(stage.ran for stage in refresh(Home(Path(sys.argv[1]))))
"""
PAPER = """
import sys
from datetime import date
from pathlib import Path
from fourfold.home import Home
from fourfold.pipeline.paper import make_paper, write_paper
write_paper(make_paper(Home(Path(sys.argv[1])), "aldermere", date(2021, 12, 1)), Path(sys.argv[2]))
"""


def report() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield said("making the default force", [run_python(MAKE, f"{folder}/force")])
        yield said("taking its files in", [run_python(INTAKE, f"{folder}/force", f"{folder}/home")])
        yield said("refreshing it (target under 60 s and 4,096 MiB)", [run_python(REFRESH, f"{folder}/home")])
        papers = [run_python(PAPER, f"{folder}/home", f"{folder}/out") for _ in range(3)]
        yield said("its paper in four forms (target under 10 s)", papers)
