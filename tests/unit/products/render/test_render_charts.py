"""Charts: what their specifications hold, the same bytes for the same rows, and nothing fetched."""

import json

import pytest

from fourfold.products.render import charts

MONTHS = [
    {"month": "2021-01", "value": 10},
    {"month": "2021-02", "value": None},
    {"month": "2021-04", "value": 30},
]
KINDS = [
    {"kind": "Courier fraud", "now": 120.0, "low": 90.0, "high": 160.0, "then": 100.0},
    {"kind": "Romance fraud", "now": None, "low": None, "high": None, "then": 7.0},
]


def _data(spec: str) -> list[dict]:
    return [row for rows in json.loads(spec)["datasets"].values() for row in rows]


def _marks(spec: str) -> list[dict]:
    return [layer["mark"] for layer in json.loads(spec)["layer"]]


def _texts(spec: str) -> list[str]:
    return [mark["text"] for mark in _marks(spec) if "text" in mark]


def test_months_without_a_number_stay_open_and_are_never_zero():
    spec = charts.line_with_breaks(MONTHS)
    values = [row["value"] for row in _data(spec) if "value" in row]
    assert values == [10.0, None, None, 30.0]  # March, which no row names, is as open as February
    assert _texts(spec) == ["no data"]
    line = next(mark for mark in _marks(spec) if mark["type"] == "line")
    assert line["invalid"] == "break-paths-filter-domains"


def test_breaks_and_lockdowns_inside_the_months_are_named_and_others_left_out():
    spec = charts.line_with_breaks(
        MONTHS,
        breaks=[("2021-03", "New rules"), ("2030-01", "Far off")],
        lockdowns=[("2020-12", "2021-02", "Lockdown"), ("2019-01", "2019-02", "Long gone")],
    )
    assert set(_texts(spec)) == {"no data", "New rules", "Lockdown"}
    assert sum(mark["type"] == "rect" for mark in _marks(spec)) == 1


def test_the_line_starts_at_zero_and_shows_what_lies_below_it():
    spec = json.loads(
        charts.line_with_breaks([{"month": "2021-01", "value": 5}, {"month": "2021-02", "value": -3}])
    )
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    low, high = line["encoding"]["y"]["scale"]["domain"]
    assert low == -3
    assert high >= 5
    assert any(layer["encoding"].get("y") == {"datum": 0} for layer in spec["layer"])


def test_two_series_are_told_apart_by_dash_and_name_as_well_as_colour():
    rows = [
        {"month": f"2021-0{m}", "value": m * k, "what": name}
        for m in (1, 2)
        for k, name in ((1, "A"), (2, "B"))
    ]
    spec = charts.line_with_breaks(rows, series="what")
    lines = [mark for mark in _marks(spec) if mark["type"] == "line"]
    assert lines[0]["strokeDash"] != lines[1]["strokeDash"]
    assert sorted(_texts(spec)) == [["A"], ["B"]]


def test_bars_keep_their_order_their_interval_and_say_a_missing_number_in_words():
    rows = {
        row["label"]: row
        for row in _data(charts.bars_with_intervals(KINDS, "kind", "now", "low", "high"))
        if "words" in row
    }
    assert list(rows) == ["Courier fraud", "Romance fraud"]
    assert (rows["Courier fraud"]["lower"], rows["Courier fraud"]["upper"]) == (90.0, 160.0)
    assert rows["Courier fraud"]["words"] == "120"
    assert (rows["Romance fraud"]["value"], rows["Romance fraud"]["words"]) == (None, "not available")


def test_two_rows_of_the_same_name_stay_two():
    spec = charts.bars_with_intervals([KINDS[0], KINDS[0]], "kind", "now")
    assert len({row["label"] for row in _data(spec) if "words" in row}) == 2


def test_paired_bars_hold_both_periods_of_each_row():
    rows = [
        row
        for row in _data(charts.paired_bars(KINDS, "kind", "then", "now", "2020", "2021"))
        if "which" in row
    ]
    assert [(row["which"], row["words"]) for row in rows] == [
        ("2020", "100"),
        ("2021", "120"),
        ("2020", "7"),
        ("2021", "not available"),
    ]


@pytest.mark.parametrize(
    "make", [lambda: charts.line_with_breaks([]), lambda: charts.bars_with_intervals([], "a", "b")]
)
def test_no_rows_is_an_error_not_an_empty_picture(make):
    with pytest.raises(ValueError, match="at least one"):
        make()


def test_the_same_rows_give_the_same_text_and_the_same_pictures():
    first, second = (charts.bars_with_intervals(KINDS, "kind", "now", "low", "high") for _ in range(2))
    assert first == second
    assert charts.to_svg(first) == charts.to_svg(second)
    png = charts.to_png(first)
    assert png == charts.to_png(second)
    assert png.startswith(b"\x89PNG")


def test_no_text_is_smaller_than_eleven_pixels():
    import re

    svg = charts.to_svg(
        charts.line_with_breaks(MONTHS, breaks=[("2021-03", "New rules")], value_title="Reports")
    )
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)', svg)]
    assert sizes
    assert min(sizes) >= 11


def test_data_at_an_address_are_refused():
    spec = {"data": {"url": "https://example.org/a.csv"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    with pytest.raises(ValueError, match="allow"):
        charts.to_svg(json.dumps(spec))


EVERY_KIND_OF_LAYER = (
    charts.line_with_breaks(
        [{**row, "what": what, "low": 1, "high": 40} for row in MONTHS for what in ("A", "B")],
        series="what",
        lower="low",
        upper="high",
        value_title="Reports",
        breaks=[("2021-03", "New rules")],
        lockdowns=[("2020-12", "2021-02", "Lockdown")],
    ),
    charts.bars_with_intervals(KINDS, "kind", "now", "low", "high", value_title="Reports"),
    charts.paired_bars(KINDS, "kind", "then", "now", "2020", "2021", value_title="Reports"),
)


@pytest.mark.parametrize("spec", EVERY_KIND_OF_LAYER)
def test_a_chart_keeps_to_the_published_grammar(spec):
    import altair
    import jsonschema

    told = json.loads(spec)
    assert told["$schema"] == altair.SCHEMA_URL
    altair.LayerChart.from_dict(told)
    told["layer"][0]["mark"]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        altair.LayerChart.from_dict(told)


def test_layers_that_draw_the_same_rows_share_them():
    spec = json.loads(charts.bars_with_intervals(KINDS, "kind", "now", "low", "high"))
    assert len(spec["datasets"]) == 3  # the bars, their labels, and the empty row of the zero line
    assert {layer["data"]["name"] for layer in spec["layer"]} == set(spec["datasets"])
