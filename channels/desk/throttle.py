"""How often somebody may try to sign in."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any, Final

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from channels.errors import Refused
from crm_store import clock

PER_ACCOUNT: Final = RateLimitItemPerMinute(8, 15, namespace="desk-account")
PER_ADDRESS: Final = RateLimitItemPerMinute(60, 15, namespace="desk-address")


class SignInThrottle:
    """Counts tries by account and by address, known or not. A right password forgives the account's."""

    def __init__(self, url: str = "memory://") -> None:
        storage: Any = storage_from_string(f"async+{url}")
        self._limiter = MovingWindowRateLimiter(storage)

    async def count(self, *, account: str, address: str) -> None:
        """One more try; 429 with a sentence when there were too many."""
        for limit, who in ((PER_ADDRESS, address), (PER_ACCOUNT, account)):
            if not await self._limiter.hit(limit, who):
                raise await self._too_many(limit, who)

    async def forgive(self, *, account: str) -> None:
        """The account's owner is here."""
        await self._limiter.clear(PER_ACCOUNT, account)

    async def _too_many(self, limit: RateLimitItem, who: str) -> Refused:
        window = await self._limiter.get_window_stats(limit, who)
        wait = max(math.ceil(window.reset_time - clock.now().timestamp()), 1)
        minutes = math.ceil(wait / 60)
        again = "a minute" if minutes == 1 else f"{minutes} minutes"
        return Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too_many",
            f"There were many tries to sign in. To keep accounts safe, please wait {again} and try again.",
            {"Retry-After": str(wait)},
        )
