"""Days on which money moves, and dates as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.calendar.working_days import working_days_after
from actions.language.phrases import button, counted, day, listed, shortened
from crm_store import clock


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20", 5, "2026-11-27"),  # from a Friday
        ("2026-11-21", 1, "2026-11-23"),  # from a Saturday
        ("2026-12-23", 2, "2026-12-28"),  # over Christmas
    ],
)
def test_weekends_and_holidays_do_not_count(start: str, days: int, end: str) -> None:
    moment = datetime.fromisoformat(f"{start}T12:00+00:00")
    assert working_days_after(moment, days).date().isoformat() == end


def test_a_day_belongs_to_dublin() -> None:
    with clock.frozen_at(datetime(2026, 6, 1, tzinfo=UTC)):
        assert day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July"
        assert day(datetime(2027, 1, 4, tzinfo=UTC)) == "Monday 4 January 2027"


def test_small_pieces() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert counted(1, "point", "points") == "1 point"
    assert shortened("Cairn Two-Person Tent, forest green") == "Cairn Two-Person Tent, forest…"
    assert button("Yes", "inform", product="a “b”") == {
        "title": "Yes",
        "payload": '/inform{"product": "a “b”"}',
    }
