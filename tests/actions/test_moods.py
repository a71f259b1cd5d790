"""Hearing anger."""

from __future__ import annotations

import pytest

from actions.people.moods import is_angry


@pytest.mark.parametrize(
    "text",
    [
        "this is ridiculous",
        "I am FED UP with you",
        "WHERE IS MY PARCEL ALREADY",
        "third time I ask!!",
        "for fuck sake",
        "I will call my solicitor",
    ],
)
def test_angry(text: str) -> None:
    assert is_angry(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel?",
        "OK THANKS",
        "A-10042",
        "can I talk to a person please",
        "Scunthorpe",
        "",
        "it was stolen",
    ],
)
def test_calm(text: str) -> None:
    assert not is_angry(text)
