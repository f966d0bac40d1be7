"""Adds to a record what no code of its own holds: markers with their evidence, and topics within a catch-all."""
