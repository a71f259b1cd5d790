"""A customer's rights over their data: a copy of everything, and being erased."""

from crm_store.privacy.erased_numbers import are_erased
from crm_store.privacy.erasing import Gone, erase_due, forget_farewells, has_farewells
from crm_store.privacy.exporting import export_of, photos_of
from crm_store.privacy.open_matters import OpenMatters, open_matters
from crm_store.privacy.wishes import ask, keep, waiting

__all__ = [
    "Gone",
    "OpenMatters",
    "are_erased",
    "ask",
    "erase_due",
    "export_of",
    "forget_farewells",
    "has_farewells",
    "keep",
    "open_matters",
    "photos_of",
    "waiting",
]
