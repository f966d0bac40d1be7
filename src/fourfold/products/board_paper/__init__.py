"""The board paper: read `sections.py`, then `paper.py`."""
