"""Who is next, why, and by when."""
