"""The stages of topics: each report of a catch-all code in its topic, the topics, and those that are new or growing."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from fourfold import policy
from fourfold.classify.settings import settings_on
from fourfold.classify.topic_signals import topic_signals
from fourfold.classify.topic_tables import topic_rows
from fourfold.classify.topics import MEMBERS, Grouping, centres_from_text, centres_of, group
from fourfold.pipeline.marking import table_of
from fourfold.pipeline.opening import Opened
from fourfold.records import FraudReport
from fourfold.records.ages import age_years
from fourfold.records.topic import Topic, TopicMember


def members(opened: Opened) -> pl.DataFrame:
    """Return the table `topic_member`: reports that stand keep their topic, new ones are put into one."""
    parts = [
        placed(reports, made.members)
        for (force, code), reports in narratives(opened).group_by("force", "code", maintain_order=True)
        for made in [grouped(opened, str(force), str(code), reports)]
    ]
    return TopicMember.validate(pl.concat([TopicMember.create_empty(), *parts]))


def grouped(opened: Opened, force: str, code: str, reports: pl.DataFrame) -> Grouping:
    """Return the grouping of one force's reports of one code, from what stood before."""
    before = table_of(opened, TopicMember.table, TopicMember.create_empty())
    stood = table_of(opened, Topic.table, Topic.create_empty())
    mine = stood.filter((pl.col("force") == force) & (pl.col("code") == code))
    known = reports.select("row", "record_ref").join(before, on="record_ref").select(list(MEMBERS))
    known = known.join(mine.select("topic"), on="topic", how="semi")
    settings = settings_on(opened.rules.on, opened.rules.policy)
    return group(reports.select("row", "text"), known, centres_from_text(mine), f"{force}/{code}", settings)


def placed(reports: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    rows = reports.join(made, on="row", how="left", maintain_order="left")
    return rows.with_columns(record=pl.lit(FraudReport.table)).select(TopicMember.column_names())


def narratives(opened: Opened) -> pl.DataFrame:
    """Return the reports of catch-all codes that have a narrative: `row, record_ref, force, on, code, text`."""
    codes = policy.value_on("marker_review.topic_codes", opened.rules.on, opened.rules.policy).value
    frame = opened.lake.scan(FraudReport.table, opened.manifest)
    told = FraudReport.create_empty().lazy() if frame is None else frame
    found = told.filter(pl.col("nfib_code").is_in(codes) & pl.col("narrative").is_not_null()).select(
        "force", record_ref="report_ref", on="reported_on", code="nfib_code", text="narrative"
    )
    ordered = found.collect().sort("force", "code", "on", "record_ref")
    return ordered.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))


def topics(opened: Opened) -> pl.DataFrame:
    """Return the table `topic`; centres of topics that stood before stay as they were."""
    rows = table_of(opened, TopicMember.table, TopicMember.create_empty())
    frame = opened.lake.scan(FraudReport.table, opened.manifest)
    told = nw.from_native(FraudReport.create_empty().lazy() if frame is None else frame)
    aged = told.with_columns(age=age_years("reported_on")).to_native()
    facts = aged.select("loss_gbp", "lsoa_code", "age", record_ref="report_ref").collect()
    return topic_rows(rows, facts, centres(opened, rows))


def centres(opened: Opened, rows: pl.DataFrame) -> pl.DataFrame:
    """Return `topic, term, weight` of every topic: as it stood, or worked out where it is new."""
    stood = table_of(opened, Topic.table, Topic.create_empty())
    known = centres_from_text(stood)
    settings = settings_on(opened.rules.on, opened.rules.policy)
    new = rows.drop_nulls("topic").join(stood.select("topic"), on="topic", how="anti")
    if new.is_empty():
        return known
    texts = narratives(opened)
    parts = [known]
    for (force, code), mine in new.group_by("force", "code", maintain_order=True):
        of_code = texts.filter((pl.col("force") == force) & (pl.col("code") == code))
        places = of_code.select("row", "record_ref").join(mine, on="record_ref").select(list(MEMBERS))
        parts.append(centres_of(of_code.select("row", "text"), places, settings))
    return pl.concat(parts)


def signals(opened: Opened) -> pl.DataFrame:
    """Return the table `topic_signal`."""
    rows = table_of(opened, TopicMember.table, TopicMember.create_empty())
    stood = table_of(opened, Topic.table, Topic.create_empty())
    return topic_signals(rows, stood, settings_on(opened.rules.on, opened.rules.policy))
