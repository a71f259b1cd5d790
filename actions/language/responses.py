"""The texts of `domain.yml`, for what the bot says outside a turn of Rasa's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

_DOMAIN: Final = Path(__file__).resolve().parents[2] / "domain.yml"


def worded(response: str, **gaps: str) -> str:
    """The text of a response, its gaps filled. Raises KeyError for an unknown response or an empty gap."""
    return _texts()[response].format(**gaps)


@cache
def _texts() -> dict[str, str]:
    domain: dict[str, Any] = YAML(typ="safe").load(_DOMAIN.read_text(encoding="utf-8"))
    return {name: str(some[0]["text"]) for name, some in domain["responses"].items() if "text" in some[0]}
