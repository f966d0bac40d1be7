"""From the cost of each mistake to the probabilities at which records are joined, and at which somebody looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fourfold import policy
from fourfold.home import WrongUseError


@dataclass(frozen=True)
class Costs:
    """What a false join, a missed join and a person's look cost, in any one unit.

    The rule is Chow's (1970): join where that is the cheaper of the two to be expected; look where the cheaper of
    the two still costs more than a look.
    """

    false_join: float
    missed_join: float
    look: float

    def __post_init__(self) -> None:
        if not (self.false_join > 0 and self.missed_join > 0 and self.look > 0):
            raise WrongUseError(
                "The costs of linking must be above nought.", "Mend linkage.costs in the policy folder."
            )

    @property
    def joins_from(self) -> float:
        """The probability from which two records are taken for one person."""
        return self.false_join / (self.false_join + self.missed_join)

    @property
    def looks_from(self) -> float:
        """The probability from which a pair that is not joined is worth a look."""
        return min(self.look / self.missed_join, self.joins_from)

    @property
    def looks_to(self) -> float:
        """The probability up to which a pair that is joined is worth a look."""
        return max(1 - self.look / self.false_join, self.joins_from)


def costs_on(on: date, own: Path | None = None) -> Costs:
    """Return the costs that hold on a day, a force's own before the shipped ones."""
    told = policy.value_on("linkage.costs", on, own).value
    return Costs(float(told["false_join"]), float(told["missed_join"]), float(told["look"]))
