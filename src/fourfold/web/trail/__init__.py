"""What was seen and done: an append-only, hash-chained record, and the pages that read it."""
