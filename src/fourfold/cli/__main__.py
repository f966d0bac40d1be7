"""Lets `python -m fourfold.cli` do what `fourfold` does."""

from __future__ import annotations

from fourfold.cli import main

main()
