"""Proving who one is: by a one-time code sent to the e-mail address, or by an order number and the address.

Nothing here tells whether an e-mail address is a customer's: a code for an unknown one is counted, stored and
checked the same way, and never fits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, contact_points, customers, orders
from crm_store.errors import Conflict, NotFound, TooManyCodes
from crm_store.models import AuditEntry, CodePurpose, ContactPoint, Customer, Level, OneTimeCode, Order
from crm_store.rows import take

CODE_LIFE: Final = timedelta(minutes=10)
MAX_TRIES: Final = 5
MAX_CODES_PER_CONTACT: Final = 3
"""In `CODE_LIFE`."""
MAX_CODES_PER_EMAIL: Final = 5
"""In an hour."""
MAX_FAILED_PROOFS: Final = 10
"""Of a contact point in an hour."""
MAX_FAILED_PROOFS_OF_CUSTOMER: Final = 20
"""With one customer's address in an hour, from wherever: order numbers can be tried one after the other."""
_FAILED: Final = "proof_failed"
_TRIED: Final = "order_number_tried"
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """What became of a try. `problem` is None when it fitted; `none`: there is no code to check against."""

    ok: bool
    customer_id: int | None = None
    problem: Literal["wrong", "locked", "expired", "none"] | None = None
    tries_left: int = 0


async def request_code(
    session: AsyncSession, *, contact_point_id: int, email: str, secret: bytes
) -> str | None:
    """A new six-digit code to mail, good for ten minutes; None when nobody has that address.

    Older codes of the contact point end. `TooManyCodes` when it asks too often, or the address is asked for
    too often; `Conflict` when the contact point is verified already and the address is not that customer's.
    """
    _checked(secret)
    point = await contact_points.take_one(session, contact_point_id=contact_point_id)
    address = customers.clean_email(email)[:320]
    customer = await take(session, select(Customer).where(func.lower(Customer.email) == address))
    if point.level is Level.VERIFIED and point.customer_id != (customer.id if customer else None):
        raise Conflict("This contact point is verified for another customer.")
    now = clock.now()
    await refuse_too_many(session, point, address, now)
    await session.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.contact_point_id == point.id,
            OneTimeCode.purpose == CodePurpose.SIGN_IN,
            OneTimeCode.expires_at > now,
        )
        .values(expires_at=now)
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    await keep_code(
        session,
        point=point,
        customer_id=customer.id if customer else None,
        email=address,
        purpose=CodePurpose.SIGN_IN,
        code=code,
        secret=secret,
    )
    return code if customer else None


async def check_code(session: AsyncSession, *, contact_point_id: int, code: str, secret: bytes) -> CodeCheck:
    """Try a code; the right one verifies the contact point. A wrong one raises nothing: it stays counted."""
    _checked(secret)
    point = await contact_points.take_one(session, contact_point_id=contact_point_id)
    row = await _newest(session, point)
    if row is None or row.used_at:
        return CodeCheck(ok=False, problem="none")
    if row.tries >= MAX_TRIES:
        return CodeCheck(ok=False, problem="locked")
    if row.expires_at <= clock.now():
        return CodeCheck(ok=False, problem="expired")
    row.tries += 1
    fits = hmac.compare_digest(row.code_hash, code_hash(secret, row.id, code))
    customer_id = await _owner(session, row)
    if not fits or customer_id is None:
        return await _wrong(session, row)
    return await _right(session, point, row, customer_id)


async def prove_order(
    session: AsyncSession, *, contact_point_id: int, order_number: str, email: str
) -> Order | None:
    """The order, when the e-mail address is its customer's; it claims the contact point for that customer.

    None otherwise, and for an hour after too many failed proofs in any case. A contact point that is verified
    for another customer stays so and is shown the order all the same.
    """
    point = await contact_points.take_one(session, contact_point_id=contact_point_id)
    subject = f"contact:{point.id}"
    order = None
    if await _failed_proofs(session, subject) < MAX_FAILED_PROOFS:
        order = await _order_of(session, order_number, email, actor=subject)
    if order is None:
        await audit.write(session, actor=subject, action=_FAILED, subject=subject)
    elif point.level is not Level.VERIFIED:
        await contact_points.claim(session, contact_point_id=point.id, customer_id=order.customer_id)
    return order


async def _order_of(session: AsyncSession, number: str, email: str, *, actor: str) -> Order | None:
    customer = await customers.find_by_email(session, email=email)
    if customer is None:
        return None
    subject = f"customer:{customer.id}"
    if await _failed_proofs(session, subject, _TRIED) >= MAX_FAILED_PROOFS_OF_CUSTOMER:
        return None
    try:
        return await orders.get_order(session, customer_id=customer.id, number=number)
    except NotFound:
        await audit.write(session, actor=actor, action=_TRIED, subject=subject)
        return None


async def _failed_proofs(session: AsyncSession, subject: str, action: str = _FAILED) -> int:
    failed = select(func.count()).where(
        AuditEntry.subject == subject,
        AuditEntry.action == action,
        AuditEntry.at > clock.now() - _HOUR,
    )
    return await session.scalar(failed) or 0


async def refuse_too_many(session: AsyncSession, point: ContactPoint, email: str, now: datetime) -> None:
    """`TooManyCodes` when the contact point asks too often, or the address is asked for too often."""
    codes = select(func.count()).select_from(OneTimeCode)
    of_point = codes.where(OneTimeCode.contact_point_id == point.id, OneTimeCode.created_at > now - CODE_LIFE)
    of_email = codes.where(OneTimeCode.email == email, OneTimeCode.created_at > now - _HOUR)
    if (await session.scalar(of_point) or 0) >= MAX_CODES_PER_CONTACT:
        raise TooManyCodes("You asked for several codes in a short time. Please wait ten minutes.")
    if (await session.scalar(of_email) or 0) >= MAX_CODES_PER_EMAIL:
        raise TooManyCodes("Many codes were asked for with this e-mail address. Please wait an hour.")


async def keep_code(
    session: AsyncSession,
    *,
    point: ContactPoint,
    customer_id: int | None,
    email: str,
    purpose: CodePurpose,
    code: str,
    secret: bytes,
) -> None:
    """Store a code, as a keyed hash only, for ten minutes from now."""
    now = clock.now()
    row = OneTimeCode(
        contact_point_id=point.id,
        customer_id=customer_id,
        email=email,
        purpose=purpose,
        code_hash="",
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    session.add(row)
    await session.flush()
    row.code_hash = code_hash(secret, row.id, code)
    await session.flush()


async def _newest(session: AsyncSession, point: ContactPoint) -> OneTimeCode | None:
    # Only the newest counts: an older one must not come back to life once the newest is used.
    codes = select(OneTimeCode).where(
        OneTimeCode.contact_point_id == point.id, OneTimeCode.purpose == CodePurpose.SIGN_IN
    )
    return await take(session, codes.order_by(OneTimeCode.id.desc()).limit(1))


async def _owner(session: AsyncSession, row: OneTimeCode) -> int | None:
    """A decoy is nobody's, and a code proves nothing once the customer has another e-mail address."""
    customer = await customers.find_by_email(session, email=row.email)
    return row.customer_id if customer and customer.id == row.customer_id else None


async def _wrong(session: AsyncSession, row: OneTimeCode) -> CodeCheck:
    await session.flush()
    tries_left = MAX_TRIES - row.tries
    subject = f"contact:{row.contact_point_id}"
    await audit.write(session, actor=subject, action="code_wrong", subject=subject)
    return CodeCheck(ok=False, problem="wrong" if tries_left else "locked", tries_left=tries_left)


async def _right(session: AsyncSession, point: ContactPoint, row: OneTimeCode, customer_id: int) -> CodeCheck:
    row.used_at = clock.now()
    await session.flush()
    if point.level is Level.VERIFIED and point.customer_id != customer_id:
        return CodeCheck(ok=False, problem="none")
    await contact_points.verify(session, contact_point_id=point.id, customer_id=customer_id)
    return CodeCheck(ok=True, customer_id=customer_id)


def code_hash(secret: bytes, row_id: int, code: str) -> str:
    """The keyed hash of a code, however its digits were typed."""
    plain = "".join(code.split()).replace("-", "")
    return hmac.new(secret, f"{row_id}:{plain}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _checked(secret: bytes) -> None:
    if not secret:
        raise ValueError("One-time codes need a secret key.")
