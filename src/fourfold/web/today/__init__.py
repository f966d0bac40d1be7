"""The first page of each role: what is new, due, late and rising."""
