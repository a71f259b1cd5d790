"""The texts of domain.yml for those who speak outside a turn."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@cache
def _responses(domain: Path) -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe").load(domain.read_text(encoding="utf-8"))
    return dict(read["responses"])


def text_of(domain: Path, response: str, **values: str) -> str:
    """The text of a response with its gaps filled. Raises `KeyError` for a name or a gap that is unknown."""
    return str(_responses(domain)[response][0]["text"]).format(**values)
