"""A made-up force: the files a real one receives, and the truth beside them, from one seed."""
