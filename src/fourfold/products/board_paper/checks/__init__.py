"""The paper's checks of itself: named faults, each found where it stands, with what to do about it."""

from fourfold.products.board_paper.checks.context import CheckContext, Lockdown, SeriesBreak
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.registry import CHECKS, check_paper

__all__ = ["CHECKS", "CheckContext", "Finding", "Lockdown", "SeriesBreak", "check_paper"]
