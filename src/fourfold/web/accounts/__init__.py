"""Who the people are, their units and roles, how they sign in, and what each may do."""
