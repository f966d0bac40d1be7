"""The audit's papers: blank questionnaires for readers, and the report of what was found."""

from __future__ import annotations

from fourfold.products.audit_pack.pack import audit_pack
from fourfold.products.audit_pack.report import findings_report
from fourfold.products.audit_pack.shapes import About, Action
from fourfold.products.audit_pack.workbook import findings_workbook, pack_workbook

__all__ = ["About", "Action", "audit_pack", "findings_report", "findings_workbook", "pack_workbook"]
