"""Another e-mail address for a proven customer: a code goes to the new one, and only that code changes it.

Whether the new address belongs to somebody already is never told before the code is right: who can read the
mailbox may know.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, contact_points, customers
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import CodePurpose, Level, OneTimeCode
from crm_store.rows import take
from crm_store.verification import MAX_TRIES, CodeCheck, code_hash, keep_code, refuse_too_many

_NEW: Final = CodePurpose.NEW_EMAIL


async def request_code(
    session: AsyncSession, *, contact_point_id: int, customer_id: int, email: str, secret: bytes
) -> str:
    """A six-digit code to mail to the new address, good for ten minutes; older ones end.

    `NotAllowed("bad_email")` for what is no address, `TooManyCodes`, and `NotFound` when the contact point is
    not proven to be that customer's.
    """
    point = await contact_points.take_one(session, contact_point_id=contact_point_id)
    if point.level is not Level.VERIFIED or point.customer_id != customer_id:
        raise NotFound("This contact point is not theirs.")
    address = customers.clean_email(email)
    if not customers.is_email(address):
        raise NotAllowed("bad_email")
    now = clock.now()
    await refuse_too_many(session, point, address, now)
    mine = (OneTimeCode.contact_point_id == point.id, OneTimeCode.purpose == _NEW)
    await session.execute(
        update(OneTimeCode).where(*mine, OneTimeCode.expires_at > now).values(expires_at=now)
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    await keep_code(
        session,
        point=point,
        customer_id=customer_id,
        email=address,
        purpose=_NEW,
        code=code,
        secret=secret,
    )
    return code


async def check_code(
    session: AsyncSession, *, contact_point_id: int, customer_id: int, code: str, secret: bytes
) -> tuple[CodeCheck, str]:
    """Try a code once more: what became of it, and the address it proves. The caller changes the profile."""
    point = await contact_points.take_one(session, contact_point_id=contact_point_id)
    newest = select(OneTimeCode).where(OneTimeCode.contact_point_id == point.id, OneTimeCode.purpose == _NEW)
    row = await take(session, newest.order_by(OneTimeCode.id.desc()).limit(1))
    if row is None or row.used_at or row.customer_id != customer_id or point.customer_id != customer_id:
        return CodeCheck(ok=False, problem="none"), ""
    if row.tries >= MAX_TRIES:
        return CodeCheck(ok=False, problem="locked"), ""
    if row.expires_at <= clock.now():
        return CodeCheck(ok=False, problem="expired"), ""
    row.tries += 1
    fits = hmac.compare_digest(row.code_hash, code_hash(secret, row.id, code))
    if fits:
        row.used_at = clock.now()
    await session.flush()
    if fits:
        return CodeCheck(ok=True, customer_id=customer_id), row.email
    left = MAX_TRIES - row.tries
    return CodeCheck(ok=False, problem="wrong" if left else "locked", tries_left=left), ""
