"""What a refresh lists for victim care, with what working a case needs: the person, and the reports behind it.

Narratives and ethnicity are not among it: they are read one case at a time, by `narratives_of`.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake, Manifest
from fourfold.link.report_names import named_by_report
from fourfold.records import FraudReport
from fourfold.records.derived import PersonLink, WorklistItem
from fourfold.worklists.victim_care import WORKLIST

PERSON_COLUMNS = (
    "title",
    "first_names",
    "last_name",
    "organisation_name",
    "victim_type",
    "date_of_birth",
    "phone",
    "email",
    "address",
    "postcode",
    "lsoa_code",
    "support_wanted",
)
REPORT_COLUMNS = ("report_ref", "reported_on", "nfib_code", "loss_gbp", "evidence")
NARRATIVE_COLUMNS = ("report_ref", "reported_on", "narrative", "ethnicity")


def listed_victims(home: Home) -> pl.DataFrame:
    """Return one row for each person on the victim-care worklist of the current manifest, in its order.

    Columns: person_id, force, first_on, last_on (of all the person's reports), reasons (JSON), cannot_tell;
    PERSON_COLUMNS, each the latest that was told; district; and `reports`, a list of structs of
    REPORT_COLUMNS, oldest first, of all the person's reports, whether they meet a criterion or not.
    """
    lake = Lake(home.lake)
    manifest = lake.current()
    listed = listed_items(lake, manifest)
    reports = lake.scan(FraudReport.table, manifest)
    if listed is None or reports is None or not listed.height:
        return pl.DataFrame(schema={"person_id": pl.String})
    known = reports.select("force", *REPORT_COLUMNS[:-1], *PERSON_COLUMNS, "told_at").collect()
    of_people = linked(lake, manifest, known).join(
        listed.select("person_id", "force"), on=["person_id", "force"], how="semi"
    )
    ordered = of_people.sort("reported_on", "report_ref")
    people = ordered.group_by("person_id", "force", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().last() for name in PERSON_COLUMNS),
        pl.col("reported_on").min().alias("first_on"),
        pl.col("reported_on").max().alias("last_on"),
        pl.struct(REPORT_COLUMNS).alias("reports"),
    )
    # A person whose reports are gone is still on the list: nobody is left away for want of details.
    found = listed.join(people, on=["person_id", "force"], how="left", maintain_order="left").with_columns(
        first_on=pl.coalesce("first_on", "listed_first_on"), last_on=pl.coalesce("last_on", "listed_last_on")
    )
    placed = found.join(districts(lake, manifest), on="lsoa_code", how="left", maintain_order="left")
    return placed.drop("listed_first_on", "listed_last_on")


def listed_items(lake: Lake, manifest: Manifest) -> pl.DataFrame | None:
    """Return `person_id, force, reasons, cannot_tell` and the listed days, the first to be helped first."""
    items = lake.scan(WorklistItem.table, manifest)
    if items is None:
        return None
    of_care = items.filter(pl.col("worklist") == WORKLIST).sort("rank")
    return of_care.select(
        pl.col("subject_ref").alias("person_id"),
        "force",
        "reasons",
        "cannot_tell",
        pl.col("first_on").alias("listed_first_on"),
        pl.col("last_on").alias("listed_last_on"),
    ).collect()


def linked(lake: Lake, manifest: Manifest, reports: pl.DataFrame) -> pl.DataFrame:
    """Return the reports with `person_id` and the words of the link; a report that no link names is its own."""
    links = lake.scan(PersonLink.table, manifest)
    if links is None:
        return reports.with_columns(person_id=pl.col("report_ref"), evidence=pl.lit(None, pl.String))
    named = named_by_report(links.collect(), reports).rename({"record_ref": "report_ref"})
    joined = reports.join(named, on="report_ref", how="left")
    return joined.with_columns(person_id=pl.coalesce("person_id", "report_ref"))


def districts(lake: Lake, manifest: Manifest) -> pl.DataFrame:
    """Return `lsoa_code, district` of the areas that are loaded, the newest edition of each."""
    areas = lake.scan("area", manifest)
    if areas is None:
        return pl.DataFrame(schema={"lsoa_code": pl.String, "district": pl.String})
    known = areas.select("lsoa_code", "edition", "district").sort("edition").collect()
    return known.unique("lsoa_code", keep="last").select("lsoa_code", "district")


def narratives_of(home: Home, report_refs: Sequence[str], force: str) -> pl.DataFrame:
    """Return NARRATIVE_COLUMNS of these reports of a force, newest first. The caller trails who read them."""
    lake = Lake(home.lake)
    reports = lake.scan(FraudReport.table, lake.current())
    if reports is None:
        return pl.DataFrame(schema=dict.fromkeys(NARRATIVE_COLUMNS, pl.String))
    wanted = reports.filter(pl.col("report_ref").is_in(list(report_refs)) & (pl.col("force") == force))
    return wanted.select(NARRATIVE_COLUMNS).sort("reported_on", "report_ref", descending=True).collect()
