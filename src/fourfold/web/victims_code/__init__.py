"""The Victims' Code desk: what is owed to victims, by when, what is late, and what nobody can tell."""
