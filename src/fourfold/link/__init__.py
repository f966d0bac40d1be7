"""Who is who: records of one person found in one file and across files."""
