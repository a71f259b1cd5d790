"""Agents' passwords: Argon2id with 19 MiB, two passes and one lane."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST: Final = 1024
"""Characters. Nothing is cut off, but nobody gets to make the hash run on a novel."""
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_NOBODYS: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$oMqg5yXfGqes7yXatlMmpw$NDMqqjylkghzoEKcRQsjtucCpS3Rwi/LZdAdaMq20uA"
)
"""Checked when nobody has the address, so that the answer takes as long as for somebody."""
_CHECKS: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="password")
"""Each check takes its memory and a while: of a storm of them most wait."""


def hashed(password: str) -> str:
    """The hash to store, with its parameters and salt."""
    return _HASHER.hash(password)


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


async def is_right(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; always False, and no quicker, for nobody's hash."""
    if len(password) > LONGEST:
        return False
    checking = partial(_verified, password_hash or _NOBODYS, password)
    right = await asyncio.get_running_loop().run_in_executor(_CHECKS, checking)
    return right and password_hash is not None


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
