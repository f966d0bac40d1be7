"""What the doctor says of the trail: whether it stands as it was written, and what to note down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourfold.home import Home, WrongUseError

if TYPE_CHECKING:
    from fourfold.pipeline.doctor import Item

RESTORE = "Keep the database as it is, tell the data-protection officer, and compare with a backup."


def noted_at(told: str) -> tuple[int, str]:
    """Return the length and hash that somebody noted as `LENGTH:HASH`, (0, "") for an empty text.

    Raises WrongUseError for anything else.
    """
    if not told:
        return 0, ""
    length, _, last_hash = told.replace(",", "").partition(":")
    if not length.isdigit() or int(length) < 1 or len(last_hash) != 64:
        raise WrongUseError(
            f"'{told}' is not what an earlier check printed.", "Write the length, a colon and the hash."
        )
    return int(length), last_hash.lower()


def trail_items(home: Home, noted: str = "") -> list[Item]:
    """Return how the home's trail stands, having read all of it; nothing is changed."""
    from fourfold.pipeline.doctor import Item

    length, last_hash = noted_at(noted)
    if not (home.path / "trail.key").exists():
        words, next_step = "there is none in this home yet", "`fourfold serve` makes it."
        if not _has_register(home):
            return [Item("trail", "note", words, next_step)]
        words = "the key trail.key is gone from the home, and nothing can be verified without it"
        return [Item("trail", "wrong", words, "Put the key back from a backup, then check again.")]
    return [_item(home, length, last_hash)]


def _has_register(home: Home) -> bool:
    return bool(home.settings.get("database")) or (home.path / "register.sqlite3").exists()


def _item(home: Home, length: int, last_hash: str) -> Item:
    from fourfold.pipeline.doctor import Item
    from fourfold.web.server import start_django

    start_django(home)
    from django.db import DatabaseError

    from fourfold.web.trail.verifying import standing

    if not _has_register(home):
        words = "the register is gone from the home, though its trail's key is there"
        return Item("trail", "wrong", words, "Put register.sqlite3 back from a backup, then check again.")
    try:
        found = standing(length, last_hash)
    except DatabaseError as error:
        words = f"it cannot be read ({type(error).__name__})"
        next_step = "Check the setting database, and that `fourfold serve` has prepared this home."
        return Item("trail", "wrong", words, next_step)
    if found.fault is not None:
        where = f"entry {found.fault.number:,}" if found.fault.number else "the anchor"
        return Item("trail", "wrong", f"a fault at {where}. {found.fault.what}", RESTORE)
    entries = "1 entry stands" if found.length == 1 else f"{found.length:,} entries stand"
    again = f"Note this down away from the machine: {found.length}:{found.last_hash}"
    since = f", and entry {length:,} is the one noted" if length else ""
    return Item("trail", "good", f"{entries} as written{since}", again)
