"""The two hand-overs between lake and register: decisions out by an outbox, worklists in after a refresh."""
