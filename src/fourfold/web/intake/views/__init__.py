"""The pages of the intake desk, one module a subject."""
