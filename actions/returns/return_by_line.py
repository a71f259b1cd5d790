"""Different reasons for different items in one sentence: `the boots are too small and the mug is broken`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from actions.language.item_choice import Listed, choose
from actions.returns.return_reasons import reason_in
from crm_store.models import ReturnReason

_CLAUSE: Final = re.compile(r"[,;.\n]|\b(?:and|but|while|whereas)\b", re.IGNORECASE)


def reasons_by_line(text: str, chosen: Sequence[Listed]) -> dict[int, ReturnReason]:
    """By the key of each item: its own reason. Empty where the text gives no two different reasons.

    An item whose words are not understood is left out, and asked about.
    """
    clauses = [(clause, reason) for clause in _CLAUSE.split(text) if (reason := reason_in(clause))]
    if len(chosen) < 2 or len({reason for _, reason in clauses}) < 2:
        return {}
    return {key: reason for clause, reason in clauses for key in choose(clause, chosen).picked}
