"""`fourfold demo` with the making of the force left out: `python demo_quickly.py demo --home HOME --port PORT`."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fourfold import cli
from fourfold.cli import keeping
from fourfold.home import Home
from fourfold.pipeline import demo
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.pipeline.intake import IntakeReport


def demonstrate(home: Home, *told: Any) -> Any:
    home.prepare()
    home.write_settings({"made_up": "true", "force_name": "Westshire Police (made up)"})
    # As the making does: the lake's library starts its threads, which no forked process may use.
    take_decisions(home, [])
    return SimpleNamespace(
        files=Path("files"), report=IntakeReport(), document=SimpleNamespace(findings=()), papers=[]
    )


if __name__ == "__main__":
    demo.demonstrate = demonstrate
    keeping.say_report = lambda report: None  # type: ignore[assignment]
    cli.main()
