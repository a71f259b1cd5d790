"""Gift cards: the code opens, guessing does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from crm_store import clock, gift_cards
from crm_store.errors import NotFound
from crm_store.gift_cards import MOST_WRONG, WRONG_WITHIN, TooManyGuesses, code_hash
from crm_store.models import GiftCard
from crm_store.session import Store
from tests.crm_store.builders import days_ago, make_contact
from tests.crm_store.talk import NOON


async def make_card(store: Store, code: str = "GIFT-LARK-2050") -> int:
    """A card, and the contact point that asks."""
    async with store.unit() as session:
        session.add(
            GiftCard(
                code_hash=code_hash(code),
                last_four="2050",
                balance_cents=5000,
                currency="EUR",
                expires_at=days_ago(-10),
                created_at=days_ago(3),
            )
        )
        return (await make_contact(session)).id


async def look_up(store: Store, contact_id: int, code: str) -> GiftCard:
    """In a unit that commits what a wrong code leaves behind, as a turn does."""
    problem: Exception | None = None
    async with store.unit() as session:
        try:
            return await gift_cards.look_up(session, code=code, contact_point_id=contact_id)
        except (NotFound, TooManyGuesses) as refused:
            problem = refused
    raise problem


@pytest.mark.parametrize("typed", ["GIFT-LARK-2050", "gift lark 2050", "giftlark2050", " Gift-Lark–2050. "])
async def test_the_code_opens_however_it_is_typed(store: Store, typed: str) -> None:
    assert (await look_up(store, await make_card(store), typed)).balance_cents == 5000


async def test_the_code_itself_is_kept_nowhere(store: Store) -> None:
    await make_card(store)
    async with store.reading() as session:
        card = (await session.scalars(select(GiftCard))).one()
    assert "LARK" not in f"{card.code_hash}{card.last_four}".upper()


async def test_guessing_ends_for_an_hour(store: Store) -> None:
    contact = await make_card(store)
    with clock.frozen_at(NOON):
        for guess in range(MOST_WRONG):
            with pytest.raises(NotFound):
                await look_up(store, contact, f"GIFT-AAAA-000{guess}")
        with pytest.raises(TooManyGuesses) as refused:
            await look_up(store, contact, "GIFT-LARK-2050")
    assert refused.value.until == NOON + WRONG_WITHIN
    with clock.frozen_at(NOON + WRONG_WITHIN + timedelta(seconds=1)):
        assert await look_up(store, contact, "GIFT-LARK-2050")


async def test_somebody_elses_guesses_do_not_count(store: Store) -> None:
    contact = await make_card(store)
    async with store.unit() as session:
        other = (await make_contact(session, "visitor-2")).id
    for guess in range(MOST_WRONG):
        with pytest.raises(NotFound):
            await look_up(store, other, f"GIFT-AAAA-000{guess}")
    assert await look_up(store, contact, "GIFT-LARK-2050")


async def test_a_card_that_is_over_says_so(store: Store) -> None:
    card = await look_up(store, await make_card(store), "GIFT-LARK-2050")
    assert not gift_cards.is_over(card)
    with clock.frozen_at(clock.now() + timedelta(days=11)):
        assert gift_cards.is_over(card)
