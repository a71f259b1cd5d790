"""When a shop is open, holidays counted in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from actions.calendar.shop_hours import closing_of_next_day, hours_on, is_open, next_open_day

DUBLIN = "Mon-Wed 09:30-18:30; Thu 09:30-20:00; Fri-Sat 09:30-18:30; Sun 12:00-17:00"


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (date(2026, 3, 4), time(18, 30)),
        (date(2026, 3, 5), time(20)),
        (date(2026, 3, 8), time(17)),
        (date(2026, 3, 17), time(17)),
        (date(2026, 12, 24), time(16)),
        (date(2026, 12, 25), None),
        (date(2026, 12, 26), None),
        (date(2026, 1, 1), None),
        (date(2026, 4, 5), None),
    ],
)
def test_the_day_decides(day: date, closes: time | None) -> None:
    hours = hours_on(DUBLIN, day)
    assert (hours and hours[1]) == closes


@pytest.mark.parametrize("text", ["", "always", "Foo-Bar 09:00-10:00", "Mon 9-5"])
def test_hours_that_cannot_be_read_are_none(text: str) -> None:
    assert hours_on(text, date(2026, 3, 4)) is None
    assert next_open_day(text, date(2026, 3, 4)) is None
    assert closing_of_next_day(text, datetime(2026, 3, 4, 12, tzinfo=UTC)) is None


def test_open_in_the_shops_own_time() -> None:
    # In summer Dublin is an hour ahead of UTC.
    assert is_open(DUBLIN, datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    assert not is_open(DUBLIN, datetime(2026, 7, 1, 17, 30, tzinfo=UTC))


def test_kept_until_the_next_day_on_which_it_opens() -> None:
    before_christmas = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert closing_of_next_day(DUBLIN, before_christmas) == datetime(2026, 12, 27, 17, tzinfo=UTC)
    only_mondays = "Mon 10:00-12:00"
    assert next_open_day(only_mondays, date(2026, 3, 4)) == date(2026, 3, 9)
