"""What the store refuses. Each class's docstring is the message people get when nothing better is known."""

from __future__ import annotations

import inspect
from typing import ClassVar


class StoreError(Exception):
    """The store could not do that."""

    code: ClassVar[str] = "store_error"
    """A word for programs; stays the same when the message changes."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message or inspect.cleandoc(type(self).__doc__ or "")
        super().__init__(self.message)


class NotFound(StoreError):
    """There is no such thing, or it belongs to somebody else."""

    code = "not_found"


class NotAllowed(StoreError):
    """The shop's rules do not allow that."""

    code = "not_allowed"

    def __init__(self, reason: str, message: str | None = None) -> None:
        """`reason` is a word for programs, e.g. `packed`."""
        super().__init__(message)
        self.reason = reason


class NotEnoughPoints(StoreError):
    """There are not enough points for that."""

    code = "not_enough_points"


class TooMany(StoreError):
    """More than one person may have of it at a time."""

    code = "too_many"


class OutOfStock(StoreError):
    """There are not enough of these left."""

    code = "out_of_stock"


class CodeExpired(StoreError):
    """This code is too old, or was used before."""

    code = "code_expired"


class CodeWrong(StoreError):
    """This is not the code."""

    code = "code_wrong"

    def __init__(self, tries_left: int, message: str | None = None) -> None:
        super().__init__(message)
        self.tries_left = tries_left


class CodeLocked(StoreError):
    """There were too many wrong tries for this code."""

    code = "code_locked"


class TooManyCodes(StoreError):
    """Too many codes were asked for in a short time."""

    code = "too_many_codes"


class Conflict(StoreError):
    """Somebody else was quicker, or it was done before."""

    code = "conflict"


class Stale(Conflict):
    """Something was said since you last looked."""

    code = "stale"

    def __init__(self, new: int, message: str | None = None) -> None:
        """`new`: how many messages there are that were not seen."""
        super().__init__(message)
        self.new = new
