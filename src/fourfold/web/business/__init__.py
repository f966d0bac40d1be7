"""Business crime: premises hit again, what sets violence against staff off, statements, advice and what followed."""
