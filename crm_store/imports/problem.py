"""What stops an import before its first line."""

from __future__ import annotations

from crm_store.errors import StoreError


class ImportProblem(StoreError):
    """The file cannot be imported with this mapping."""

    code = "import_problem"
