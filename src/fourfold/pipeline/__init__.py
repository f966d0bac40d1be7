"""The stages in order: read `stages.py` first."""
