"""When somebody answers, honestly."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from actions.calendar.office_hours import closing_time, is_open, next_opening, opening_words
from actions.calendar.public_holidays import easter, is_public_holiday
from crm_store import clock
from crm_store.clock import SHOP_ZONE


def at(text: str) -> datetime:
    """A moment of the shop's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHOP_ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-11-20T07:59", False),
        ("2026-11-20T08:00", True),
        ("2026-11-20T19:59", True),
        ("2026-11-20T20:00", False),
        ("2026-11-21T08:30", False),
        ("2026-11-21T09:00", True),
        ("2026-11-21T17:00", False),
        ("2026-11-22T12:00", False),
        ("2026-12-25T12:00", False),
        ("2026-04-06T12:00", False),
        # In summer the clock of Dublin is an hour ahead of UTC.
        ("2026-07-01T08:10", True),
    ],
)
def test_open_or_closed(moment: str, open_then: bool) -> None:
    assert is_open(at(moment)) is open_then


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-20T06:00", "2026-11-20T08:00"),
        ("2026-11-20T21:00", "2026-11-21T09:00"),
        ("2026-11-21T18:00", "2026-11-23T08:00"),
        ("2026-12-24T21:00", "2026-12-28T08:00"),
        # The clock goes forward between Saturday and Monday.
        ("2026-03-28T18:00", "2026-03-30T08:00"),
    ],
)
def test_the_next_opening(moment: str, opens: str) -> None:
    assert next_opening(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-20T06:00", "today at 8:00"),
        ("2026-11-20T21:00", "tomorrow at 9:00"),
        ("2026-11-21T18:00", "on Monday 23 November at 8:00"),
        ("2026-12-31T21:00", "on Saturday 2 January 2027 at 9:00"),
    ],
)
def test_in_words(moment: str, words: str) -> None:
    with clock.frozen_at(at(moment)):
        assert opening_words(at(moment)) == words


def test_closing_time() -> None:
    assert closing_time(at("2026-11-21T10:00")) == "17:00"
    assert closing_time(at("2026-11-22T10:00")) == ""


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
    ],
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-02-02",
        "2030-02-01",
        "2026-03-17",
        "2026-04-06",
        "2026-05-04",
        "2026-06-01",
        "2026-08-03",
        "2026-10-26",
        "2026-12-25",
        "2026-12-26",
    ],
)
def test_public_holidays(day: str) -> None:
    assert is_public_holiday(date.fromisoformat(day))


def test_ten_or_eleven_a_year() -> None:
    for year in range(2024, 2040):
        days = [
            date.fromordinal(n)
            for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        ]
        assert sum(map(is_public_holiday, days)) == 10
