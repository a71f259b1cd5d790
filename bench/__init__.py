"""Benchmarks: `make bench` measures, prints a table, and asserts nothing."""
