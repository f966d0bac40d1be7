"""The crimes of one quarter with all that is true of them: when, where, how, and against whom."""

from __future__ import annotations

import numpy as np
import polars as pl

from fourfold.synthetic import series
from fourfold.synthetic.crime_ground import Ground
from fourfold.synthetic.crime_levels import theme_of
from fourfold.synthetic.crime_methods import add_methods
from fourfold.synthetic.crime_narratives import add_narratives
from fourfold.synthetic.crime_places import add_places, name_places
from fourfold.synthetic.crime_times import add_times
from fourfold.synthetic.crime_truth import near_repeat_truth
from fourfold.synthetic.crime_volumes import Quarter
from fourfold.synthetic.groups import place_groups
from fourfold.synthetic.persons import victim_refs
from fourfold.synthetic.shop_staff import staff_victims
from fourfold.synthetic.shop_workers import mark_shop_workers, shop_kinds
from fourfold.synthetic.told_crimes import assign_officers
from fourfold.synthetic.victims import add_victims, put_in_premises


def crimes_of_quarter(
    ground: Ground, quarter: Quarter
) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, pl.DataFrame]]:
    """Return the crimes with all that is true of them, the groups' part in them, and the planted truth."""
    crimes = mark_shop_workers(
        one_row_each(ground, quarter), quarter, ground.scale, ground.rng("shop workers", quarter)
    )
    crimes = number_crimes(add_times(crimes, quarter, ground.rng("times", quarter)), ground, quarter)
    crimes = add_places(crimes, ground.places, ground.levels, ground.rng("places", quarter))
    crimes = add_methods(crimes, ground.rng("methods", quarter))
    free = ~crimes["cancelled"].to_numpy() & crimes["trigger"].is_null().to_numpy()
    groups = place_groups(ground.groups.of_quarter(quarter), crimes, free, ground.rng("groups", quarter))
    crimes, pairs = series.plant_near_repeats(crimes, ground.rng("near repeats", quarter))
    free[np.concatenate([pairs["row"].to_numpy(), pairs["earlier_row"].to_numpy()])] = False
    crimes, members = series.plant_series(crimes, free, quarter, ground.scale, ground.rng("series", quarter))
    crimes, risen = series.plant_rises(crimes, free, ground.places, ground.rng("rises", quarter))
    crimes = shop_kinds(put_in_premises(crimes, ground.premises, ground.rng("premises", quarter)))
    crimes = car_key_burglaries(name_places(crimes, ground.places), groups)
    crimes = add_narratives(crimes, ground.rng("words", quarter))
    rng = ground.rng("victims", quarter)
    crimes = add_victims(crimes, ground.residents_of(quarter), ground.premises, rng)
    staff_rng = ground.rng("shop staff", quarter)
    crimes = staff_victims(crimes, ground.residents_of(quarter), ground.premises, ground.seed, staff_rng)
    crimes = crimes.with_columns(victim_ref=victim_refs(crimes, rng), mo_target_true="mo_target")
    crimes = crimes.with_columns(has_victim=pl.col("victim_ref").is_not_null())
    crimes = assign_officers(crimes, ground.scale, ground.rng("officers", quarter))
    ref = crimes["crime_ref"]
    planted = {
        "near_repeats": near_repeat_truth(pairs, crimes),
        "series": members.select("series_id", crime_ref=ref.gather(members["row"])),
        "emerging_rises": risen.select("rise", crime_ref=ref.gather(risen["row"])),
    }
    return crimes, groups, planted


def one_row_each(ground: Ground, quarter: Quarter) -> pl.DataFrame:
    """Return month, ho_code, theme and cancelled, one row a crime."""
    counts = ground.volumes.filter(pl.col("month").is_in(quarter.months))
    repeated = [
        counts.select("month", "ho_code", cancelled=pl.lit(cancelled), each=pl.lit(True).repeat_by(column))
        .explode("each")
        .drop_nulls("each")
        for column, cancelled in (("crimes", False), ("cancelled", True))
    ]
    return pl.concat(repeated).drop("each").with_columns(theme=pl.col("ho_code").replace_strict(theme_of()))


def number_crimes(crimes: pl.DataFrame, ground: Ground, quarter: Quarter) -> pl.DataFrame:
    """Put the crimes in the order in which they were recorded and give each its reference."""
    earlier = ground.volumes.filter(pl.col("month") < quarter.first_on)
    first = int((earlier["crimes"] + earlier["cancelled"]).sum())
    number = (pl.int_range(pl.len()) + first + 1).cast(pl.String).str.zfill(8)
    return crimes.sort("crime_recorded_at", maintain_order=True).with_columns(
        crime_ref=pl.format("AM/{}/{}", number, pl.lit(str(quarter.year % 100)))
    )


def car_key_burglaries(crimes: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Let the groups' burglaries be for car keys."""
    rows = groups["row"].unique().to_numpy()
    mine = rows[(crimes["ho_code"].gather(rows) == "28E").to_numpy()] if len(rows) else rows
    return series.put(crimes, mine, {"mo_target": ["car keys"] * len(mine)})
