"""The pages of business crime."""
