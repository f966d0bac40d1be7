"""Batches for programs: every file that was read, with what became of its rows."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Field, Router, Schema
from pydantic import AfterValidator

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.stages import SOURCES
from fourfold.records import Batch
from fourfold.web.api.standing import this_home
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of

router = Router(tags=["Batches"])
ACCESS = {"list_batches": by_token("work_batches"), "get_batch": by_token("work_batches")}
KNOWN = sorted({contract.source for contract in SOURCES})


def _source(name: str) -> str:
    if name not in KNOWN:
        raise ValueError(f"There is no such source. There are: {', '.join(KNOWN)}.")
    return name


Source = Annotated[str, AfterValidator(_source), Field(json_schema_extra={"enum": KNOWN})]


class BatchTold(Schema):
    """One file of one source as it was read: accepted + quarantined + unchanged = received."""

    id: str
    source: str
    file: str
    sha256: str
    size_bytes: int
    state: Literal["read", "refused"]
    received: int
    accepted: int
    quarantined: int
    unchanged: int
    first_on: date | None
    last_on: date | None
    mapping: str | None
    note: str | None = Field(description="Why a file was refused, or what is to be known of it.")
    told_at: datetime


class BatchPage(Schema):
    """Some of the batches, newest first; `next` leads on, null at the end."""

    manifest: str
    items: list[BatchTold]
    next: str | None


@lru_cache(maxsize=1)
def _batches(home: Home, manifest: str) -> tuple[dict[str, Any], ...]:
    lake = Lake(home.lake)
    frame = lake.scan(Batch.table, lake.manifests.read(manifest))
    if frame is None:
        return ()
    rows = frame.sort(["told_at", "batch_id"], descending=[True, False]).collect()
    return tuple({"id": row.pop("batch_id"), **row} for row in rows.to_dicts())


def batches() -> tuple[str, tuple[dict[str, Any], ...]]:
    """Return the name of the current manifest and its batches, newest first, read once a manifest."""
    home = this_home()
    manifest = Lake(home.lake).current()
    return manifest.name, () if manifest.is_empty else _batches(home, manifest.name)


@router.get("/batches", response=BatchPage, summary="List the batches",
            openapi_extra={"responses": {200: {"links": {"batch": {
                "operationId": "get_batch", "parameters": {"id": "$response.body#/items/0/id"}}}}}})  # fmt: skip
def list_batches(
    request: Any,
    source: Source | None = None,
    state: Literal["read", "refused"] | None = None,
    after: Cursor = "",
    limit: Limit = ROWS,
) -> dict[str, Any]:
    """List the files that were read, newest first."""
    manifest, rows = batches()
    chosen = [
        row
        for row in rows
        if (not source or row["source"] == source) and (not state or row["state"] == state)
    ]
    page = page_of(chosen, lambda row: str(row["id"]), after, limit)
    return {"manifest": manifest, "items": list(page.items), "next": page.next}


@router.get("/batches/{id}", response=BatchTold, summary="One batch")
def get_batch(request: Any, id: Annotated[str, Field(max_length=120)]) -> dict[str, Any]:
    """Answer with one batch."""
    for row in batches()[1]:
        if row["id"] == id:
            return row
    raise Http404
