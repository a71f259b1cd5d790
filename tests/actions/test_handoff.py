"""Handing over: what the customer is told, and what the human gets to know."""

from __future__ import annotations

import pytest

from actions.form import MISSES, OUTCOME
from actions.heard import PENDING
from actions.people.handoff_words import Matter, summary
from actions.people.people import HandOff
from actions.points.loyalty import CheckPoints
from actions.points.redeem import POINTS, RedeemForm
from actions.talk.dialogue import HalfFilled
from crm_store import clock, contact_points, conversations, orders, tickets
from crm_store.models import Channel, Owner, Ticket, TicketPriority
from crm_store.session import Store
from tests.actions.stage import Stage
from tests.actions.test_office_hours import at


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


async def ticket_of(stage: Stage) -> Ticket:
    async with stage.store.reading() as session:
        return (await tickets.list_tickets(session))[0]


async def owner_of(stage: Stage) -> Owner:
    async with stage.store.unit() as session:
        point = await contact_points.find_or_create(session, channel=stage.channel, address=stage.address)
        return (await conversations.open_conversation(session, contact_point_id=point.id)).owner


async def latest_number(stage: Stage, customer_id: int) -> str:
    async with stage.store.reading() as session:
        order = await orders.latest_order(session, customer_id=customer_id)
    assert order
    return order.number


class TestWhatTheCustomerHears:
    async def test_while_somebody_is_there(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        with clock.frozen_at(at("2026-11-20T10:00")):
            played = await stage.play(HandOff(), "a human please", "talk_to_human")
        assert "at the desk until 20:00 today" in played.text
        assert (await ticket_of(stage)).number in played.text

    async def test_while_nobody_is_there(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        with clock.frozen_at(at("2026-11-21T19:00")):
            played = await stage.play(HandOff(), "a human please", "talk_to_human")
        assert "back on Monday 23 November at 8:00" in played.text

    @pytest.mark.parametrize(
        ("intent", "words"),
        [
            ("payment_issue", "don't write a card number"),
            ("complaint", "within 2 working days"),
        ],
    )
    async def test_what_happens_next(self, stage: Stage, intent: str, words: str) -> None:
        played = await stage.play(HandOff(), "so it is", intent)
        assert words in played.text

    async def test_a_stranger_is_asked_for_what_finds_them(self, stage: Stage) -> None:
        played = await stage.play(HandOff(), "a human please", "talk_to_human")
        assert "write your e-mail address here" in played.text

    async def test_the_bot_is_silent_then(self, stage: Stage) -> None:
        await stage.play(HandOff(), "a human please", "talk_to_human")
        assert await owner_of(stage) is Owner.AGENT


class TestWhatTheHumanGets:
    async def test_who_what_order_and_last_words(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        number = await latest_number(stage, customer_id)
        await stage.play(
            HandOff(),
            "my mug came broken",
            "report_damaged_item",
            order_number=number.lower().replace("-", " "),
        )
        ticket = await ticket_of(stage)
        assert ticket.customer_id == customer_id
        assert ticket.order_id
        assert ticket.topic == "damaged or wrong item"
        assert ticket.priority is TicketPriority.HIGH
        assert "Who: Niamh Gallagher (C-0001), verified (web)" in ticket.summary
        assert f"Order: {number}" in ticket.summary
        assert "Mood: calm" in ticket.summary
        assert "Last words: “my mug came broken”" in ticket.summary

    async def test_the_order_spoken_of_before(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        stage.slots["current_order"] = await latest_number(stage, customer_id)
        await stage.play(HandOff(), "a human please", "talk_to_human")
        assert (await ticket_of(stage)).order_id

    async def test_an_order_that_is_not_theirs_is_only_words(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(HandOff(), "where is it", "report_missing_parcel", order_number="A-10001")
        ticket = await ticket_of(stage)
        assert ticket.order_id is None
        assert "A-10001, as they say (not checked)" in ticket.summary

    async def test_a_strangers_order_is_only_words(self, stage: Stage) -> None:
        await stage.play(HandOff(), "where is it", "report_missing_parcel", order_number="10001")
        ticket = await ticket_of(stage)
        assert ticket.order_id is None
        assert ticket.customer_id is None
        assert "not verified" in ticket.summary

    async def test_one_order_proven_by_its_address(self, stage: Stage) -> None:
        customer_id = await Stage(stage.store, address="elsewhere").sign_in("C-0001")
        number = await latest_number(stage, customer_id)
        async with stage.store.unit() as session:
            point = await contact_points.find_or_create(session, channel=Channel.WEB, address=stage.address)
            await contact_points.claim(session, contact_point_id=point.id, customer_id=customer_id)
        stage.slots["proven_orders"] = [number]
        await stage.play(HandOff(), "it never came", "report_missing_parcel", order_number=number)
        ticket = await ticket_of(stage)
        assert ticket.order_id
        assert ticket.customer_id is None
        assert "named an order and its e-mail address" in ticket.summary

    async def test_what_was_tried(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(CheckPoints(), "how many points do I have", "check_points")
        await stage.play(CheckPoints(), "/check_points", "check_points")
        await stage.play(HandOff(), "a human please", "talk_to_human")
        ticket = await ticket_of(stage)
        assert ticket.tried == [
            "“how many points do I have”: told the points balance",
            "“My points”: told the points balance",
        ]
        assert ticket.topic == "My points"

    @pytest.mark.parametrize("text", ["THIS IS A DISGRACE, A HUMAN NOW", "get me a human!!", "you thieves"])
    async def test_anger_comes_first(self, stage: Stage, text: str) -> None:
        await stage.sign_in("C-0001")
        await stage.play(HandOff(), text, "talk_to_human")
        ticket = await ticket_of(stage)
        assert ticket.priority is TicketPriority.HIGH
        assert "Mood: angry" in ticket.summary

    async def test_a_half_filled_form_goes_along_and_is_left(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        stage._apply({"event": "active_loop", "name": "redeem_form"})
        await stage.play(RedeemForm(), "redeem 300 points", "redeem_points", quantity="300")
        played = await stage.play(HandOff(), "no, a human", "talk_to_human")
        ticket = await ticket_of(stage)
        assert "In the middle of: turning points into a voucher: points 300" in ticket.summary
        assert stage.loop is None
        assert not any(stage.slots.get(slot) for slot in (*RedeemForm.slots, MISSES, OUTCOME, PENDING))
        assert played.followup == "action_listen"

    async def test_a_form_that_got_stuck_is_not_lost(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        stage._apply({"event": "active_loop", "name": "redeem_form"})
        await stage.play(RedeemForm(), "redeem 300 points", "redeem_points", quantity="300")
        stage.hears("blub")
        stage._apply({"event": "active_loop", "name": None})
        stage._apply({"event": "slot", "name": POINTS, "value": None})
        await stage.act(HandOff())
        ticket = await ticket_of(stage)
        assert "points 300" in ticket.summary
        assert ticket.topic == "turning points into a voucher"

    async def test_a_form_that_ended_before_is_past(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        stage._apply({"event": "active_loop", "name": "redeem_form"})
        await stage.play(RedeemForm(), "redeem 300 points", "redeem_points", quantity="300")
        stage._apply({"event": "active_loop", "name": None})
        await stage.play(HandOff(), "a human please", "talk_to_human")
        assert "In the middle of" not in (await ticket_of(stage)).summary


def test_what_a_form_had_so_far_is_told_in_words() -> None:
    slots = {
        "claim_order": "A-10042",
        "claim_items": [1, 2],
        "claim_quantity": {"1": 1, "2": 2},
        "claim_photo": True,
    }
    matter = Matter(
        who="Maeve",
        intent="talk_to_human",
        order="",
        order_is_proven=False,
        form=HalfFilled("claim_form", slots),
        waiting="",
        is_angry=False,
        last_words="",
    )
    assert "In the middle of: something missing, damaged or wrong: order A-10042; photo yes\n" in summary(
        matter
    )
