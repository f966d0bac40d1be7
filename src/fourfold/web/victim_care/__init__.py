"""Victim care."""
