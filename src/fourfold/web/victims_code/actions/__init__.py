"""What people do about duties: record, vouch, escalate, answer."""
