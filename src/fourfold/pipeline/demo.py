"""The demonstration: a made-up force is written, loaded, refreshed and put into a paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fourfold.home import Home, WrongUseError
from fourfold.lake import Lake
from fourfold.pipeline.intake import IntakeReport, take_in
from fourfold.pipeline.paper import make_paper, write_paper
from fourfold.pipeline.refresh import refresh
from fourfold.products.document import Document

LAST_MONTH = date(2021, 12, 1)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration left behind."""

    files: Path
    report: IntakeReport
    document: Document
    papers: list[Path]


def demonstrate(home: Home, scale: float, seed: int, say: Say, progress: Say) -> Demonstration:
    """Make a force of a scale from a seed, load it, refresh, and write its board paper.

    Raises WrongUseError where the home already holds real data, which it never mixes with made-up ones.
    """
    from fourfold.synthetic.force import make_force

    refuse_real_home(home)
    home.prepare()
    folder = home.path / "made-up-force"
    if folder.exists():
        shutil.rmtree(folder)
    say("Making a force")
    made = make_force(folder, scale=scale, seed=seed)
    home.write_settings(made.settings)
    for path in sorted(made.policy.glob("*.yaml")):
        shutil.copyfile(path, home.policy / path.name)
    say("Taking its files in")
    report = take_in(home, [made.received], progress=progress)
    say("Refreshing what follows from them")
    refresh(home, progress)
    say("Writing the board paper")
    document = make_paper(home, made.settings["force"], LAST_MONTH)
    papers = write_paper(document, home.path / "out" / f"board-paper-{LAST_MONTH:%Y-%m}")
    return Demonstration(made.received, report, document, papers)


def refuse_real_home(home: Home) -> None:
    """A home that holds a real force's data is never used for a made-up one; an earlier demonstration is removed."""
    lake = Lake(home.lake)
    if lake.current().is_empty:
        return
    if home.settings.get("made_up", "").lower() != "true":
        raise WrongUseError(
            f"The home {home.path} holds real data.",
            "Give the demonstration a home of its own: fourfold demo --home demo.",
        )
    shutil.rmtree(home.lake)
