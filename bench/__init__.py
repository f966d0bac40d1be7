"""Benchmarks: they report, they never pass or fail. `make bench` runs them all."""
