"""Filling an empty database with a shop from a folder of CSV files: the demo shop, or one like it."""

from crm_store.seed.loader import SeedReport, is_empty, seed
from crm_store.seed.problem import SeedProblem

__all__ = ["SeedProblem", "SeedReport", "is_empty", "seed"]
