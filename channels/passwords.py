"""Agents' passwords: Argon2id with 19 MiB, two passes and one lane."""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher, Type

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def hashed(password: str) -> str:
    """The hash to store, with its parameters and salt."""
    return _HASHER.hash(password)
