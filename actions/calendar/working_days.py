"""Working days: Monday to Friday without public holidays, in the shop's own time."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.calendar.public_holidays import is_public_holiday
from crm_store.clock import SHOP_ZONE

_SATURDAY = 5


def working_days_after(moment: datetime, days: int) -> datetime:
    """The moment so many working days later, at the same hour of the shop's clock."""
    local = moment.astimezone(SHOP_ZONE)
    while days > 0:
        local += timedelta(days=1)
        if local.weekday() < _SATURDAY and not is_public_holiday(local.date()):
            days -= 1
    return local
