"""Everything that is done at the audit desk: keyword-only, with `by`, trailed in the same transaction."""
