"""Messages with photos: which keys count, and what a photo without words means."""

from __future__ import annotations

from typing import Any

import pytest

from bot.photo_messages import SENDS_PHOTO, photos_of, with_photos
from crm_store.models import Message


def parsed(intent: str, *entities: str) -> dict[str, Any]:
    return {
        "text": "",
        "intent": {"name": intent},
        "entities": [{"entity": e, "value": "x"} for e in entities],
    }


@pytest.mark.parametrize(
    ("custom", "keys"),
    [
        (None, ()),
        ({}, ()),
        ({"photos": ["a", "b"]}, ("a", "b")),
        ({"photos": "a"}, ()),
        ({"photos": ["a", 7, None, "", "x" * 65]}, ("a",)),
        ({"photos": [str(n) for n in range(99)]}, tuple(str(n) for n in range(10))),
    ],
)
def test_only_keys_count(custom: dict[str, Any] | None, keys: tuple[str, ...]) -> None:
    assert photos_of(Message(text="", custom=custom)) == keys


@pytest.mark.parametrize("intent", ["", "inform", "nlu_fallback", "abuse"])
def test_words_that_say_nothing_show_a_photo(intent: str) -> None:
    assert with_photos(parsed(intent), ("a",))["intent"]["name"] == SENDS_PHOTO


def test_words_with_a_wish_keep_it() -> None:
    assert with_photos(parsed("report_damaged_item"), ("a",))["intent"]["name"] == "report_damaged_item"
    assert with_photos(parsed("inform", "order_number"), ("a",))["intent"]["name"] == "inform"


def test_without_a_photo_nothing_changes() -> None:
    assert with_photos(parsed("nlu_fallback"), ())["intent"]["name"] == "nlu_fallback"
