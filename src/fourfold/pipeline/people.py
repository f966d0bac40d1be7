"""The stages of linking: records as compared, pairs as scored, people with their names, and what to look at.

Pairs among records that stand as they stood when they were scored last, under the same model and code, are kept;
only new and changed records are scored, against all.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fourfold import policy
from fourfold.link.answers import answers_of
from fourfold.link.contacts import most_names_on
from fourfold.link.costs import costs_on
from fourfold.link.echoes import first_keys
from fourfold.link.model import LinkModel, read_model
from fourfold.link.people import KEY, aliases, link_people, person_links, score_records
from fourfold.link.review import pairs_to_review
from fourfold.link.standard import COMPARED
from fourfold.pipeline.link_records import CORRECTED
from fourfold.pipeline.opening import Opened
from fourfold.records import DeskDecision, FraudReport
from fourfold.records.derived import PersonLink
from fourfold.records.linkage import LinkEdge, LinkRecord, LinkReview, PersonAlias

Tables = dict[str, pl.DataFrame]
MODELS = "models"
"""The folder of a home's own models."""
EDGE_KEY = ("record_a", "ref_a", "record_b", "ref_b")


def model_in_force(opened: Opened) -> LinkModel:
    """Return the model that the policy names on the day."""
    version = policy.value_on("linkage.model", opened.rules.on, opened.rules.policy).value
    return read_model(str(version), own_models(opened))


def own_models(opened: Opened) -> Path:
    """The folder of a home's own models, beside its lake."""
    return opened.lake.folder.parent / MODELS


def pinned(opened: Opened) -> dict[str, str]:
    """Return what pairs rest on beside tables: the model's version, the shape of its comparisons, what is a crowd."""
    model = model_in_force(opened)
    return {"model": model.version, "shape": model.shape, "most_names": str(most_names_of(opened))}


def most_names_of(opened: Opened) -> int:
    """Return under how many names a contact may be given on the day."""
    return most_names_on(opened.rules.on, opened.rules.policy)


def link_edges(opened: Opened) -> pl.DataFrame:
    """Return `link_edge` rows of all records, scoring only what was not scored before."""
    records = opened.lake.scan(LinkRecord.table, opened.manifest)
    if records is None:
        return LinkEdge.create_empty()
    now, model = records.collect(), model_in_force(opened)
    before, scored = scored_before(opened)
    if before is None or scored is None:
        return score_records(now, None, model, most_names_of(opened)).sort(EDGE_KEY)
    new, stood = parted(now, before)
    kept = scored.join(stood, left_on=["record_a", "ref_a"], right_on=list(KEY), how="semi").join(
        stood, left_on=["record_b", "ref_b"], right_on=list(KEY), how="semi"
    )
    if new.height:
        kept = pl.concat([kept, score_records(new, stood, model, most_names_of(opened))])
    return kept.sort(EDGE_KEY)


def scored_before(opened: Opened) -> tuple[pl.DataFrame | None, pl.DataFrame | None]:
    """Return records and pairs as they stood at the last scoring; nothing where model, shape or code is another."""
    rested_on = opened.manifest.derived.get(LinkEdge.table, {})
    version = rested_on.get(LinkRecord.table)
    same = {**pinned(opened), "code": opened.origin.code}
    edges = opened.lake.scan(LinkEdge.table, opened.manifest)
    if version is None or edges is None or any(rested_on.get(name) != told for name, told in same.items()):
        return None, None
    return opened.lake.table(LinkRecord.table).scan(int(version)).collect(), edges.collect()


def parted(now: pl.DataFrame, before: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the records that are new or say something else than before, and those that stand.

    An echo (`link/echoes.py`) whose first is another one now has been compared with nothing that stands: it is new.
    """
    said = [*KEY, "force", "kind", *COMPARED]
    one, other = (
        records.select(*said, echoes=first_keys(records)).hash_rows(seed=1) for records in (now, before)
    )
    stands = one.is_in(other.implode())
    return now.filter(~stands), now.filter(stands)


def people(opened: Opened) -> Tables:
    """Return `person_link`, `person_alias` and `link_review`."""
    records = opened.lake.scan(LinkRecord.table, opened.manifest)
    edges = opened.lake.scan(LinkEdge.table, opened.manifest)
    if records is None or edges is None:
        empty = (PersonLink, PersonAlias, LinkReview)
        return {shape.table: shape.create_empty() for shape in empty}
    costs = costs_on(opened.rules.on, opened.rules.policy)
    scored, answers = edges.collect(), answers_in(opened)
    found = link_people(records.collect(), scored, pl.concat([corrections_in(opened), answers]), costs)
    links = person_links(found)
    return {
        PersonLink.table: PersonLink.validate(links),
        PersonAlias.table: PersonAlias.validate(aliases_now(opened, links)),
        LinkReview.table: LinkReview.validate(pairs_to_review(found, scored, answers, costs)),
    }


def answers_in(opened: Opened) -> pl.DataFrame:
    """Return what reviewers decided about pairs."""
    decisions = opened.lake.scan(DeskDecision.table, opened.manifest)
    none = DeskDecision.create_empty()
    return answers_of(none if decisions is None else decisions.collect())


def corrections_in(opened: Opened) -> pl.DataFrame:
    """Return a join of each correction with the report it corrects: it is the same person by the officer's own word."""
    decisions = opened.lake.scan(DeskDecision.table, opened.manifest)
    told = (DeskDecision.create_empty() if decisions is None else decisions.collect()).filter(
        pl.col("kind") == CORRECTED
    )
    return told.select(
        record_a=pl.lit(DeskDecision.table),
        ref_a="decision_id",
        record_b=pl.lit(FraudReport.table),
        ref_b="subject_ref",
        join=pl.lit(True),
    )


def aliases_now(opened: Opened, links: pl.DataFrame) -> pl.DataFrame:
    """Return the names that people had before this refresh and have no more."""
    before = opened.lake.scan(PersonLink.table, opened.manifest)
    known = opened.lake.scan(PersonAlias.table, opened.manifest)
    if before is None:
        return PersonAlias.create_empty()
    return aliases(before.collect(), PersonAlias.create_empty() if known is None else known.collect(), links)
