"""The truth beside the files: what a reader may check its answers against, and the pipeline never sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl


def write_truth(frame: pl.DataFrame, truth: Path, name: str) -> Path:
    """Write a frame of the truth as CSV and return the path."""
    truth.mkdir(parents=True, exist_ok=True)
    path = truth / f"{name}.csv"
    frame.write_csv(path)
    return path


def write_facts(facts: dict[str, Any], truth: Path, name: str) -> Path:
    """Write single facts of the truth as JSON and return the path."""
    truth.mkdir(parents=True, exist_ok=True)
    path = truth / f"{name}.json"
    path.write_text(json.dumps(facts, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return path
