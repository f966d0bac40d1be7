"""A force's own policy that cannot be used."""

from __future__ import annotations

from fourfold.home import WrongUseError


class OwnPolicyError(WrongUseError):
    """A file of the force's own policy cannot be read, or says what it may not; it names files and keys, nobody."""
