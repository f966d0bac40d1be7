"""Findings, and a reader's pack, as files: made by the products, marked, and named after what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.conf import settings
from django.utils.text import slugify

from fourfold import __version__, policy, vocabulary
from fourfold.products.audit_pack import (
    About,
    Action,
    audit_pack,
    findings_report,
    findings_workbook,
    pack_workbook,
)
from fourfold.products.document import Document, MadeFrom
from fourfold.products.render import RENDERERS
from fourfold.web.audit.actions.acting import STATES
from fourfold.web.audit.drawing import force_words, measured_sample
from fourfold.web.audit.finding import found_of
from fourfold.web.audit.models import Reading, Sample
from fourfold.web.audit.questions import period_words
from fourfold.web.ui.environment import written_date
from fourfold.web.ui.exports import XLSX_TYPE

MARKING = "OFFICIAL-SENSITIVE"
FORMS: Mapping[str, tuple[str, str]] = {
    "html": ("HTML", "text/html; charset=utf-8"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel", XLSX_TYPE),
}
"""The forms to download: words and content type."""
PACK_COLUMNS = {"crime_ref": pl.String, "stratum": pl.String, "recorded_on": pl.Date, "unit": pl.String}


def findings_file(sample: Sample, form: str) -> bytes:
    """Return the findings of a sample as a file in one of FORMS."""
    found, about = found_of(sample), about_of(sample)
    if form == "xlsx":
        return findings_workbook(found, about)
    return _rendered(findings_report(found, about), form)


def pack_file(sample: Sample, person: Any, form: str) -> bytes:
    """Return the blank questionnaires of the crimes that a person still has to read; it says nothing of any other reader."""
    left = Reading.objects.filter(crime__sample=sample, reader=person, in_at=None).select_related("crime")
    ordered = left.order_by("crime__stratum", "crime__order")
    rows = [
        (one.crime.crime_ref, one.crime.stratum, one.crime.recorded_on, one.crime.unit or None)
        for one in ordered
    ]
    crimes = pl.DataFrame(rows, schema=PACK_COLUMNS, orient="row")
    if form == "xlsx":
        return pack_workbook(measured_sample(sample), crimes, about_of(sample, bare=True))
    return _rendered(audit_pack(measured_sample(sample), crimes, about_of(sample, bare=True)), form)


def _rendered(document: Document, form: str) -> bytes:
    return RENDERERS[form](document)


def about_of(sample: Sample, *, bare: bool = False) -> About:
    """Return what a paper of the audit says of itself; `bare` leaves out what came of it."""
    home = settings.HOME
    made_from = MadeFrom(
        force=sample.force,
        force_name=force_words(sample.force),
        to=f"{sample.last_day:%Y-%m}",
        manifest=sample.manifest,
        policy=policy.version(home.policy),
        vocabulary=vocabulary.version(home.vocabulary),
        code=__version__,
        made_up=settings.MADE_UP,
    )
    overlap = tuple((one["stratum"], one["also"], one["crimes"]) for one in sample.frame.get("overlap", []))
    if bare:
        return About(made_from.force_name, MARKING, made_from, overlap)
    actions = tuple(
        Action(one.words, str(one.owner.name), one.due_on, one.question, STATES[one.state].lower())
        for one in sample.actions.select_related("owner")
    )
    return About(made_from.force_name, MARKING, made_from, overlap, actions, signed_off(sample))


def signed_off(sample: Sample) -> str:
    """Say when the findings were signed off; nothing where they were not."""
    if sample.approved_at is None:
        return ""
    return f"Signed off on {written_date(sample.approved_at)} by an auditor who did not draw the sample."


def file_name(sample: Sample, what: str, form: str) -> str:
    """Return the name of a file: what it is, of which force and period."""
    return f"{slugify(f'{what} {sample.title} {sample.force} {period_words(sample)}')}.{form}"
