"""Customers: look them up, and let them change what they may change of their profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.models import Customer
from crm_store.rows import take

_EMAIL: Final = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_BIRTHDAY: Final = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


async def get(session: AsyncSession, *, customer_id: int) -> Customer:
    """The customer, an erased one included; `NotFound` without one."""
    customer = await session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("This customer does not exist.")
    return customer


async def get_by_number(session: AsyncSession, *, number: str) -> Customer:
    """The customer with this number, e.g. `C-0001`; `NotFound` without one."""
    customer = await session.scalar(select(Customer).where(Customer.number == number.strip()))
    if customer is None:
        raise NotFound(f"There is no customer {number}.")
    return customer


async def find_by_email(session: AsyncSession, *, email: str) -> Customer | None:
    """The customer with this e-mail address, whatever the case of its letters."""
    query = select(Customer).where(func.lower(Customer.email) == clean_email(email))
    return await session.scalar(query.where(Customer.erased_at.is_(None)))


def clean_email(email: str) -> str:
    """The address as it is compared: without space around it, in small letters."""
    return email.strip().lower()


def is_email(address: str) -> bool:
    """Whether a cleaned address can be one."""
    return len(address) <= 320 and _EMAIL.fullmatch(address) is not None


async def update_profile(session: AsyncSession, *, customer_id: int, **fields: str | None) -> Customer:
    """Change name, email, phone, language, address_line, postcode, city, country or birthday (`MM-DD`).

    `NotAllowed` with reason `bad_<field>` for a value that cannot be, `Conflict` for an e-mail address that
    another customer has, `TypeError` for a field that is not in the list.
    """
    if unknown := fields.keys() - _CLEANERS.keys():
        raise TypeError(f"Not a field of the profile: {', '.join(sorted(unknown))}")
    values = {field: _cleaned(field, value) for field, value in fields.items()}
    customer = await take(session, select(Customer).where(Customer.id == customer_id))
    if customer is None or customer.erased_at:
        raise NotFound("This customer does not exist.")
    changed = sorted(field for field, value in values.items() if getattr(customer, field) != value)
    if changed:
        await _write(session, customer, values)
        subject = f"customer:{customer_id}"
        await audit.write(
            session, actor=subject, action="profile_changed", subject=subject, data={"fields": changed}
        )
    return customer


async def _write(session: AsyncSession, customer: Customer, values: Mapping[str, str | None]) -> None:
    try:
        async with session.begin_nested():
            for field, value in values.items():
                setattr(customer, field, value)
            await session.flush()
    except IntegrityError as problem:
        await session.refresh(customer)
        raise Conflict("Another customer has this e-mail address.") from problem


def _cleaned(field: str, value: str | None) -> str | None:
    try:
        return _CLEANERS[field](value or "")
    except ValueError as problem:
        raise NotAllowed(f"bad_{field}", f"This cannot be a {field.replace('_', ' ')}: {value}") from problem


def _text(most: int, *, least: int = 0) -> Callable[[str], str]:
    def clean(value: str) -> str:
        value = " ".join(value.split())
        if not least <= len(value) <= most:
            raise ValueError(value)
        return value

    return clean


def _shaped(shape: re.Pattern[str], prepare: Callable[[str], str], *, optional: bool) -> Callable[[str], Any]:
    def clean(value: str) -> str | None:
        value = prepare(value)
        if not value and optional:
            return None
        if len(value) > 320 or not shape.fullmatch(value):
            raise ValueError(value)
        return value

    return clean


_CLEANERS: Final[dict[str, Callable[[str], str | None]]] = {
    "name": _text(200, least=1),
    "email": _shaped(_EMAIL, clean_email, optional=False),
    "phone": _shaped(_PHONE, lambda value: re.sub(r"[\s()/.-]", "", value), optional=True),
    "language": _shaped(re.compile(r"[a-z]{2,3}"), lambda value: value.strip().lower(), optional=False),
    "address_line": _text(300),
    "postcode": _text(20),
    "city": _text(120),
    "country": _shaped(_COUNTRY, lambda value: value.strip().upper(), optional=False),
    "birthday": _shaped(_BIRTHDAY, str.strip, optional=True),
}
