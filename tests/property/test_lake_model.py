"""A lake under any run of loads equals a plain dictionary, now and at every manifest it ever had."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fourfold.lake import HISTORY_SUFFIX, Lake
from fourfold.lake import load as load_module

WORDS = st.sampled_from(["a", "b", "o'c", 'd"', "é", "--"])
VALUES = st.one_of(st.none(), st.integers(0, 3))
TELLINGS = st.lists(st.tuples(WORDS, st.integers(1, 2), VALUES), max_size=8)

State = tuple[tuple[tuple[object, ...], ...], ...]


class LakeAgainstDictionary(RuleBasedStateMachine):
    """`standing`, `earlier` and `slices` say what a lake of three tables must hold."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.lake = Lake(Path(self.folder.name))
        self.standing: dict[tuple[object, ...], object] = {}
        self.earlier: list[tuple[object, ...]] = []
        self.slices: dict[object, list[object]] = {}
        self.notes: list[object] = []
        self.pinned: dict[str, State] = {"": self.expected()}
        self.loads = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    def expected(self) -> State:
        crimes = [(*key, value) for key, value in self.standing.items()]
        street = [(name, value) for name, values in self.slices.items() for value in values]
        return tuple(
            tuple(sorted(rows, key=repr))
            for rows in (crimes, self.earlier, street, [(note,) for note in self.notes])
        )

    def found(self, manifest: str = "") -> State:
        pinned = self.lake.manifests.read(manifest) if manifest else self.lake.current()
        tables = {
            "crime": ["ref", "part", "value"],
            "crime" + HISTORY_SUFFIX: ["ref", "part", "value"],
            "street": ["slice", "value"],
            "note": ["value"],
        }
        frames = {name: self.lake.scan(name, pinned) for name in tables}
        return tuple(
            tuple(sorted(frame.select(tables[name]).collect().iter_rows(), key=repr))
            if frame is not None
            else ()
            for name, frame in frames.items()
        )

    def keep(self) -> None:
        current = self.lake.current().name
        self.pinned.setdefault(current, self.expected())
        assert self.pinned[current] == self.expected(), "a load that changed something made no manifest"

    @rule(told=TELLINGS)
    def upsert(self, told: list[tuple[str, int, int | None]]) -> None:
        frame = tellings(told, f"b{self.loads}")
        self.loads += 1
        unchanged = 0
        for ref, part, value in told:
            key = (ref, part)
            if key in self.standing and self.standing[key] == value:
                unchanged += 1
                continue
            if key in self.standing:
                self.earlier.append((*key, self.standing[key]))
            self.standing[key] = value
        with self.lake.load("upsert") as load:
            done = load.upsert("crime", frame, ("ref", "part"), ["ref", "part", "value"])
        assert sum(done.unchanged_by_batch.values()) == unchanged
        self.keep()

    @rule(told=st.lists(st.tuples(st.one_of(st.none(), WORDS), VALUES), max_size=6))
    def replace_slices(self, told: list[tuple[str | None, int | None]]) -> None:
        taken_out = sum(len(self.slices.pop(name, [])) for name in {name for name, _ in told})
        for name, value in told:
            self.slices.setdefault(name, []).append(value)
        frame = pl.DataFrame(told, schema={"slice": pl.String, "value": pl.Int64}, orient="row")
        with self.lake.load("slices") as load:
            assert load.replace_slices("street", frame, ("slice",)) == taken_out
        self.keep()

    @rule(told=st.lists(VALUES, max_size=3), others=TELLINGS)
    def several_tables(self, told: list[int | None], others: list[tuple[str, int, int | None]]) -> None:
        self.notes += told
        with self.lake.load("notes") as load:
            load.append("note", pl.DataFrame({"value": told}, schema={"value": pl.Int64}))
        self.keep()
        self.upsert(others)

    @rule(told=TELLINGS, value=VALUES)
    def fail_half_way(self, told: list[tuple[str, int, int | None]], value: int | None) -> None:
        before = self.lake.current()
        try:
            with self.lake.load("fails") as load:
                load.upsert("crime", tellings(told, "f"), ("ref", "part"), ["ref", "part", "value"])
                load.append(
                    "note",
                    pl.DataFrame({"value": [value], "more": ["x"]}, schema_overrides={"value": pl.Int64}),
                )
                load.replace_slices("street", pl.DataFrame({"slice": ["a"], "value": [9]}), ("slice",))
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        assert self.lake.current() == before

    @invariant()
    def now_and_then_are_as_they_must_be(self) -> None:
        if hasattr(self, "lake"):
            assert self.found() == self.expected()

    @rule(chosen=st.randoms(use_true_random=False))
    def look_back(self, chosen: object) -> None:
        for name in [name for name in self.pinned if name.strip("0")]:
            assert self.found(name) == self.pinned[name]


def tellings(told: list[tuple[str, int, int | None]], batch: str) -> pl.DataFrame:
    schema = {"ref": pl.String, "part": pl.Int64, "value": pl.Int64}
    return pl.DataFrame(told, schema=schema, orient="row").with_columns(
        batch_id=pl.lit(batch), told_at=pl.lit(batch)
    )


class WithCompaction(LakeAgainstDictionary):
    """The same, with every load compacting what it touched."""

    @initialize()
    def begin(self) -> None:
        self.limit = load_module.FILES_BEFORE_COMPACTING
        load_module.FILES_BEFORE_COMPACTING = 1
        super().begin()

    def teardown(self) -> None:
        load_module.FILES_BEFORE_COMPACTING = self.limit
        super().teardown()


SHORT = settings(
    max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLake = LakeAgainstDictionary.TestCase
TestLake.settings = SHORT
TestLakeWithCompaction = WithCompaction.TestCase
TestLakeWithCompaction.settings = SHORT
