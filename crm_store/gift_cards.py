"""Gift cards: what is left on one, for whoever has its code, and a limit on guessing."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock
from crm_store.errors import NotFound, StoreError
from crm_store.models import GiftCard

MOST_WRONG: Final = 5
"""Wrong codes from one contact point within `WRONG_WITHIN`; then nothing is told until it is over."""
WRONG_WITHIN: Final = timedelta(hours=1)
_WRONG: Final = "gift_card_wrong"


class TooManyGuesses(StoreError):
    """There were too many codes of no card in a short time."""

    code = "too_many_guesses"

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def clean_code(typed: str) -> str:
    """`gift abcd 1234` and `GIFT-ABCD-1234` are one code: capitals, and no sign between them."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper())


def code_hash(typed: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"gift card {clean_code(typed)}".encode()).hexdigest()


async def look_up(session: AsyncSession, *, code: str, contact_point_id: int) -> GiftCard:
    """The card with this code, whosever it is: who has the code has the card.

    `NotFound` for a wrong code, which counts; `TooManyGuesses` after `MOST_WRONG` of them.
    """
    subject = f"contact:{contact_point_id}"
    since = clock.now() - WRONG_WITHIN
    wrong = await audit.entries(session, subject=subject, action=_WRONG, since=since, limit=MOST_WRONG)
    if len(wrong) >= MOST_WRONG:
        raise TooManyGuesses(wrong[-1].at + WRONG_WITHIN)
    card = await session.scalar(select(GiftCard).where(GiftCard.code_hash == code_hash(code)))
    if card is None:
        await audit.write(session, actor=subject, action=_WRONG, subject=subject)
        raise NotFound("There is no gift card with this code.")
    return card


def is_over(card: GiftCard) -> bool:
    """Whether the card's time has passed."""
    return card.expires_at is not None and card.expires_at <= clock.now()
