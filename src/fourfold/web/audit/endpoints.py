"""Findings of audits for programs: the same as on the pages, for the same people, and trailed the same."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.db import transaction
from ninja import Field, Path, Router, Schema
from ninja.errors import HttpError

from fourfold.web.audit.finding import findings_of
from fourfold.web.audit.listing import SAMPLE_ORDERS
from fourfold.web.audit.models import Sample
from fourfold.web.audit.scope import HAVE_FINDINGS, visible_samples
from fourfold.web.trail.recording import record
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of_rows

router = Router(tags=["Audits"])
ACCESS = {"list_audits": by_token("read_findings"), "get_audit_findings": by_token("read_findings")}
LARGEST_KEY = 2**53 - 1
Key = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="The audit's number, `id` in the list.")]
Share = Annotated[float | None, Field(description="0 to 1; null where nothing can be said.")]


class AuditLine(Schema):
    """One audit whose every crime has been read."""

    id: int
    reference: str
    questionnaire: str
    title: str
    force: str
    first_day: date
    last_day: date
    is_approved: bool
    crimes: int


class AuditPage(Schema):
    """Some of the audits, the latest period first; `next` leads on, null at the end."""

    items: list[AuditLine]
    next: str | None


class Finding(Schema):
    """One question in one stratum, or in the force (`stratum` empty). Strict and best case are bounds."""

    question: str
    stratum: str
    population: int
    drawn: int
    read: int
    out_of_scope: int
    met: int
    not_met: int
    not_recorded: int
    not_applicable: int
    recorded_value: Share
    recorded_lower: Share
    recorded_upper: Share
    strict_value: Share
    strict_lower: Share
    strict_upper: Share
    best_case_value: Share
    best_case_lower: Share
    best_case_upper: Share
    not_recorded_value: Share
    not_recorded_lower: Share
    not_recorded_upper: Share


class Agreement(Schema):
    """How far two readers agree before anything was settled; `question` is empty for all answers together."""

    question: str
    value: float | None
    lower: float | None
    upper: float | None
    read: int
    agreed: int
    why: str = Field(description="Why kappa cannot be worked out; empty where it can.")


class AuditFindings(AuditLine):
    """What one audit found."""

    allocation: str
    seed: int
    frame_hash: str
    manifest: str
    findings: list[Finding]
    agreements: list[Agreement]


def _visible(request: Any) -> Any:
    """Return the audits with findings that the person may read: before every crime is read there are none."""
    return visible_samples(request.user).filter(state__in=HAVE_FINDINGS)


def _line(sample: Sample) -> dict[str, Any]:
    return {
        "id": sample.pk,
        "reference": sample.ref,
        "questionnaire": sample.key,
        "title": sample.title,
        "force": sample.force,
        "first_day": sample.first_day,
        "last_day": sample.last_day,
        "is_approved": sample.approved_at is not None,
        "crimes": sample.size or 0,
    }


@router.get("/audits", response=AuditPage, summary="List the audits that have findings",
            openapi_extra={"responses": {200: {"links": {
                "findings": {"operationId": "get_audit_findings", "parameters": {"id": "$response.body#/items/0/id"}},
            }}}})  # fmt: skip
def list_audits(request: Any, after: Cursor = "", limit: Limit = ROWS) -> dict[str, Any]:
    """List the audits whose findings the person may read, the latest period first."""
    visible = _visible(request)
    page = page_of_rows(visible, SAMPLE_ORDERS["-period"], after, limit, visible)
    found = [one for one in page.items if isinstance(one, Sample)]
    _tell(request, "audits_listed", [one.ref for one in found])
    return {"items": [_line(one) for one in found], "next": page.next}


@router.get("/audits/{id}/findings", response=AuditFindings, summary="What one audit found")
def get_audit_findings(request: Any, id: Key) -> dict[str, Any]:
    """Answer with the findings of one audit; 404 where there is none that the person may read."""
    sample = _visible(request).filter(pk=id).first()
    if sample is None:
        raise HttpError(404, "There is no audit with findings of this number.")
    told = findings_of(sample)
    _tell(request, "audit_findings_opened", [sample.ref])
    return _line(sample) | {
        "allocation": sample.allocation,
        "seed": sample.seed,
        "frame_hash": sample.frame_hash,
        "manifest": sample.manifest,
        "findings": told["findings"],
        "agreements": [{"question": question, **one} for question, one in told["agreements"].items()],
    }


def _tell(request: Any, act: str, refs: list[str]) -> None:
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=request.answer,
            subject_kind="audit",
            subject_refs=refs,
            why=request.why,
            detail={"token": request.auth.pk},
        )
