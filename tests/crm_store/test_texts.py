"""What databases cannot keep."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.texts import storable, storable_json

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for pair in value.items() for part in pair for text in _texts(part)]
        case list():
            return [text for item in value for text in _texts(item)]
        case _:
            return []


@given(_JSON)
def test_every_text_within_becomes_storable(value: Any) -> None:
    clean = storable_json(value)
    assert _texts(clean) == [storable(text) for text in _texts(clean)]
    if _texts(value) == [storable(text) for text in _texts(value)]:
        assert clean is value


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ({"a\x00": ["\ud83d", {"b": "\x00"}]}, {"a\ufffd": ["\ufffd", {"b": "\ufffd"}]}),
        ("\N{COAT}", "\N{COAT}"),
        (r"\u0000", r"\u0000"),
    ],
)
def test_only_what_cannot_be_kept_changes(value: Any, clean: Any) -> None:
    assert storable_json(value) == clean
