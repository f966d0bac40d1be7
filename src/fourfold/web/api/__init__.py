"""The API: figures, batches and what each desk offers, for programs with a token, by the same permissions and trail."""
