"""The fraud desk: what rises, whom it hits, what hides in the catch-all codes, and what people must look at."""
