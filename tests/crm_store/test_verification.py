"""One-time codes and proofs by order number: what an attacker would try."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crm_store import audit, clock, contact_points, customers, verification
from crm_store.errors import Conflict, TooManyCodes
from crm_store.models import Channel, Level, OneTimeCode
from crm_store.session import Store
from crm_store.verification import CodeCheck
from tests.crm_store.builders import make_contact, make_customer, make_order, warm_up

SECRET = b"a secret of the tests"


async def _ask(store: Store, contact_point_id: int, email: str = "c-0001@example.com") -> str | None:
    async with store.unit() as session:
        return await verification.request_code(
            session, contact_point_id=contact_point_id, email=email, secret=SECRET
        )


async def _try(store: Store, contact_point_id: int, code: str) -> CodeCheck:
    async with store.unit() as session:
        return await verification.check_code(
            session, contact_point_id=contact_point_id, code=code, secret=SECRET
        )


async def _someone(store: Store) -> tuple[int, int]:
    """(contact point, customer)"""
    async with store.unit() as session:
        return (await make_contact(session)).id, (await make_customer(session)).id


def _other(code: str | None, step: int = 1) -> str:
    return f"{(int(code or 0) + step) % 1_000_000:06d}"


class TestCodes:
    async def test_the_right_code_verifies_once(self, store: Store) -> None:
        point_id, customer_id = await _someone(store)
        code = await _ask(store, point_id, " C-0001@Example.com")
        assert code and re.fullmatch("[0-9]{6}", code)
        typed = f" {code[:3]} {code[3:]} "
        assert await _try(store, point_id, typed) == CodeCheck(ok=True, customer_id=customer_id)
        async with store.reading() as session:
            point = await contact_points.get(session, contact_point_id=point_id)
            assert (point.level, point.customer_id) == (Level.VERIFIED, customer_id)
        assert await _try(store, point_id, code) == CodeCheck(ok=False, problem="none")

    async def test_the_code_itself_is_not_stored(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        code = await _ask(store, point_id)
        async with store.reading() as session:
            row = (await session.scalars(select(OneTimeCode))).one()
        assert code and code not in row.code_hash
        assert len(row.code_hash) == 64

    async def test_five_wrong_tries_lock_even_the_right_code(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        code = await _ask(store, point_id)
        checks = [await _try(store, point_id, _other(code, step)) for step in range(1, 6)]
        assert [check.problem for check in checks] == ["wrong"] * 4 + ["locked"]
        assert [check.tries_left for check in checks] == [4, 3, 2, 1, 0]
        assert code
        assert await _try(store, point_id, code) == CodeCheck(ok=False, problem="locked")

    async def test_forty_guesses_at_once_are_still_five(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        code = await _ask(store, point_id)
        guesses = [_try(store, point_id, _other(code, step)) for step in range(1, 41)]
        await warm_up(store)
        checks = await asyncio.gather(*guesses)
        assert sorted(check.tries_left for check in checks if check.problem == "wrong") == [1, 2, 3, 4]
        async with store.reading() as session:
            assert await session.scalar(select(OneTimeCode.tries)) == 5

    async def test_the_right_code_twice_at_once_counts_once(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        code = await _ask(store, point_id)
        await warm_up(store)
        checks = await asyncio.gather(*(_try(store, point_id, code or "") for _ in range(5)))
        assert sorted(check.problem or "" for check in checks) == ["", "none", "none", "none", "none"]

    async def test_a_code_lives_ten_minutes(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        code = await _ask(store, point_id)
        with clock.frozen_at(clock.now() + timedelta(minutes=10, seconds=1)):
            assert await _try(store, point_id, code or "") == CodeCheck(ok=False, problem="expired")

    async def test_a_new_code_ends_the_older_ones_for_good(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        first, second = await _ask(store, point_id), await _ask(store, point_id)
        if first != second:
            assert (await _try(store, point_id, first or "")).problem == "wrong"
        assert (await _try(store, point_id, second or "")).ok
        assert (await _try(store, point_id, first or "")).problem == "none"

    async def test_a_code_belongs_to_the_contact_point_that_asked(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        async with store.unit() as session:
            other = await make_contact(session, "visitor-2")
        code = await _ask(store, point_id)
        assert await _try(store, other.id, code or "") == CodeCheck(ok=False, problem="none")

    async def test_another_secret_does_not_fit_and_an_empty_one_is_refused(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        code = await _ask(store, point_id)
        async with store.unit() as session:
            check = await verification.check_code(
                session, contact_point_id=point_id, code=code or "", secret=b"another"
            )
            assert check.problem == "wrong"
            with pytest.raises(ValueError, match="secret"):
                await verification.check_code(session, contact_point_id=point_id, code="1", secret=b"")
            with pytest.raises(ValueError, match="secret"):
                await verification.request_code(
                    session, contact_point_id=point_id, email="a@example.com", secret=b""
                )

    async def test_an_unknown_address_looks_the_same_and_never_fits(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        assert await _ask(store, point_id, "nobody@example.com") is None
        check = await _try(store, point_id, "123456")
        assert (check.problem, check.tries_left) == ("wrong", 4)
        for _ in range(2):
            assert await _ask(store, point_id, "nobody@example.com") is None
        with pytest.raises(TooManyCodes):
            await _ask(store, point_id, "nobody@example.com")

    async def test_a_code_proves_nothing_once_the_address_has_changed(self, store: Store) -> None:
        point_id, customer_id = await _someone(store)
        code = await _ask(store, point_id)
        async with store.unit() as session:
            await customers.update_profile(session, customer_id=customer_id, email="new@example.com")
        assert (await _try(store, point_id, code or "")).problem == "wrong"

    async def test_strange_texts_are_just_wrong(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        await _ask(store, point_id)
        for text in ("", "my code", "\ud800\x00", "９" * 5000):
            assert (await _try(store, point_id, text)).problem == "wrong"


class TestLimits:
    async def test_three_codes_in_ten_minutes_for_a_contact_point(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        for number in range(3):
            await _ask(store, point_id, f"{number}@example.com")
        with pytest.raises(TooManyCodes):
            await _ask(store, point_id)
        with clock.frozen_at(clock.now() + timedelta(minutes=11)):
            assert await _ask(store, point_id)

    async def test_five_codes_in_an_hour_for_an_address(self, store: Store) -> None:
        await _someone(store)
        async with store.unit() as session:
            points = [await make_contact(session, f"bot-{number}") for number in range(6)]
        for point in points[:5]:
            assert await _ask(store, point.id)
        with pytest.raises(TooManyCodes):
            await _ask(store, points[5].id)
        with clock.frozen_at(clock.now() + timedelta(hours=1, seconds=1)):
            assert await _ask(store, points[5].id)

    async def test_asking_from_twenty_contact_points_at_once_makes_five_codes(self, store: Store) -> None:
        await _someone(store)
        async with store.unit() as session:
            points = [await make_contact(session, f"bot-{number}") for number in range(20)]
        await warm_up(store)
        asked = await asyncio.gather(*(_ask(store, point.id) for point in points), return_exceptions=True)
        assert sum(isinstance(one, str) for one in asked) == 5
        async with store.reading() as session:
            assert await session.scalar(select(func.count()).select_from(OneTimeCode)) == 5


class TestVerifiedContact:
    async def test_it_must_sign_out_to_become_somebody_else(self, store: Store) -> None:
        point_id, customer_id = await _someone(store)
        async with store.unit() as session:
            await make_customer(session, "C-0002")
            await contact_points.verify(session, contact_point_id=point_id, customer_id=customer_id)
        for email in ("c-0002@example.com", "nobody@example.com"):
            with pytest.raises(Conflict):
                await _ask(store, point_id, email)
        assert await _ask(store, point_id, "c-0001@example.com")

    async def test_one_that_was_verified_for_another_meanwhile_stays_so(self, store: Store) -> None:
        point_id, _ = await _someone(store)
        async with store.unit() as session:
            bob = await make_customer(session, "C-0002")
        code = await _ask(store, point_id)
        async with store.unit() as session:
            await contact_points.verify(session, contact_point_id=point_id, customer_id=bob.id)
        assert await _try(store, point_id, code or "") == CodeCheck(ok=False, problem="none")
        async with store.reading() as session:
            point = await contact_points.get(session, contact_point_id=point_id)
            assert point.customer_id == bob.id


class TestProofByOrder:
    async def test_number_and_address_show_the_order_and_claim(self, store: Store) -> None:
        async with store.unit() as session:
            ada, point = await make_customer(session), await make_contact(session, channel=Channel.SMS)
            await make_order(session, ada)
            order = await verification.prove_order(
                session, contact_point_id=point.id, order_number="a10042", email="C-0001@example.com "
            )
            assert order and [item.line_no for item in order.items] == [1]
            assert (point.level, point.customer_id) == (Level.CLAIMED, ada.id)

    async def test_the_address_of_another_customer_shows_nothing(self, store: Store) -> None:
        async with store.unit() as session:
            ada, point = await make_customer(session), await make_contact(session)
            await make_customer(session, "C-0002")
            await make_order(session, ada)
            for email in ("c-0002@example.com", "nobody@example.com", ""):
                assert not await verification.prove_order(
                    session, contact_point_id=point.id, order_number="A-10042", email=email
                )
            assert point.level is Level.ANONYMOUS
            assert len(await audit.entries(session, action="proof_failed")) == 3

    async def test_after_ten_failures_nothing_works_for_an_hour(self, store: Store) -> None:
        async with store.unit() as session:
            ada, point = await make_customer(session), await make_contact(session)
            await make_order(session, ada)

        async def prove(email: str) -> bool:
            async with store.unit() as session:
                return bool(
                    await verification.prove_order(
                        session, contact_point_id=point.id, order_number="A-10042", email=email
                    )
                )

        await warm_up(store)
        assert not any(await asyncio.gather(*(prove(f"{guess}@example.com") for guess in range(10))))
        assert not await prove("c-0001@example.com")
        with clock.frozen_at(clock.now() + timedelta(hours=1, seconds=1)):
            assert await prove("c-0001@example.com")

    async def test_trying_the_numbers_one_after_the_other_from_ever_new_browsers(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_customer(session), await make_customer(session, "C-0002")
            await make_order(session, ada)
            await make_order(session, bob, number="A-10043")

        async def prove(browser: int, number: str, email: str) -> bool:
            async with store.unit() as session:
                point = await make_contact(session, f"browser-{browser}")
                return bool(
                    await verification.prove_order(
                        session, contact_point_id=point.id, order_number=number, email=email
                    )
                )

        for guess in range(verification.MAX_FAILED_PROOFS_OF_CUSTOMER):
            assert not await prove(guess, f"A-2{guess:04d}", "c-0001@example.com")
        assert not await prove(100, "A-10042", "c-0001@example.com")
        assert await prove(101, "A-10043", "c-0002@example.com"), "nobody else is kept out"
        with clock.frozen_at(clock.now() + timedelta(hours=1, seconds=1)):
            assert await prove(102, "A-10042", "c-0001@example.com")

    async def test_a_contact_point_verified_for_another_stays_so(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_customer(session), await make_customer(session, "C-0002")
            point = await make_contact(session)
            await contact_points.verify(session, contact_point_id=point.id, customer_id=bob.id)
            await make_order(session, ada)
            assert await verification.prove_order(
                session, contact_point_id=point.id, order_number="A-10042", email="c-0001@example.com"
            )
            assert (point.level, point.customer_id) == (Level.VERIFIED, bob.id)
