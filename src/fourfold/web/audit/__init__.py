"""The audit: a sample is drawn, given out, read by two where the policy says, settled, and signed off."""
