"""What members hear about their points, and what strangers do not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.base import VERIFICATION_FORM
from actions.points import loyalty, points_words
from crm_store import clock
from crm_store import loyalty as ledger
from crm_store.models import Customer, LoyaltyAccount, PointsEntry, PointsKind, Tier
from crm_store.session import Store
from tests.actions.stage import Stage


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


async def statement_of(shop: Store, customer_id: int) -> ledger.Statement:
    async with shop.reading() as session:
        return await ledger.statement(session, customer_id=customer_id)


async def make_stranger_to_the_club(shop: Store) -> None:
    async with shop.unit() as session:
        person = Customer(number="C-9000", name="New Person", email="new@example.com", joined_at=clock.now())
        session.add(person)


class TestBalance:
    async def test_a_stranger_is_asked_who_they_are(self, stage: Stage) -> None:
        played = await stage.play(loyalty.CheckPoints(), "my points?", "check_points")
        assert played.followup == VERIFICATION_FORM
        assert not played.texts

    async def test_balance_pending_expiry_and_tier(self, shop: Store, stage: Stage) -> None:
        statement = await statement_of(shop, await stage.sign_in("C-0001"))
        played = await stage.play(loyalty.CheckPoints(), "my points?", "check_points")
        assert f"You have {statement.balance} points" in played.text
        assert f"{statement.pending} points more pending" in played.text
        assert statement.next_expiry
        assert f"{statement.next_expiry[0]} points will expire on" in played.text
        assert "Your tier is Wren" in played.text
        assert played.buttons["Turn into a voucher"] == "/redeem_points"
        assert played.cards[0]["type"] == "points"
        assert played.cards[0]["balance"] == statement.balance

    async def test_too_few_for_a_voucher(self, stage: Stage, shop: Store) -> None:
        await make_stranger_to_the_club(shop)
        customer_id = await stage.sign_in("C-9000")
        async with shop.unit() as session:
            await ledger.enrol(session, customer_id=customer_id)
        played = await stage.play(loyalty.CheckPoints(), "my points?", "check_points")
        assert "You have 0 points" in played.text
        assert "/redeem_points" not in played.buttons.values()

    async def test_not_a_member(self, stage: Stage, shop: Store) -> None:
        await make_stranger_to_the_club(shop)
        await stage.sign_in("C-9000")
        played = await stage.play(loyalty.CheckPoints(), "my points?", "check_points")
        assert "not in Lark Club yet" in played.text

    async def test_no_buttons_in_the_middle_of_a_form(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        stage.loop = "return_form"
        played = await stage.play(loyalty.CheckPoints(), "my points?", "check_points")
        assert played.texts
        assert not played.buttons


class TestHistory:
    async def test_the_newest_first_and_the_balance(self, stage: Stage, shop: Store) -> None:
        statement = await statement_of(shop, await stage.sign_in("C-0001"))
        played = await stage.play(loyalty.PointsHistory(), "how did I get these points", "points_history")
        assert played.text.count("\n- ") == loyalty.SHOWN
        assert f"That makes {statement.balance} points" in played.text

    async def test_of_one_order(self, stage: Stage, shop: Store) -> None:
        customer_id = await stage.sign_in("C-0001")
        async with shop.reading() as session:
            entries = await ledger.history(session, customer_id=customer_id, limit=50)
        earned = next(entry for entry in entries if entry.note.startswith("Order A-"))
        number = earned.note.removeprefix("Order ")
        played = await stage.play(
            loyalty.PointsHistory(), f"points for {number}?", "points_history", order_number=number.lower()
        )
        assert f"Points for order {number}" in played.text
        assert f"+{earned.points}" in played.text

    async def test_somebody_elses_order_is_not_found(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        played = await stage.play(
            loyalty.PointsHistory(), "points for A-10001", "points_history", order_number="A-10001"
        )
        assert "can't find an order" in played.text


class TestExpiry:
    async def test_the_rule_is_for_everybody(self, stage: Stage) -> None:
        played = await stage.play(loyalty.PointsExpiry(), "do points expire?", "points_expiry")
        assert "12 months" in played.text
        assert played.followup is None

    async def test_ones_own_dates_need_a_proof(self, stage: Stage) -> None:
        played = await stage.play(loyalty.PointsExpiry(), "when do my points expire?", "points_expiry")
        assert played.followup == VERIFICATION_FORM

    async def test_ones_own(self, stage: Stage, shop: Store) -> None:
        statement = await statement_of(shop, await stage.sign_in("C-0001"))
        played = await stage.play(loyalty.PointsExpiry(), "when do my points expire?", "points_expiry")
        assert statement.next_expiry
        assert f"{statement.next_expiry[0]} points" in played.text
        assert f"{statement.expiring_within_30_days} points" in played.text

    async def test_nothing_expires(self, stage: Stage, shop: Store) -> None:
        await make_stranger_to_the_club(shop)
        customer_id = await stage.sign_in("C-9000")
        async with shop.unit() as session:
            session.add(LoyaltyAccount(customer_id=customer_id, tier=Tier.FLEDGLING, enrolled_at=clock.now()))
        played = await stage.play(loyalty.PointsExpiry(), "when do my points expire?", "points_expiry")
        assert "No points are about to expire" in played.text


class TestTier:
    async def test_the_tiers_are_for_everybody(self, stage: Stage) -> None:
        played = await stage.play(loyalty.LoyaltyTier(), "what are the tiers?", "loyalty_tier")
        assert "Falcon: from 2,000 points, 2 points per euro" in played.text

    async def test_ones_own_and_the_way_up(self, stage: Stage, shop: Store) -> None:
        statement = await statement_of(shop, await stage.sign_in("C-0001"))
        played = await stage.play(loyalty.LoyaltyTier(), "my tier", "loyalty_tier")
        assert f"You're a Wren: {statement.points_12_months} points" in played.text
        assert f"{statement.points_to_next} points more and you're a Swift" in played.text

    async def test_the_highest(self, stage: Stage) -> None:
        await stage.sign_in("C-0003")
        played = await stage.play(loyalty.LoyaltyTier(), "my tier", "loyalty_tier")
        assert "Falcon, the highest tier there is" in played.text


def test_a_line_without_a_note_says_its_kind() -> None:
    now = clock.now()
    line = PointsEntry(
        kind=PointsKind.REDEEM, points=-1200, note="", created_at=now, available_at=now - timedelta(days=1)
    )
    assert "-1,200 · Turned into a voucher" in points_words.history_lines([line])
