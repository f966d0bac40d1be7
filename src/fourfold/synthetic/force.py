"""The way in: writes a made-up force, the files it receives and the truth beside them, from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.synthetic.crimes import write_crime_extract
from fourfold.synthetic.fraud import write_fraud
from fourfold.synthetic.local_policy import write_policy
from fourfold.synthetic.partner_series import write_partner_series
from fourfold.synthetic.places import FORCE, FORCE_NAME, make_places
from fourfold.synthetic.places_files import write_places
from fourfold.synthetic.programmes import write_programmes
from fourfold.synthetic.protect import write_protect
from fourfold.synthetic.staffing import write_staffing
from fourfold.synthetic.streams import stream
from fourfold.synthetic.truth import write_facts


@dataclass(frozen=True)
class MadeUpForce:
    """Where a made-up force lies.

    `received` is for intake, `truth` for checks only, `policy` and `settings` for the force's home.
    """

    received: Path
    truth: Path
    policy: Path
    settings: dict[str, str]


def make_force(folder: Path, scale: float = 1.0, seed: int = 1) -> MadeUpForce:
    """Write a made-up force under `folder` and say where its parts lie; one seed always gives the same bytes.

    scale: 1.0 is a force of 2.9 million people, 0.01 is enough to look around. The files are dated as
    received in early January 2022. Nothing in them is about a real person or place.
    Raises WrongUseError for a scale that is not above nought or a folder in use, CouldNotRunError where
    the folder cannot be written.
    """
    if not 0 < scale <= 100:
        raise WrongUseError(
            f"A made-up force of scale {scale:g} cannot be made.", "Choose a scale above 0, up to 100."
        )
    if not 0 <= seed < 2**62:
        raise WrongUseError(f"The seed {seed} cannot be used.", "Choose a whole number from 0.")
    force = MadeUpForce(
        received=folder / "received",
        truth=folder / "truth",
        policy=folder / "policy",
        settings={"force": FORCE, "force_name": FORCE_NAME, "made_up": "true"},
    )
    if force.received.exists() and any(force.received.iterdir()):
        raise WrongUseError(
            f"{force.received} already holds files.", "Name an empty folder, or remove it first."
        )
    try:
        write_all(force, scale, seed)
    except OSError as error:
        raise CouldNotRunError(
            f"The made-up force cannot be written under {folder}: {error.strerror}.",
            "Name a folder that can be written, with room for about 600 MB at scale 1.",
        ) from error
    return force


def write_all(force: MadeUpForce, scale: float, seed: int) -> None:
    """Write every part; each draws from a stream of its own, so a change in one moves no other."""
    places = make_places(scale, stream(seed, "places"))
    write_places(force.received, places, stream(seed, "population"))
    write_fraud(force.received, force.truth, places, scale, seed)
    write_protect(force.received, scale, stream(seed, "protect"))
    write_staffing(force.received, scale, stream(seed, "staffing"))
    write_partner_series(force.received, stream(seed, "partner series"))
    write_crime_extract(force.received, force.truth, places, scale, seed)
    write_programmes(force.received, force.truth, scale, seed)
    write_policy(force.policy)
    write_facts({"scale": scale, "seed": seed, **force.settings}, force.truth, "made_with")
