"""How often the audit's intervals hold: 10,000 draws of each allocation at each true compliance.

Populations are planted whole: every crime has a true answer, and of some it is not recorded. True compliance
goes from 0.05 to 0.99, the same in every group, or better or worse in the larger ones; what is not recorded
is a tenth or four tenths, and lies more with duties that were not met. Two forces are tried, a large one and
one so small that a quarter of its crimes is drawn.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fourfold.statistics import stratified
from fourfold.statistics.allocation import equal, neyman, proportional
from fourfold.statistics.simulated_draws import draws

TIMES = 10_000
SAMPLE = 250
SEED = 20_220_131
FORCES = {"large force": (5_200, 700, 6_100, 2_300, 9_700), "small force": (230, 18, 190, 75, 480)}
TRUTHS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.97, 0.99)
SPREADS = {
    "alike": (0.0, 0.0, 0.0, 0.0, 0.0),
    "larger groups worse": (1.0, 0.5, 0.0, -0.5, -1.0),
    "larger groups better": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "misses in the largest": (0.0, 0.0, 0.0, 0.0, -7.0),
    "successes in the largest": (0.0, 0.0, 0.0, 0.0, 7.0),
}
"""How far compliance lies apart, on the logit scale, from the smallest group to the largest."""
SILENCES = (0.1, 0.4)
NOT_APPLICABLE, OUT_OF_SCOPE = 0.15, 0.04
METHODS = {
    "ours": stratified.stratified,
    "on effective size": stratified.clopper_pearson_on_effective_size,
    "normal": stratified.normal,
}
SHARES = ("recorded", "strict", "best case")
LEAST = 0.94


@dataclass(frozen=True)
class Planted:
    """counts: shape (groups, 4), met, not met, not recorded, not applicable. truth: compliance of all it applies to."""

    counts: np.ndarray
    out_of_scope: np.ndarray
    met: int
    applicable: int

    @property
    def truth(self) -> float:
        return self.met / self.applicable


@dataclass(frozen=True)
class Tried:
    force: str
    allocation: str
    truth: float
    spread: str
    silence: float
    share: str
    covered: dict[str, float]
    width: dict[str, float]


def planted(sizes: tuple[int, ...], truth: float, spread: tuple[float, ...], silence: float) -> Planted:
    """Return a population whose true compliance is `truth`, with groups apart as `spread` says."""
    size = np.array(sizes)
    gone = np.round(size * OUT_OF_SCOPE).astype(int)
    aside = np.round((size - gone) * NOT_APPLICABLE).astype(int)
    owed = size - gone - aside
    lean = np.array(spread)[np.argsort(np.argsort(size))]
    low, high = -25.0, 25.0
    for _ in range(80):
        middle = (low + high) / 2
        share = 1 / (1 + np.exp(-(middle + lean)))
        low, high = (middle, high) if (owed * share).sum() < truth * owed.sum() else (low, middle)
    met = spread_out(owed * share)
    silent = silence * (1 + 0.4 * np.linspace(1, -1, len(sizes)))
    silent_met = np.round(met * silent * 0.9).astype(int)
    silent_not = np.minimum(np.round((owed - met) * silent * 1.3).astype(int), owed - met)
    told, missed = met - silent_met, owed - met - silent_not
    counts = np.stack([told, missed, silent_met + silent_not, aside], axis=1)
    return Planted(counts, gone, int(met.sum()), int(owed.sum()))


def spread_out(parts: np.ndarray) -> np.ndarray:
    """Round so that the sum is that of the parts, rounded."""
    whole = np.floor(parts).astype(int)
    for at in np.argsort(whole - parts)[: round(parts.sum()) - int(whole.sum())]:
        whole[at] += 1
    return whole


def sizes_of(allocation: str, sizes: tuple[int, ...], truth: float) -> np.ndarray:
    if allocation == "equal":
        return equal(SAMPLE, sizes)
    return proportional(SAMPLE, sizes) if allocation == "proportional" else neyman(SAMPLE, sizes, truth)


def parts_of(counts: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return part and whole of each share, from counts whose last axis is the four answers."""
    met, missed, silent = counts[..., 0], counts[..., 1], counts[..., 2]
    owed = met + missed + silent
    return {"recorded": (met, met + missed), "strict": (met, owed), "best case": (met + silent, owed)}


def tried(times: int = TIMES, truths: tuple[float, ...] = TRUTHS) -> Iterator[Tried]:
    """Try every setting; each has random numbers of its own, so that one more changes no other."""
    for at_force, (force, sizes) in enumerate(FORCES.items()):
        for at_allocation, allocation in enumerate(("equal", "proportional", "neyman")):
            for at_spread, (spread, lean) in enumerate(SPREADS.items()):
                for truth in truths:
                    for silence in SILENCES:
                        made = planted(sizes, truth, lean, silence)
                        key = [
                            SEED,
                            at_force,
                            at_allocation,
                            at_spread,
                            round(1000 * truth),
                            round(100 * silence),
                        ]
                        rng = np.random.default_rng(key)
                        read = sizes_of(allocation, sizes, truth)
                        counts, gone = draws(made.counts, made.out_of_scope, read, times, rng)
                        yield from measured(
                            made, np.array(sizes), counts, gone, (force, allocation, truth, spread, silence)
                        )


def measured(
    made: Planted, sizes: np.ndarray, counts: np.ndarray, gone: np.ndarray, about: tuple
) -> Iterator[Tried]:
    looked = counts.sum(axis=-1) + gone
    whole_population = parts_of(made.counts)
    for share, (part, whole) in parts_of(counts).items():
        above, below = whole_population[share]
        right = above.sum() / below.sum()
        covered, width = {}, {}
        for name, method in METHODS.items():
            found = method(sizes, looked, whole, part)
            held = (found.lower <= right + 1e-12) & (right - 1e-12 <= found.upper)
            covered[name] = float(held.mean())  # what cannot be computed does not cover
            width[name] = float(np.nanmean(found.upper - found.lower))
        yield Tried(*about, share, covered, width)


def bounds_hold(truths: tuple[float, ...] = TRUTHS) -> tuple[int, int]:
    """Return in how many whole populations strict and best case contain the truth, and of how many."""
    held = total = 0
    for sizes in FORCES.values():
        for lean in SPREADS.values():
            for truth in truths:
                for silence in SILENCES:
                    made = planted(sizes, truth, lean, silence)
                    shares = parts_of(made.counts)
                    strict, best = (
                        stratified.stratified(sizes, sizes, shares[name][1], shares[name][0])
                        for name in ("strict", "best case")
                    )
                    held += float(strict.lower) <= made.truth <= float(best.upper)
                    total += 1
    return held, total


def report() -> Iterator[str]:
    began = time.perf_counter()
    every = list(tried())
    yield f"{len(every):,} settings and shares, {TIMES:,} draws each, in {time.perf_counter() - began:.0f} s"
    yield "Least share of draws whose 95% interval covers the population's value, and mean width in points"
    yield f"{'':34}" + "".join(f"{name:>24}" for name in METHODS)
    for allocation in ("equal", "proportional", "neyman"):
        for share in SHARES:
            mine = [one for one in every if one.allocation == allocation and one.share == share]
            yield line(f"{allocation}, {share}", mine)
    for truth in TRUTHS:
        yield line(f"true compliance {truth:.2f}", [one for one in every if one.truth == truth])
    for force in FORCES:
        yield line(force, [one for one in every if one.force == force])
    yield line("all", every)
    for one in sorted(every, key=lambda one: one.covered["ours"])[:5]:
        about = (one.force, one.allocation, one.truth, one.spread, one.silence, one.share)
        yield f"lowest: {one.covered['ours']:.4f} at {', '.join(map(str, about))}"
    under = sum(one.covered["ours"] < LEAST for one in every)
    yield f"settings below {LEAST:.0%}: {under} of {len(every)}"
    held, total = bounds_hold()
    yield f"whole populations whose truth lies within strict and best case: {held} of {total}"


def line(name: str, mine: list[Tried]) -> str:
    cells = (
        f"{min(one.covered[m] for one in mine):.3f}, {100 * np.mean([one.width[m] for one in mine]):5.1f} points"
        for m in METHODS
    )
    return f"{name:34}" + "".join(f"{cell:>24}" for cell in cells)


if __name__ == "__main__":
    sys.stdout.writelines(f"{text}\n" for text in report())
