"""Names of figures and figures as JSON are read back as they were written, whatever they hold."""

import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.home import WrongUseError
from fourfold.measures.figure import Figure, FigureName, Origin, State
from fourfold.measures.period import Period, shift_months
from fourfold.measures.registry import REGISTRY, understand

MONTHS = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(lambda day: day.replace(day=1))
PERIODS = st.builds(lambda first, more: Period(first, shift_months(first, more)), MONTHS, st.integers(0, 40))
AWKWARD = st.sampled_from(
    [
        "Bristol, City of",
        " North",
        "North ",
        'the "Bull" Ring',
        "[a]",
        "a=b",
        ",",
        '"',
        "a]@2021~2020",
        "x|y",
        "\n",
    ]
)
VALUES = AWKWARD | st.text(min_size=1)
KEYS = st.from_regex(r"[a-z][a-z_0-9]{0,9}", fullmatch=True)
NAMES = st.builds(
    FigureName,
    st.sampled_from(sorted(REGISTRY)),
    PERIODS,
    st.dictionaries(KEYS, VALUES, max_size=4).map(lambda found: tuple(found.items())),
    st.none() | PERIODS,
)


@given(NAMES)
def test_a_name_is_read_back_as_it_was_written(name):
    assert FigureName.parse(str(name)) == name
    assert str(FigureName.parse(str(name))) == str(name)


@given(PERIODS)
def test_a_period_is_read_back_as_it_was_written(period):
    assert Period.parse(str(period)) == period
    assert len(period.list_months()) == period.months
    assert period.before().moved(period.months) == period


@given(st.permutations([("district", "North"), ("force", "here"), ("ho_code", "48")]))
def test_the_order_of_dimensions_makes_no_other_figure(pairs):
    named = FigureName("crime.all", Period.calendar_year(2021), tuple(pairs))
    assert str(named) == "crime.all[district=North,force=here,ho_code=48]@2021"


@given(st.text(max_size=60))
def test_any_other_text_is_refused_and_never_crashes(text):
    with contextlib.suppress(WrongUseError):
        assert FigureName.parse(text)


def test_how_a_value_with_a_comma_is_written():
    name = FigureName("crime.all", Period.calendar_year(2021)).with_slice(
        district="Bristol, City of", force="here"
    )
    assert str(name) == 'crime.all[district="Bristol, City of",force=here]@2021'
    assert FigureName.parse("crime.all[ force = here , district = North West ]@2021").slices == {
        "district": "North West",
        "force": "here",
    }


@pytest.mark.parametrize(
    "text",
    [
        "crime.all[district=Bristol, City of]@2021",  # no quotation marks
        'crime.all[district="Bristol]@2021',
        "crime.all[district=]@2021",
        "crime.all[=North]@2021",
        "crime.all[district=North,district=South]@2021",
        'crime.all[district=""]@2021',
        "crime.all",
        "crime.all@2021-13",
        "crime.all@2021-02..2021-01",
        "crime.all@21",
    ],
)
def test_a_name_that_is_not_one_says_how_to_write_it(text):
    with pytest.raises(WrongUseError) as error:
        FigureName.parse(text)
    assert error.value.next_step.startswith(("Write", "Name"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fraud.report@2021", "Is 'fraud.reports' meant?"),
        ("fraud.reports.chnage@2021~2020", "Is 'fraud.reports.change' meant?"),
        ("fraud.reports[nfib=NFIB1D]@2021", "Is 'nfib_code' meant?"),
        ("crime.all[month=2021-01]@2021", "It can by: district"),  # a month is a period
        ("fraud.reports@2021~2020", "Ways to ask: fraud.reports@2021, fraud.reports.change@2021~2020"),
        ("fraud.reports.change@2021", "Write fraud.reports.change@2021~BASELINE."),
        ("fraud.reports.share[sex=female]@2021~2020", "Write fraud.reports.share@2021."),
        ("fraud.loss@2021", "fraud.loss.mean@2021"),
        ("fraud.loss.change@2021~2020", "Ways to ask: fraud.loss.mean@2021"),
        ("crime.all.change@2021~2020-01..2020-06", "compares 12 months with 6"),
        ("fraud.reports.share[force=here]@2021", "Say of what it is the share, by nfib_code"),
        ("staffing.funded.change@2021~2020", "staffing.funded has no change"),
    ],
)
def test_what_cannot_be_asked_says_what_can(text, said):
    with pytest.raises(WrongUseError) as error:
        understand(FigureName.parse(text))
    assert said in str(error.value)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(max_size=20)
FIGURES = st.builds(
    Figure,
    name=NAMES.map(str),
    title=WORDS,
    state=st.sampled_from(State),
    unit=st.sampled_from(["count", "percent", "GBP", "per 1,000 residents"]),
    period=WORDS,
    period_words=WORDS,
    definition=WORDS,
    value=st.none() | NUMBERS,
    lower=st.none() | NUMBERS,
    upper=st.none() | NUMBERS,
    level=st.floats(0.5, 0.99),
    n=st.none() | st.integers(0, 10**9),
    missing=st.none() | st.integers(0, 10**9),
    decimals=st.integers(0, 4),
    baseline=st.none() | WORDS,
    baseline_words=st.none() | WORDS,
    source=WORDS,
    made_up=st.booleans(),
    why=WORDS,
    caveats=st.lists(WORDS, max_size=3).map(tuple),
    parts=st.lists(st.tuples(WORDS, NUMBERS), max_size=3).map(tuple),
    origin=st.builds(Origin, WORDS, WORDS, WORDS, WORDS),
)


@given(FIGURES)
def test_a_figure_comes_back_from_json_equal(figure):
    text = json.dumps(figure.to_json())
    assert Figure.from_json(json.loads(text)) == figure
    assert json.dumps(Figure.from_json(json.loads(text)).to_json()) == text
