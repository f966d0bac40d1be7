"""The forms of the audit desk."""
