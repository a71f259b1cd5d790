"""Importing the orders a shop already has, from its own files, through a mapping of its columns."""

from crm_store.imports.importing import Progress, import_orders
from crm_store.imports.mapping import Column, Constant, Mapping, Template, load_mapping
from crm_store.imports.problem import ImportProblem
from crm_store.imports.report import ImportReport, Rejected

__all__ = [
    "Column",
    "Constant",
    "ImportProblem",
    "ImportReport",
    "Mapping",
    "Progress",
    "Rejected",
    "Template",
    "import_orders",
    "load_mapping",
]
