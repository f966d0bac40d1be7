"""Fourfold: the prevention workbench of a police force."""

__version__ = "0.1.0"
