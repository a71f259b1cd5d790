"""How often one visitor, or all behind one address, may do something."""

from __future__ import annotations

import ipaddress
import logging
import math
from http import HTTPStatus
from typing import Final

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.storage import storage_from_string

from channels.errors import Refused
from channels.logs import described
from channels.web.visitors import Visitor
from crm_store import clock

log = logging.getLogger(__name__)

SESSIONS: Final = RateLimitItemPerMinute(30, namespace="sessions")
MESSAGES: Final = RateLimitItemPerMinute(20, namespace="messages")
FROM_ADDRESS: Final = RateLimitItemPerMinute(60, namespace="from-address")
PHOTOS: Final = RateLimitItemPerMinute(10, 10, namespace="photos")
_NETWORK: Final = 64
"""Bits of an IPv6 address that are one customer's line."""


class Limits:
    """Counts, in this process or where `url` says."""

    def __init__(self, url: str) -> None:
        options = {} if url.startswith("memory:") else {"implementation": "redispy"}
        # This strategy keeps two numbers a visitor; keeping each moment would cost more than the messages.
        self._counter = SlidingWindowCounterRateLimiter(storage_from_string(f"async+{url}", **options))

    async def session(self, request: Request) -> None:
        """Somebody opens a session; refuses one too many with 429."""
        await self._count(SESSIONS, _line(request))

    async def message(self, request: Request, visitor: Visitor) -> None:
        """The visitor writes; refuses one too many with 429."""
        await self._count(MESSAGES, visitor.address)
        await self._count(FROM_ADDRESS, _line(request))

    async def photo(self, request: Request, visitor: Visitor) -> None:
        """The visitor sends a photo; refuses one too many with 429."""
        await self._count(PHOTOS, visitor.address)
        await self._count(FROM_ADDRESS, _line(request))

    async def _count(self, limit: RateLimitItem, who: str) -> None:
        try:
            if await self._counter.hit(limit, who):
                return
            free_at = (await self._counter.get_window_stats(limit, who)).reset_time
        except Exception as problem:  # A counter that is away must not silence the customers.
            log.error("could not count for the limits [%s]", described(problem))
            return
        raise too_many(max(1, math.ceil(free_at - clock.now().timestamp())))


def too_many(seconds: int) -> Refused:
    """The refusal of whoever does something too often; they may come back in so many seconds."""
    return Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_many",
        "That was a lot at once. Please wait a moment and send it again; nothing that was sent is lost.",
        {"Retry-After": str(seconds)},
    )


def _line(request: Request) -> str:
    """Whose line the request came over; uvicorn knows the customer's behind a proxy that is named."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((int(address), _NETWORK), strict=False).network_address)
