"""Dates, seen from Wednesday 18 November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crm_store import clock
from tests.bot.entities import found


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    with clock.frozen_at(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("it came today", "2026-11-18"),
        ("did it go out this morning", "2026-11-18"),
        ("since yesterday", "2026-11-17"),
        ("the day before yesterday", "2026-11-16"),
        ("the day after tomorrow", "2026-11-20"),
        ("3 days ago", "2026-11-15"),
        ("about two weeks ago", "2026-11-04"),
        ("an hour ago", "2026-11-18"),
        ("a week ago", "2026-11-11"),
        ("in a couple of weeks", "2026-12-02"),
        ("the wedding is in 3 days", "2026-11-21"),
        ("last week", "2026-11-09"),
        ("this month", "2026-11-01"),
        ("next month", "2026-12-01"),
        ("next year", "2027-01-01"),
        ("will it come this weekend", "2026-11-21"),
        ("before Christmas", "2026-12-25"),
        ("on Christmas Eve", "2026-12-24"),
        ("by New Year's Eve", "2026-12-31"),
        ("3 May", "2026-05-03"),
        ("14th of October", "2026-10-14"),
        ("October 14th", "2026-10-14"),
        ("24 December", "2026-12-24"),
        ("I ordered it on 24 December", "2025-12-24"),
        ("will it come on 3 May", "2027-05-03"),
        ("1 Jan 2025", "2025-01-01"),
        ("03/11/2026", "2026-11-03"),
        ("3.11.26", "2026-11-03"),
        ("2026-10-28", "2026-10-28"),
        ("sometime in September", "2026-09-01"),
        ("bought in March 2024", "2024-03-01"),
        ("it arrived on the 12th", "2026-11-12"),
    ],
)
def test_date(text: str, day: str) -> None:
    assert [value for _, value in found(text, "date")] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I got it on Monday", "2026-11-16"),
        ("it arrived Wednesday", "2026-11-18"),
        ("last Wednesday", "2026-11-11"),
        ("next Wednesday", "2026-11-25"),
        ("it should have been here on Friday", "2026-11-13"),
        ("will it be here by Friday", "2026-11-20"),
        ("keep it for me until Monday", "2026-11-23"),
        ("is the shop open on Sunday", "2026-11-22"),
    ],
)
def test_weekdays_are_past_unless_the_words_look_ahead(text: str, day: str) -> None:
    assert [value for _, value in found(text, "date")] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "may I ask",
        "march on",
        "Black Friday deals",
        "the second one",
        "2-4 working days",
        "I've been waiting 40 days",
        "4.95",
        "17:30",
        "31/31/2026",
        "how many can I take in a day",
        "",
    ],
)
def test_no_date(text: str) -> None:
    assert found(text, "date") == []


def test_the_day_is_that_of_the_shop() -> None:
    with clock.frozen_at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        assert found("today", "date") == [("today", "2026-07-02")]
