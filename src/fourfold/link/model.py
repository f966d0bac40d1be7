"""A linkage model: one file of numbers, read as it was written, under which a refresh scores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.link.levels import COMPARISONS

SHIPPED = Path(__file__).parent / "models"
LEAST = 1e-7
"""No share of a model is less: what was never seen in training is not impossible."""


def shape() -> str:
    """Return twelve letters that change when the comparisons do: a model of another shape fits no more."""
    told = json.dumps([[kind, [asdict(one) for one in found]] for kind, found in COMPARISONS.items()])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Shares:
    """How often two records fall on each level of a comparison, by code: of one person, at random, of one home."""

    same: dict[str, float]
    chance: dict[str, float]
    home: dict[str, float]


@dataclass(frozen=True)
class KindModel:
    """The numbers for one kind of record.

    same_prior, home_prior: shares of all pairs of records that are of one person, and of two people of one home.
    frequencies: column to value to share of records; a value that is not there has the share `rare`.
    """

    same_prior: float
    home_prior: float
    shares: dict[str, Shares]
    frequencies: dict[str, dict[str, float]] = field(default_factory=dict)
    rare: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class LinkModel:
    """A model with its name, and what a reader must know of it: trained when, on what, with how many answers."""

    version: str
    shape: str
    trained_on: date
    data: str
    made_up: bool
    records: int
    answers: int
    kinds: dict[str, KindModel]
    effect: dict[str, Any] = field(default_factory=dict)


def write_model(model: LinkModel, folder: Path) -> Path:
    """Write a model into a folder; raises WrongUseError where one of its version is there: a version never changes."""
    path = folder / f"{model.version}.json"
    if path.exists():
        raise WrongUseError(f"There is a model {model.version} already.", "Give the new one another version.")
    folder.mkdir(parents=True, exist_ok=True)
    told = {**asdict(model), "trained_on": model.trained_on.isoformat()}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    return path


def read_model(version: str, own: Path | None = None) -> LinkModel:
    """Return a model by version, a force's own before the shipped ones.

    Raises WrongUseError where there is none, or one of another shape; CouldNotRunError where the file is damaged.
    """
    for folder in (own, SHIPPED):
        path = folder / f"{version}.json" if folder else None
        if path and path.is_file():
            stat = path.stat()
            return _read(str(path), stat.st_mtime_ns, stat.st_size)
    raise WrongUseError(
        f"There is no linkage model {version}.", f"There are: {', '.join(versions(own)) or 'none'}."
    )


def versions(own: Path | None = None) -> list[str]:
    """Return the versions that can be named, shipped ones and a force's own."""
    folders: Iterable[Path] = (folder for folder in (SHIPPED, own) if folder and folder.is_dir())
    return sorted({path.stem for folder in folders for path in folder.glob("*.json")})


@lru_cache(maxsize=4)
def _read(path: str, changed: int, size: int) -> LinkModel:
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
        kinds = {
            kind: KindModel(
                **{**one, "shares": {name: Shares(**each) for name, each in one["shares"].items()}}
            )
            for kind, one in told.pop("kinds").items()
        }
        model = LinkModel(**{**told, "trained_on": date.fromisoformat(told["trained_on"])}, kinds=kinds)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CouldNotRunError(
            f"The linkage model {path} cannot be read: {error}.",
            "Restore it from a backup, or pin another version.",
        ) from error
    if model.shape != shape():
        raise WrongUseError(
            f"The linkage model {model.version} was made for other comparisons than this Fourfold has.",
            "Train one anew, or pin the shipped one.",
        )
    return model
