"""Residents of each district and force, each counted once however finely the population is divided."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from fourfold.measures.views import Frame, Tables

Residents = Mapping[tuple[str, int], dict[str, int]]
"""By (force, year): people under each district, and under '' for the whole force."""

DIVIDED_BY = ("age_band", "sex", "ethnic_group")
ALL = "all"


def residents(tables: Tables) -> Residents:
    """Return the residents of the districts and forces whose population is loaded for every small area.

    A district with an area that has no population is left out, and so is its force: its rate would come
    out too high. Where areas of two editions have one year's population, the later edition is used.
    """
    if "population" not in tables or "area" not in tables:
        return {}
    areas = tables["area"].select("lsoa_code", "edition", "district", "force")
    by = ["force", "edition", "district"]
    expected = {tuple(row[:3]): int(row[3]) for row in areas.group_by(by).agg(nw.len()).collect().iter_rows()}
    joined = people_of_areas(tables).join(areas, on=["lsoa_code", "edition"], how="inner")
    counted = joined.group_by([*by, "year"]).agg(nw.col("people").sum(), nw.len().alias("areas")).collect()
    columns = [*by, "year", "people", "areas"]
    whole: dict[tuple[str, int, str], dict[str, int]] = {}
    for force, edition, district, year, people, number in counted.select(columns).iter_rows():
        if force is not None and number == expected[(force, edition, district)]:
            whole.setdefault((force, year, edition), {})[district] = int(people)
    found: dict[tuple[str, int], dict[str, int]] = {}
    for force, year, edition in sorted(whole):  # of two editions the later one stands
        districts = whole[(force, year, edition)]
        of_force = {key[2] for key in expected if key[:2] == (force, edition)}
        total = {"": sum(districts.values())} if set(districts) == of_force else {}
        found[(force, year)] = {**districts, **total}
    return found


def people_of_areas(tables: Tables) -> Frame:
    """Return one row an area, edition and year with all its people.

    A table may divide people by age, sex and ethnic group, by some of them, or hold totals beside the
    parts. Rows divided alike add up to everybody, so of each area one such set is taken: the least divided.
    """
    divided = [(nw.col(column) != ALL).cast(nw.Int64) * 2**power for power, column in enumerate(DIVIDED_BY)]
    area = ["lsoa_code", "edition", "year"]
    rows = tables["population"].with_columns(divided=divided[0] + divided[1] + divided[2])
    least = rows.group_by(area).agg(nw.col("divided").min())
    kept = rows.join(least, on=[*area, "divided"], how="inner")
    return kept.group_by(area).agg(nw.col("people").sum())
