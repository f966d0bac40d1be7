"""Duties and rules: who is referred, what is owed, by when. Limits and thresholds come from policy."""
