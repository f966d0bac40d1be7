"""The folder that holds all state, its settings, and the errors with their exit codes.

Everything Fourfold keeps lies in one folder: `--home`, else the environment variable
`FOURFOLD_HOME`, else the platform's data folder. Settings come from `fourfold.toml` in it, and any
of them may be set by an environment variable of the same name (`FOURFOLD_FORCE` for `force`).
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar


class FourfoldError(Exception):
    """Something a person can act on: what happened, and what to do next.

    `exit_code` is what the terminal returns: 1 problems in the data, 2 wrong use, 3 could not run.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what = what
        self.next_step = next_step


class DataProblemError(FourfoldError):
    """The input is at fault: a file, a row, a paper that fails its checks."""

    exit_code = 1


class WrongUseError(FourfoldError):
    """A verb, an option or a setting was used wrongly."""

    exit_code = 2


class CouldNotRunError(FourfoldError):
    """Something outside the data stopped the work: a lock, a missing folder, a disk."""

    exit_code = 3


SETTINGS: dict[str, str] = {
    "force": "The force whose papers and lists are made, as data.police.uk names it (west-midlands).",
    "force_name": "The force's name as papers print it.",
    "victim_care_unit": "The code of the unit to which referrals to victim care go; victim-care if not set.",
    "made_up": "true where the data are made up; every product then says so.",
    "watch_folder": "A folder whose files are taken in as they appear; moved to taken or refused in it.",
    "database": "The register's database, postgresql://...; SQLite in the home if not set.",
    "proxy": "https where a proxy that ends TLS stands before the pages.",
    "web_hosts": "The names under which people reach the pages through that proxy, with commas.",
    "metrics_token": "What a collector of figures about the running program must send.",
    "oidc_server": "The address of the force's sign-in service.",
    "oidc_client_id": "Our name at that service.",
    "oidc_client_secret": "Our secret at that service; better in the environment.",
    "oidc_name": "What the sign-in page calls the service.",
}
"""Every setting that `fourfold.toml` may hold, with what it means."""

YES_OR_NO = ("made_up",)
"""Settings that are true or false; any other word is refused, for `yes` must not quietly mean no."""

BEYOND_TABLES = re.compile(r"%[0-9A-Fa-f]{2}|[\[\]^|\\\x00-\x1f]")
"""What a path may not hold, because the library that keeps the tables cannot find them again below it."""


@dataclass(frozen=True)
class Home:
    """One folder of Fourfold's state: lake, overrides, staff text and settings."""

    path: Path

    @staticmethod
    def choose(option: Path | None = None) -> Home:
        """Return the home named by `option`, by `FOURFOLD_HOME`, or the platform's data folder.

        Raises WrongUseError for a path that tables cannot be kept under.
        """
        named = option or os.environ.get("FOURFOLD_HOME")
        if named:
            chosen = Home(Path(named).expanduser().resolve())
        else:
            import platformdirs

            chosen = Home(Path(platformdirs.user_data_dir("fourfold", appauthor=False)))
        odd = BEYOND_TABLES.search(chosen.path.as_posix())
        if odd:
            raise WrongUseError(
                f"Tables cannot be kept in {chosen.path}: its name holds {odd.group()!r}.",
                "Name another folder with --home or FOURFOLD_HOME.",
            )
        return chosen

    @property
    def lake(self) -> Path:
        return self.path / "lake"

    @property
    def policy(self) -> Path:
        """The force's own policy values (YAML), which go before the shipped ones."""
        return self.path / "policy"

    @property
    def vocabulary(self) -> Path:
        """The force's own code lists (CSV), which go before the shipped ones."""
        return self.path / "vocabulary"

    @property
    def mappings(self) -> Path:
        """Column mappings (TOML) for files whose headings differ from the contract."""
        return self.path / "mappings"

    @property
    def papers(self) -> Path:
        """Staff text (Markdown) by paper."""
        return self.path / "papers"

    @property
    def settings_file(self) -> Path:
        return self.path / "fourfold.toml"

    @cached_property
    def settings(self) -> dict[str, str]:
        """Every setting with its value; the environment goes before the file.

        Raises WrongUseError for a file that is not TOML, names an unknown setting or gives one a wrong value.
        """
        found = {key: plain(key, value, self.settings_file.name) for key, value in self._told().items()}
        for key in SETTINGS:
            variable = f"FOURFOLD_{key.upper()}"
            value = os.environ.get(variable)
            if value:
                found[key] = plain(key, value, variable)
        return found

    def _told(self) -> dict[str, object]:
        """Return what `fourfold.toml` says, nothing where there is none."""
        try:
            told = tomllib.loads(self.settings_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise WrongUseError(
                f"{self.settings_file.name} in {self.path} cannot be read: {error}.",
                'Mend it as TOML, for example: force = "west-midlands".',
            ) from error
        unknown = sorted(set(told) - set(SETTINGS))
        if unknown:
            raise WrongUseError(
                f"{self.settings_file.name} names settings that do not exist: {', '.join(unknown)}.",
                f"It may hold: {', '.join(SETTINGS)}.",
            )
        return told

    def prepare(self) -> None:
        """Make the folder and what belongs in it; what is there already stays."""
        try:
            for folder in (self.path, self.policy, self.vocabulary, self.mappings, self.papers):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CouldNotRunError(
                f"The folder {self.path} cannot be made: {error.strerror}.",
                "Name another one with --home or FOURFOLD_HOME.",
            ) from error

    def write_settings(self, values: dict[str, str]) -> None:
        """Write settings into `fourfold.toml`, keeping what else stands there and its comments."""
        import tomlkit

        for key in values:
            if key not in SETTINGS:
                raise WrongUseError(f"There is no setting {key}.", f"There are: {', '.join(SETTINGS)}.")
        self._told()  # a faulty file is refused before anything is written over it
        text = self.settings_file.read_text(encoding="utf-8") if self.settings_file.exists() else ""
        document = tomlkit.parse(text)
        document.update(values)
        self.settings_file.write_text(tomlkit.dumps(document), encoding="utf-8")
        self.__dict__.pop("settings", None)


def plain(setting: str, value: object, where: str) -> str:
    """Return a setting's value as text; raises WrongUseError for a list or table, and for a wrong yes or no."""
    if setting in YES_OR_NO:
        text = str(value).strip().lower()
        if text not in ("true", "false"):
            raise WrongUseError(f"{setting} in {where} is {value!r}.", "Write true or false.")
        return text
    if not isinstance(value, str | int | float):
        raise WrongUseError(f"{setting} in {where} is not a word.", f'Write {setting} = "...".')
    return str(value).strip()
