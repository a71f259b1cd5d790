"""Customers: looking up, and changing one's profile."""

from __future__ import annotations

import pytest

from crm_store import audit, customers
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.session import Store
from tests.crm_store.builders import days_ago, make_customer


async def test_a_customer_is_found_by_id_number_and_email(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session, email="ada@example.com")
        assert await customers.get(session, customer_id=ada.id) is ada
        assert await customers.get_by_number(session, number=" C-0001 ") is ada
        assert await customers.find_by_email(session, email="ADA@Example.com ") is ada


async def test_nobody_is_not_found(store: Store) -> None:
    async with store.unit() as session:
        assert await customers.find_by_email(session, email="nobody@example.com") is None
        with pytest.raises(NotFound):
            await customers.get(session, customer_id=4711)
        with pytest.raises(NotFound):
            await customers.get_by_number(session, number="C-4711")


async def test_a_profile_is_changed_and_the_change_audited(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        await customers.update_profile(
            session,
            customer_id=ada.id,
            email=" New@Example.com",
            phone="+353 20 910 1234",
            city=" Galway\n",
            birthday="02-29",
        )
    async with store.reading() as session:
        ada = await customers.get(session, customer_id=ada.id)
        assert (ada.email, ada.phone) == ("new@example.com", "+353209101234")
        assert (ada.city, ada.birthday) == ("Galway", "02-29")
        [entry] = await audit.entries(session, action="profile_changed")
        assert entry.data == {"fields": ["birthday", "city", "email", "phone"]}
        assert "new@example.com" not in str(entry.data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", ""),
        ("phone", "12345"),
        ("birthday", "31-12"),
        ("country", "Ireland"),
        ("name", "  "),
        ("name", "x" * 201),
    ],
)
async def test_a_value_that_cannot_be_is_refused(store: Store, field: str, value: str) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        with pytest.raises(NotAllowed) as refusal:
            await customers.update_profile(session, customer_id=ada.id, **{field: value})
        assert refusal.value.reason == f"bad_{field}"


async def test_phone_and_birthday_can_be_taken_out(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session, phone="+353209101234", birthday="02-29")
        await customers.update_profile(session, customer_id=ada.id, phone=None, birthday="")
        assert (ada.phone, ada.birthday) == (None, None)


async def test_the_email_of_another_customer_is_a_conflict_and_the_unit_goes_on(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session, "C-0001")
        await make_customer(session, "C-0002", email="taken@example.com")
        with pytest.raises(Conflict):
            await customers.update_profile(session, customer_id=ada.id, email="Taken@example.com")
        assert ada.email == "c-0001@example.com"
        await customers.update_profile(session, customer_id=ada.id, city="Cork")
    async with store.reading() as session:
        assert (await customers.get(session, customer_id=ada.id)).city == "Cork"


async def test_only_fields_of_the_profile_can_be_changed(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        with pytest.raises(TypeError, match="number"):
            await customers.update_profile(session, customer_id=ada.id, number="C-9999")


async def test_an_erased_customer_cannot_be_found_by_email_nor_changed(store: Store) -> None:
    async with store.unit() as session:
        gone = await make_customer(session, erased_at=days_ago(1))
        assert await customers.find_by_email(session, email="c-0001@example.com") is None
        with pytest.raises(NotFound):
            await customers.update_profile(session, customer_id=gone.id, city="Cork")
