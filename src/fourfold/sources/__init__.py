"""Outside files in, accepted and quarantined rows out. Read `contract.py`, then `reader.py`."""
