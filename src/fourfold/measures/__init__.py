"""What the records say: definitions, uncertainty, caveats. Read `figure.py` first."""
