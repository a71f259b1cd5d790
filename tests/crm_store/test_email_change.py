"""A code to the new address: what it proves, and what it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, contact_points, email_change, verification
from crm_store.errors import NotAllowed, NotFound, TooManyCodes
from crm_store.models import ContactPoint, Customer, Level
from crm_store.session import Store
from tests.crm_store import builders

SECRET = b"a secret"
NEW = "new@example.com"


async def proven(session: AsyncSession) -> tuple[Customer, ContactPoint]:
    person = await builders.make_customer(session)
    point = await builders.make_contact(session)
    await contact_points.verify(session, contact_point_id=point.id, customer_id=person.id)
    return person, point


async def ask(session: AsyncSession, person: Customer, point: ContactPoint, email: str = NEW) -> str:
    return await email_change.request_code(
        session, contact_point_id=point.id, customer_id=person.id, email=email, secret=SECRET
    )


async def attempt(
    session: AsyncSession, person: Customer, point: ContactPoint, code: str
) -> tuple[verification.CodeCheck, str]:
    return await email_change.check_code(
        session, contact_point_id=point.id, customer_id=person.id, code=code, secret=SECRET
    )


async def test_the_right_code_proves_the_new_address_once(store: Store) -> None:
    async with store.unit() as session:
        person, point = await proven(session)
        code = await ask(session, person, point, " New@Example.com ")
        check, address = await attempt(session, person, point, code)
        assert (check.ok, address) == (True, NEW)
        again, nothing = await attempt(session, person, point, code)
        assert (again.ok, again.problem, nothing) == (False, "none", "")


async def test_it_proves_nobodys_identity_and_a_sign_in_code_no_address(store: Store) -> None:
    async with store.unit() as session:
        person, point = await proven(session)
        code = await ask(session, person, point)
        check = await verification.check_code(session, contact_point_id=point.id, code=code, secret=SECRET)
        assert check.problem == "none"
        sign_in = await verification.request_code(
            session, contact_point_id=point.id, email=person.email or "", secret=SECRET
        )
        assert sign_in
        if sign_in != code:
            wrong, _ = await attempt(session, person, point, sign_in)
            assert wrong.problem == "wrong"
        right, _ = await attempt(session, person, point, code)
        assert right.ok, "a sign-in code must not end the other one"


async def test_wrong_codes_lock_it(store: Store) -> None:
    async with store.unit() as session:
        person, point = await proven(session)
        code = await ask(session, person, point)
        wrong = "000000" if code != "000000" else "111111"
        problems = [(await attempt(session, person, point, wrong))[0].problem for _ in range(5)]
        assert problems == ["wrong"] * 4 + ["locked"]
        assert (await attempt(session, person, point, code))[0].problem == "locked"


async def test_it_ends_after_ten_minutes(store: Store) -> None:
    async with store.unit() as session:
        person, point = await proven(session)
        code = await ask(session, person, point)
        with clock.frozen_at(clock.now() + timedelta(minutes=11)):
            assert (await attempt(session, person, point, code))[0].problem == "expired"


async def test_an_older_code_ends_with_a_newer_one(store: Store) -> None:
    async with store.unit() as session:
        person, point = await proven(session)
        first = await ask(session, person, point, "first@example.com")
        second = await ask(session, person, point, "second@example.com")
        if first != second:
            assert (await attempt(session, person, point, first))[0].problem == "wrong"
        assert (await attempt(session, person, point, second))[1] == "second@example.com"


async def test_who_may_not_ask(store: Store) -> None:
    async with store.unit() as session:
        person, point = await proven(session)
        other = await builders.make_customer(session, "C-0002")
        stranger = await builders.make_contact(
            session, "visitor-2", level=Level.CLAIMED, customer_id=person.id
        )
        for who, where in ((other, point), (person, stranger)):
            with pytest.raises(NotFound):
                await ask(session, who, where)
        with pytest.raises(NotAllowed):
            await ask(session, person, point, "no address")
        for _ in range(3):
            await ask(session, person, point)
        with pytest.raises(TooManyCodes):
            await ask(session, person, point)
