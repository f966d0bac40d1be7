"""What a lake gives back: every type, every odd key, every row once, and the history of each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from fourfold.lake import HISTORY_SUFFIX, Lake

KEY = ("ref",)
FIRST = datetime(2021, 12, 1, 9, tzinfo=UTC)

ODD_WORDS = (
    "O'Neill",
    '"quoted"',
    "a\\b",
    "ü€ 😀 日本",
    "'; DROP TABLE crime; --",
    "1 OR 1=1",
    "%_",
    "line\nbreak",
    "{x} $1",
    "''",
    " ",
)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def tellings(*rows: tuple[str, object], batch: str = "b1", hour: int = 0) -> pl.DataFrame:
    """Return tellings of (ref, colour), as intake hands them in."""
    told_at = FIRST.replace(hour=9 + hour)
    return pl.DataFrame(
        [(ref, colour, batch, told_at) for ref, colour in rows],
        schema={
            "ref": pl.String,
            "colour": pl.String,
            "batch_id": pl.String,
            "told_at": pl.Datetime("us", "UTC"),
        },
        orient="row",
    )


def upsert(lake: Lake, *frames: pl.DataFrame) -> dict[str, int]:
    with lake.load("test") as load:
        return load.upsert("car", pl.concat(frames), KEY, ["ref", "colour"]).unchanged_by_batch


def colours(lake: Lake, table: str = "car") -> list[tuple[str, object]]:
    frame = lake.scan(table)
    return [] if frame is None else sorted(frame.select("ref", "colour").collect().iter_rows(), key=str)


def test_a_later_telling_takes_the_place_of_an_earlier_one_which_is_kept(lake):
    upsert(lake, tellings(("A", "red"), ("B", "blue")))
    upsert(lake, tellings(("A", "green"), batch="b2", hour=1))
    assert colours(lake) == [("A", "green"), ("B", "blue")]
    assert colours(lake, "car" + HISTORY_SUFFIX) == [("A", "red")]
    assert lake.history("car", {"ref": "A"})["colour"].to_list() == ["red", "green"]


def test_corrections_within_one_load_are_kept_in_the_order_they_were_told(lake):
    upsert(lake, tellings(("A", "red")))
    upsert(lake, tellings(("A", "blue"), ("A", "blue"), ("A", None), ("A", "red"), batch="b2", hour=1))
    assert colours(lake) == [("A", "red")]
    assert lake.history("car", {"ref": "A"})["colour"].to_list() == ["red", "blue", None, "red"]


def test_a_first_load_keeps_its_own_corrections(lake):
    upsert(lake, tellings(("A", "blue"), ("B", "red"), ("A", "green")))
    assert colours(lake) == [("A", "green"), ("B", "red")]
    assert lake.history("car", {"ref": "A"})["colour"].to_list() == ["blue", "green"]


def test_rows_that_say_nothing_new_are_counted_by_batch_and_not_written(lake):
    upsert(lake, tellings(("A", "red"), ("B", None)))
    before = lake.current()
    again = upsert(
        lake,
        tellings(("A", "red"), batch="b2", hour=1),
        tellings(("B", None), ("A", "red"), batch="b3", hour=2),
    )
    assert again == {"b2": 1, "b3": 2}
    assert lake.current() == before


def test_a_row_that_became_missing_is_news(lake):
    upsert(lake, tellings(("A", "red")))
    upsert(lake, tellings(("A", None), batch="b2"))
    assert colours(lake) == [("A", None)]


@pytest.mark.parametrize("word", ODD_WORDS)
def test_any_text_may_be_a_key(lake, word):
    upsert(lake, tellings((word, "red"), ("other", "red")))
    upsert(lake, tellings((word, "green"), batch="b2"))
    assert sorted(colours(lake)) == sorted([(word, "green"), ("other", "red")])


def test_a_key_of_several_columns_tells_rows_apart_and_a_missing_part_equals_a_missing_one(lake):
    def rows(*told: tuple[str | None, int, str]) -> pl.DataFrame:
        return pl.DataFrame(told, schema=["unit", "month", "posts"], orient="row").with_columns(
            batch_id=pl.lit("b"), told_at=pl.lit(FIRST)
        )

    for told in (rows(("CID", 1, "3"), (None, 1, "4"), ("CID", 2, "5")), rows((None, 1, "9"))):
        with lake.load("test") as load:
            load.upsert("staffing", told, ("unit", "month"), ["posts"])
    found = lake.scan("staffing").select("unit", "month", "posts").collect()
    assert set(found.iter_rows()) == {("CID", 1, "3"), (None, 1, "9"), ("CID", 2, "5")}


def test_every_type_of_a_record_comes_back_as_it_went_in(lake):
    frame = pl.DataFrame(
        {
            "words": ["a", None],
            "number": [1, None],
            "share": [0.5, None],
            "loss_gbp": pl.Series([Decimal("1234567890.10"), None], dtype=pl.Decimal(12, 2)),
            "at": pl.Series(
                [datetime(2021, 3, 28, 1, 30, 0, 123456, UTC), None], dtype=pl.Datetime("us", "UTC")
            ),
            "on": [date(1900, 1, 1), None],
            "yes": [True, None],
            "never": pl.Series([None, None], dtype=pl.Date),
        }
    )
    with lake.load("test") as load:
        load.append("thing", frame)
    found = lake.scan("thing").collect()
    assert found.schema == frame.schema
    assert found.sort("words", nulls_last=True).equals(frame)


def test_types_that_delta_cannot_keep_are_kept_as_the_nearest_that_it_can(lake):
    frame = pl.DataFrame(
        {
            "count": pl.Series([4_000_000_000], dtype=pl.UInt32),
            "kind": pl.Series(["a"], dtype=pl.Categorical),
            "level": pl.Series(["low"], dtype=pl.Enum(["low", "high"])),
            "gap": [None],
        }
    )
    with lake.load("test") as load:
        load.replace_all("thing", frame)
    assert lake.scan("thing").collect().to_dicts() == [
        {"count": 4_000_000_000, "kind": "a", "level": "low", "gap": None}
    ]


def test_a_column_of_gaps_takes_the_type_that_the_table_knows(lake):
    for told in ([date(2021, 1, 1)], [None], [date(2021, 2, 1)]):
        with lake.load("test") as load:
            load.append("thing", pl.DataFrame({"on": told}))
    assert lake.scan("thing").collect()["on"].drop_nulls().sort().to_list() == [
        date(2021, 1, 1),
        date(2021, 2, 1),
    ]


def test_a_column_added_later_is_missing_in_older_rows(lake):
    upsert(lake, tellings(("A", "red"), ("B", "blue"), ("C", "grey")))
    wider = tellings(("A", "red"), ("B", "green"), ("D", "pink"), batch="b2").with_columns(doors=pl.lit(5))
    with lake.load("test") as load:
        load.upsert("car", wider, KEY, ["ref", "colour", "doors"])
    found = lake.scan("car").select("ref", "colour", "doors").collect()
    assert set(found.iter_rows()) == {
        ("A", "red", 5),
        ("B", "green", 5),
        ("C", "grey", None),
        ("D", "pink", 5),
    }
    assert "doors" not in lake.scan("car", lake.manifests.read("1")).collect_schema()


def test_a_file_from_before_a_column_was_added_is_read_beside_one_with_it(lake):
    for frame in (
        pl.DataFrame({"ref": ["A"]}),
        pl.DataFrame({"ref": ["B"], "doors": [5]}),
        pl.DataFrame({"ref": ["C"]}),
    ):
        with lake.load("test") as load:
            load.append("car", frame)
    assert sorted(lake.scan("car").collect().iter_rows()) == [("A", None), ("B", 5), ("C", None)]


def months(*rows: tuple[str | None, date, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"force": pl.String, "month": pl.Date, "row": pl.Int64}, orient="row")


def test_a_slice_is_replaced_whole_and_the_others_stay(lake):
    january, february = date(2021, 1, 1), date(2021, 2, 1)
    slice_by = ("force", "month")
    with lake.load("test") as load:
        taken = load.replace_slices(
            "street",
            months(("kent", january, 1), ("kent", january, 2), ("kent", february, 3), ("o'b", january, 4)),
            slice_by,
        )
        assert taken == 0
    with lake.load("test") as load:
        assert load.replace_slices("street", months(("kent", january, 9)), slice_by) == 2
        assert (
            load.replace_slices("street", months(("o'b", january, 8), ("essex", january, 7)), slice_by) == 1
        )
    assert sorted(lake.scan("street").collect()["row"]) == [3, 7, 8, 9]


@pytest.mark.parametrize("word", [*ODD_WORDS, None])
def test_any_text_or_a_missing_value_may_name_a_slice(lake, word):
    day = date(2021, 1, 1)
    for row in (1, 2):
        with lake.load("test") as load:
            load.replace_slices("street", months((word, day, row), ("kent", day, row)), ("force", "month"))
    assert lake.scan("street").collect()["row"].to_list() == [2, 2]


def test_thousands_of_slices_are_replaced_at_once(lake):
    days = pl.date_range(date(1990, 1, 1), date(2021, 12, 1), "1mo", eager=True)
    frame = pl.DataFrame({"month": days}).join(
        pl.DataFrame({"force": [f"f{i}" for i in range(44)]}), how="cross"
    )
    for _ in range(2):
        with lake.load("test") as load:
            taken = load.replace_slices("street", frame, ("force", "month"))
    assert taken == frame.height == lake.scan("street").collect().height


def test_a_frame_without_rows_changes_nothing_and_may_be_a_whole_derived_table(lake):
    with lake.load("test") as load:
        load.upsert("car", tellings(), KEY, ["ref", "colour"])
        load.append("car", tellings())
        load.replace_slices("car", tellings(), ("ref",))
    assert lake.current().is_empty
    assert lake.scan("car") is None
    with lake.load("test") as load:
        load.replace_all("figure", tellings())
    assert lake.scan("figure").collect().equals(tellings())


def test_a_derived_table_may_change_its_columns(lake):
    with lake.load("test") as load:
        load.replace_all("figure", pl.DataFrame({"value": ["x"]}))
    with lake.load("test") as load:
        load.replace_all("figure", pl.DataFrame({"value": [1.5], "unit": ["pounds"]}))
    assert lake.scan("figure").collect().to_dicts() == [{"value": 1.5, "unit": "pounds"}]
    assert lake.scan("figure", lake.manifests.read("1")).collect().to_dicts() == [{"value": "x"}]


def test_a_load_sees_its_own_changes_and_nobody_else_does(lake):
    upsert(lake, tellings(("A", "red")))
    with lake.load("test") as load:
        load.append("car", tellings(("B", "blue")))
        assert load.scan("car").collect().height == 2
        assert lake.scan("car").collect().height == 1
    assert lake.scan("car").collect().height == 2


@pytest.mark.parametrize("name", ["with a space", "ümlaut 日本", "h#sh & 'quote'", "50% off"])
def test_a_lake_may_lie_in_a_folder_of_any_ordinary_name(tmp_path, name):
    lake = Lake(tmp_path / name)
    upsert(lake, tellings(("A", "red"), ("B", "red")))
    upsert(lake, tellings(("A", "green"), batch="b2"))
    assert colours(lake) == [("A", "green"), ("B", "red")]
