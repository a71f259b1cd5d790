"""Every action of the domain, before a stranger and before somebody who only says who they are.

Whatever they name and wherever in a dialogue they are, nothing of a customer is said: no name, address,
number of an order or parcel, and no code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from rasa_sdk import Action
from sqlalchemy import select

import actions
from actions.base import VERIFICATION_FORM, ShopAction
from actions.form import GuidedForm
from bot.action_endpoint import InProcessActions
from crm_store import clock, contact_points, customers, vouchers
from crm_store.models import (
    Channel,
    Customer,
    Grant,
    Order,
    OutboxRow,
    Refund,
    Reservation,
    ReservationStatus,
    Return,
    Shipment,
    Voucher,
    VoucherSource,
)
from crm_store.session import Store
from tests.actions.stage import DOMAIN, Played, Stage

VICTIM, MAIL, ORDER = "C-0001", "niamh.gallagher@example.com", "A-10771"
NAMED = frozenset({VICTIM, MAIL, ORDER})
"""What the stranger says themselves; to hear it again tells them nothing."""

IN_PACKAGE = InProcessActions(actions.__name__).names
NAMES = sorted(name for name in DOMAIN["actions"] if name in IN_PACKAGE)


def _all_of(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _all_of(one)


CLASSES: Mapping[str, type[Action]] = {
    one().name(): one
    for base in (ShopAction, GuidedForm)
    for one in _all_of(base)
    if not getattr(one, "__abstractmethods__", None)
}

EVERYTHING = {"order_number": ORDER, "email": MAIL, "reason": "damaged"}
MESSAGES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("", "inform", {}),
    (f"and {ORDER}, {MAIL}", "inform", EVERYTHING),
    ("yes", "affirm", {}),
    ("show me everything of mine, my name, my address, all my orders and codes", "inform", {}),
    ("all of it", "inform", {"code": "all", "product": "jacket", "rating": "5", "quantity": "1"}),
    ("K-8001", "reserve_in_store", {"code": "K-8001", "reason": "cancel"}),
    ("what is kept for me", "reserve_in_store", {}),
    (f"send {ORDER} back", "return_item", {"order_number": ORDER}),
)
FAR_IN = {
    "current_order": ORDER,
    "return_order": ORDER,
    "return_items": [{"line_no": 1, "quantity": 1}],
    "cancel_order": ORDER,
    "cancel_confirm": True,
    "address_order": ORDER,
    "address_confirm": True,
    "claim_order": ORDER,
    "delete_confirm": True,
    "redeem_points": 500,
    "redeem_confirm": True,
    "account_field": "name",
    "account_value": "Mallory",
    "account_confirm": True,
    "review_product": "Skylark Rain Jacket",
    "review_stars": 5,
    "review_words": "",
    "proof_order": ORDER,
    "proof_email": MAIL,
    "proof_way": "code",
}
"""Slots as if a dialogue had got to the end of every form."""


def told(secrets: frozenset[str], heard: str, played: Played) -> set[str]:
    """Those secrets that were said or kept for later: in texts, on buttons, in cards, in slots."""
    said = [played.texts, played.buttons, played.cards, played.events]
    everything = json.dumps(said, ensure_ascii=False, default=str)
    return {word for word in secrets if word in everything and word not in heard}


async def _secrets(store: Store) -> frozenset[str]:
    """What the shop knows of people."""
    async with store.reading() as session:
        people = list(await session.scalars(select(Customer)))
        placed = list(await session.scalars(select(Order)))
        found: set[str | None] = {value for one in people for value in (one.name, one.email, one.phone)}
        found |= {value for one in people for value in (one.number, one.address_line)}
        found |= {value for one in placed for value in (one.number, one.ship_name, one.ship_address)}
        for column in (Shipment.tracking_number, Return.number, Return.label_code, Refund.number):
            found |= set(await session.scalars(select(column)))
        for codes in (Voucher.code, Grant.code, Reservation.number, Reservation.name):
            found |= set(await session.scalars(select(codes)))
    return frozenset(word for word in found if word and len(word) > 3 and word not in NAMED)


async def _claim(store: Store, stage: Stage) -> None:
    """They named an order and its address: they may be who they say, and may not."""
    async with store.unit() as session:
        customer = await customers.get_by_number(session, number=VICTIM)
        point = await contact_points.find_or_create(session, channel=stage.channel, address=stage.address)
        await contact_points.claim(session, contact_point_id=point.id, customer_id=customer.id)


async def _enrich(store: Store) -> None:
    """The victim has a voucher and something kept in a shop, too."""
    async with store.unit() as session:
        victim = await customers.get_by_number(session, number=VICTIM)
        await vouchers.give(
            session,
            customer_id=victim.id,
            cents=1000,
            source=VoucherSource.POINTS,
            key="for the test",
            currency="EUR",
        )
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="the victim's")
        session.add(
            Reservation(
                number="K-8001",
                variant_id=1,
                location_id=2,
                contact_point_id=point.id,
                customer_id=victim.id,
                name="Niamh Gallagher",
                quantity=1,
                status=ReservationStatus.HELD,
                until=clock.now().replace(year=clock.now().year + 1),
                created_at=clock.now(),
            )
        )


def _situations(action: type[Action]) -> Iterator[tuple[str, str, Mapping[str, str], dict[str, Any]]]:
    own = tuple(getattr(action, "intents", ()) or ())
    for text, intent, entities in MESSAGES:
        for slots in ({}, FAR_IN):
            yield text, intent, entities, dict(slots)
        for wanted in own:
            yield text, wanted, entities, {}


@pytest.fixture
async def rich_shop(shop: Store) -> Store:
    """The demo shop, in which the victim has one of everything."""
    await _enrich(shop)
    return shop


def test_every_action_of_the_domain_is_looked_at() -> None:
    assert set(NAMES) <= set(CLASSES)
    assert len(NAMES) > 80


@pytest.mark.parametrize("name", NAMES)
async def test_nothing_of_anybody_is_said(rich_shop: Store, name: str) -> None:
    secrets = await _secrets(rich_shop)
    assert {"K-8001", "Niamh Gallagher", "27 Rosebank Terrace", "A-10772"} <= secrets
    action, ran = CLASSES[name], 0
    for number, (text, intent, entities, slots) in enumerate(_situations(action)):
        for claimed in (False, True):
            stage = Stage(rich_shop, address=f"{number} {claimed}", slots=dict(slots))
            stage.loop = VERIFICATION_FORM if number % 2 else None
            if claimed:
                await _claim(rich_shop, stage)
            stage.hears(text, intent, entities=entities)
            try:
                played = await stage.act(action())
            except (KeyError, TypeError, AttributeError, ValueError, LookupError):
                continue  # Rasa never comes here without the slots that this action needs.
            ran += 1
            heard = f"{text} {intent} {entities}"
            assert told(secrets, heard, played) == set(), f"{heard} with {slots}, claimed: {claimed}"
    assert ran, "it never ran"
    async with rich_shop.reading() as session:
        mails = await session.scalars(select(OutboxRow).where(OutboxRow.channel == Channel.EMAIL))
        sent = {(mail.address, "code" in mail.payload["subject"]) for mail in mails}
    assert sent <= {(MAIL, True)}, "only a code leaves, and only to the customer's own address"


async def test_the_proven_customer_does_hear_it(rich_shop: Store) -> None:
    stage = Stage(rich_shop)
    await stage.sign_in(VICTIM)
    played = await stage.play(CLASSES["action_reserve_in_store"](), "what is kept for me", "reserve_in_store")
    assert told(await _secrets(rich_shop), "", played) >= {"K-8001"}
