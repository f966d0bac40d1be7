"""The default made-up force gives the source paper's figures, to their printed precision, through the whole pipeline.

Source: the 2022 board paper (paragraphs named beside each figure). Fraud is by calendar year; recorded crime is the
year to December 2021 against April 2019 to March 2020.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.home import Home
from fourfold.measures.figure import Figure, FigureName
from fourfold.pipeline.demo import Demonstration, demonstrate
from fourfold.pipeline.paper import rebuild
from fourfold.pipeline.quarantine import waiting

PRE_COVID = "2019-04..2020-03"

PRINTED = {
    "fraud.reports@2020": "13,331",  # paragraph 8
    "fraud.reports@2021": "15,555",
    "fraud.reports.share[victim_type=organisation]@2020": "8%",  # paragraph 12
    "fraud.reports.share[victim_type=organisation]@2021": "6%",
    "fraud.loss.mean[victim_type=individual]@2020": "£20,390.76",
    "fraud.loss.mean[victim_type=individual]@2021": "£4,599.00",
    "fraud.loss.mean[victim_type=organisation]@2020": "£32,769.90",
    "fraud.loss.mean[victim_type=organisation]@2021": "£19,801.01",
    "fraud.reports.change[nfib_code=NFIB2A]@2021~2020": "+46%",  # paragraph 8
    "fraud.reports.change[nfib_code=NFIB1D]@2021~2020": "+44%",
    "fraud.reports.change[nfib_code=NFIB1G]@2021~2020": "+43%",
    "fraud.reports.change[nfib_code=NFIB1A]@2021~2020": "+42%",
    "fraud.reports.change[nfib_code=NFIB3F]@2021~2020": "+30%",
    "fraud.reports.change[age_band=41 to 50,victim_type=individual]@2021~2020": "+24%",  # paragraph 11
    "fraud.reports.change[age_band=51 to 60,victim_type=individual]@2021~2020": "+36%",
    "fraud.reports.change[age_band=61 to 70,victim_type=individual]@2021~2020": "+24%",
    f"crime.burglary.change@2021~{PRE_COVID}": "-19%",  # paragraph 29
    f"crime.robbery.change@2021~{PRE_COVID}": "-5%",
    f"crime.theft_of_vehicle.change@2021~{PRE_COVID}": "+24%",
    "cantil.arrests@2018-09..2021-12": "2,636",  # paragraph 34
    "cantil.arrests_car_crime@2018-09..2021-12": "785",
    "cantil.cars@2018-09..2021-12": "1,096",
    "crime_free.burglaries_resolved@2017-11..2021-12": "950",  # paragraph 40
    "crime_free.success@2017-11..2021-12": "65%",  # paragraph 41
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Demonstration]:
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    return home, demonstrate(home, scale=1.0, seed=1, say=lambda words: None, progress=lambda name: None)


def of_force(text: str) -> str:
    return str(FigureName.parse(text).with_slice(force="aldermere"))


def as_printed(figure: Figure) -> str:
    """Say a figure as the source paper does: percentages without decimals."""
    if figure.unit == "percent_change":
        return f"{figure.value:+.0f}%"
    return f"{figure.value:.0f}%" if figure.unit == "percent" else figure.words


@pytest.mark.parametrize("name", PRINTED)
def test_the_paper_prints_the_source_papers_figure(demo: tuple[Home, Demonstration], name: str) -> None:
    assert as_printed(demo[1].document.figure(of_force(name))) == PRINTED[name]


def test_the_average_for_all_victims_is_weighted_and_not_a_sum(demo: tuple[Home, Demonstration]) -> None:
    figure = demo[1].document.figure
    for year, wrong in (("2020", 53_160.66), ("2021", 24_400.01)):
        parts = [
            figure(of_force(f"fraud.loss.mean[victim_type={kind}]@{year}"))
            for kind in ("individual", "organisation")
        ]
        whole = figure(of_force(f"fraud.loss.mean@{year}"))
        weighted = sum((part.value or 0) * (part.n or 0) for part in parts) / sum(
            part.n or 0 for part in parts
        )
        assert whole.value == pytest.approx(weighted)
        assert sum(part.value or 0 for part in parts) == pytest.approx(wrong)
        assert whole.value != pytest.approx(wrong, rel=0.1)


def test_the_five_greatest_rises_are_the_source_papers(demo: tuple[Home, Demonstration]) -> None:
    fraud = next(section for section in demo[1].document.sections if section.key == "fraud")
    table = next(block for block in fraud.blocks if getattr(block, "key", "") == "fraud-rises")
    codes = [row[0][0].text.rsplit("(", 1)[1].rstrip(")") for row in table.rows]
    assert codes == ["NFIB2A", "NFIB1D", "NFIB1G", "NFIB1A", "NFIB3F"]


def test_every_row_is_accounted_for(demo: tuple[Home, Demonstration]) -> None:
    report = demo[1].report
    assert report.files
    assert all(one.adds_up for one in report.files)
    assert not report.refused
    assert waiting(demo[0]).height == sum(one.quarantined for one in report.files) > 0


def test_everything_is_marked_as_made_up(demo: tuple[Home, Demonstration]) -> None:
    document = demo[1].document
    assert document.made_from.made_up
    assert all(figure.made_up for figure in document.figures)
    html = next(path for path in demo[1].papers if path.suffix == ".html").read_text(encoding="utf-8")
    assert "All data in this paper are made up" in html


def test_the_paper_passes_its_own_checks(demo: tuple[Home, Demonstration]) -> None:
    assert demo[1].document.findings == ()


def test_rebuilding_gives_the_same_bytes(demo: tuple[Home, Demonstration]) -> None:
    path: Path = next(path for path in demo[1].papers if path.suffix == ".json")
    again = rebuild(demo[0], path)
    assert again.same, again.differences
