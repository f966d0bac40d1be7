"""The matrix of who may what: shipped as data, narrowed by a force, never widened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from fourfold.home import WrongUseError
from fourfold.policy import OwnPolicyError
from fourfold.policy.strict_yaml import parse

NO = "no"
YES = "yes"


@dataclass(frozen=True)
class Role:
    """One of the roles that people have in units."""

    key: str
    words: str


@dataclass(frozen=True)
class Scope:
    """One answer that the matrix gives; a lower `rank` is a wider answer."""

    key: str
    words: str
    rank: int
    narrower: frozenset[str]
    is_in_own_unit: bool


@dataclass(frozen=True)
class Act:
    """One thing that people do, with the answer for each role."""

    key: str
    words: str
    is_hidden_when_denied: bool
    scopes: Mapping[str, str]


@dataclass(frozen=True)
class Matrix:
    """All acts, and all answers they may have."""

    scopes: Mapping[str, Scope]
    acts: Mapping[str, Act]

    def act(self, key: str) -> Act:
        """Return the act named `key`; raises WrongUseError for one that does not exist."""
        if key not in self.acts:
            raise WrongUseError(f"There is no act {key}.", f"There are: {', '.join(sorted(self.acts))}.")
        return self.acts[key]


def _text(told: Any) -> str:
    """YAML reads a bare yes or no as true or false: both spellings mean the same here."""
    if isinstance(told, bool):
        return YES if told else NO
    return str(told)


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Any]:
    told: Mapping[str, Any] = parse(
        resources.files(__package__).joinpath("matrix.yaml").read_text(encoding="utf-8")
    )
    return told


ROLES: tuple[Role, ...] = tuple(Role(key, words) for key, words in _shipped()["roles"].items())


@lru_cache(maxsize=1)
def shipped_matrix() -> Matrix:
    """Return the matrix as Fourfold ships it, every act answered for every role."""
    told = _shipped()
    scopes = {
        _text(key): Scope(
            key=_text(key),
            words=entry["words"],
            rank=rank,
            narrower=frozenset(_text(one) for one in entry["narrower"]),
            is_in_own_unit=bool(entry.get("in_own_unit", False)),
        )
        for rank, (key, entry) in enumerate(told["answers"].items())
    }
    acts = {
        key: Act(
            key=key,
            words=entry["words"],
            is_hidden_when_denied=entry["denied"] == "hidden",
            scopes={role.key: _text(entry[role.key]) for role in ROLES},
        )
        for key, entry in told["acts"].items()
    }
    return Matrix(scopes, acts)


@lru_cache(maxsize=8)
def _narrowed(path: Path, changed_ns: int) -> Matrix:
    """Read the force's file; `changed_ns` makes a changed file be read again."""
    shipped = shipped_matrix()
    try:
        told = parse(path.read_text(encoding="utf-8")) or {}
    except ValueError as error:
        raise OwnPolicyError(f"{path.name} cannot be read: {error}.", "Mend it as YAML.") from error
    if not isinstance(told, dict) or not all(isinstance(entry, dict) for entry in told.values()):
        raise OwnPolicyError(
            f"{path.name} must give answers by act and role.", "For example: approve: {auditor: no}."
        )
    acts = dict(shipped.acts)
    for key, entry in told.items():
        if str(key) not in shipped.acts:
            raise OwnPolicyError(
                f"{path.name} names the act {key}.", f"There are: {', '.join(shipped.acts)}."
            )
        act = shipped.act(str(key))
        narrowed = dict(act.scopes)
        for role, answer in entry.items():
            narrowed[str(role)] = _narrow_one(shipped, act, str(role), _text(answer), path)
        acts[act.key] = Act(act.key, act.words, act.is_hidden_when_denied, narrowed)
    return Matrix(shipped.scopes, acts)


def _narrow_one(shipped: Matrix, act: Act, role: str, answer: str, path: Path) -> str:
    if role not in act.scopes:
        raise OwnPolicyError(f"{path.name} names the role {role}.", f"There are: {', '.join(act.scopes)}.")
    if answer not in shipped.scopes:
        raise OwnPolicyError(
            f"{path.name} gives the answer {answer}.", f"There are: {', '.join(shipped.scopes)}."
        )
    standing = shipped.scopes[act.scopes[role]]
    if answer != standing.key and answer not in standing.narrower:
        allowed = ", ".join(sorted(standing.narrower)) or "nothing narrower"
        raise OwnPolicyError(
            f"{path.name} would widen {act.key} for {role} from {standing.key} to {answer}.",
            f"A force may only narrow it, to: {allowed}.",
        )
    return answer


def matrix_of(policy_folder: Path) -> Matrix:
    """Return the matrix that stands for a force: the shipped one, narrowed by its `access.yaml`.

    `policy_folder` is the force's own policy folder. Raises WrongUseError for a file that cannot be
    read, names what does not exist, or would widen an answer.
    """
    path = policy_folder / "access.yaml"
    try:
        changed_ns = path.stat().st_mtime_ns
    except FileNotFoundError:
        return shipped_matrix()
    return _narrowed(path, changed_ns)
