"""Offers: shown best first with their reason, taken once, put away for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.base import VERIFICATION_FORM
from actions.language.phrases import MAX_TITLE
from actions.offers import offers as talk_of_offers
from actions.offers.offers import ApplyOffer, DeclineOffer, ShowOffers
from crm_store import clock, loyalty, offers
from crm_store.models import Grant, GrantStatus
from crm_store.session import Store
from tests.actions.stage import Stage


@pytest.fixture
async def stage(shop: Store) -> Stage:
    made = Stage(shop)
    await made.sign_in("C-0001")
    return made


async def grants(stage: Stage) -> dict[str, Grant]:
    """What the customer can have now, by the offer's number."""
    customer_id = await stage.sign_in("C-0001")
    async with stage.store.reading() as session:
        found = await offers.list_for(session, customer_id=customer_id)
    return {grant.offer.number: grant for grant in found}


class TestShow:
    async def test_a_stranger_is_asked_who_they_are(self, shop: Store) -> None:
        played = await Stage(shop, address="stranger").play(ShowOffers(), "any deals for me?", "show_offers")
        assert played.followup == VERIFICATION_FORM

    async def test_with_reason_and_last_day(self, stage: Stage) -> None:
        played = await stage.play(ShowOffers(), "any deals for me?", "show_offers")
        assert "1. 15% off footwear" in played.text
        assert "because you buy running shoes" in played.text
        assert "when you spend €50.00 or more" in played.text
        numbers = [offer["number"] for offer in played.cards[0]["offers"]]
        assert numbers == list(await grants(stage))

    async def test_buttons_to_take_and_to_decline(self, stage: Stage) -> None:
        played = await stage.play(ShowOffers(), "any deals for me?", "show_offers")
        assert played.buttons["Take 15% off footwear"] == '/apply_offer{"code": "O-02"}'
        assert played.buttons["Hide one of these"] == "/decline_offer"
        assert len(played.buttons) <= 4
        assert all(len(title) <= MAX_TITLE for title in played.buttons)
        asked = await stage.play(DeclineOffer(), "", "decline_offer")
        assert asked.buttons["Hide 15% off footwear"] == '/decline_offer{"code": "O-02"}'

    async def test_a_single_one_is_put_away_at_once(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        first, *others = (await grants(stage)).values()
        async with stage.store.unit() as session:
            for grant in others:
                await offers.decline(session, customer_id=customer_id, grant_id=grant.id)
        played = await stage.play(ShowOffers(), "any deals for me?", "show_offers")
        assert list(played.buttons) == [f"Take {first.offer.title}", f"Hide {first.offer.title}"]

    async def test_vouchers_stand_below(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        async with stage.store.unit() as session:
            voucher = await loyalty.redeem(session, customer_id=customer_id, points=100, key="test")
        played = await stage.play(ShowOffers(), "my vouchers", "show_offers")
        assert f"{voucher.code}: €5.00, until" in played.text

    async def test_none(self, stage: Stage) -> None:
        with clock.frozen_at(clock.now() + timedelta(days=400)):
            played = await stage.play(ShowOffers(), "my offers", "show_offers")
        assert "no offer waiting" in played.text

    async def test_a_discount_the_help_centre_knows(self, shop: Store) -> None:
        stage = Stage(shop, address="stranger")
        stage.desk.found = ["student-discount"]
        played = await stage.play(ShowOffers(), "is there a student discount", "show_offers")
        assert played.cards[0]["url"] == "/help/student-discount"
        assert played.followup is None


class TestTake:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("I'll take the first one", "O-02"),
            ("the 15% one please", "O-02"),
            ("the shoes offer", "O-02"),
            ("free delivery for me", "O-03"),
            ("give me the double points", "O-05"),
            ("take offer number two", "O-05"),
            ("the one with free shipping, thanks", "O-03"),
        ],
    )
    async def test_named_in_words(self, stage: Stage, text: str, number: str) -> None:
        await stage.play(ShowOffers(), "my offers", "show_offers")
        played = await stage.play(ApplyOffer(), text, "apply_offer")
        taken = (await grants(stage))[number]
        assert taken.status is GrantStatus.APPLIED
        assert taken.code
        assert f"Your code is {taken.code}" in played.text

    @pytest.mark.parametrize(
        "text",
        [
            "the free mug offer, I'll have that",
            "use it, the 20% one",
            "can I get that 10 euro off thing you mentioned",
            "send me the discount code",
            "Please apply the promotion to my next purchase.",
        ],
    )
    async def test_what_is_none_of_theirs_is_asked_back(self, stage: Stage, text: str) -> None:
        played = await stage.play(ApplyOffer(), text, "apply_offer")
        assert "Which one would you like?" in played.text
        assert not any(grant.code for grant in (await grants(stage)).values())

    async def test_points_meant_by_a_voucher(self, stage: Stage) -> None:
        played = await stage.play(ApplyOffer(), "turn 300 into a voucher", "apply_offer", quantity="300")
        assert played.followup == "redeem_form"

    async def test_not_on_an_order_placed_before(self, stage: Stage) -> None:
        played = await stage.play(ApplyOffer(), "apply it to A-10455", "apply_offer", order_number="A-10455")
        assert "counts for a new order" in played.text

    async def test_by_button(self, stage: Stage) -> None:
        played = await stage.play(ApplyOffer(), "", "apply_offer", code="O-03")
        assert "Free standard delivery" in played.text
        assert "at the checkout" in played.text

    async def test_twice_gives_the_same_code(self, stage: Stage) -> None:
        first = await stage.play(ApplyOffer(), "", "apply_offer", code="O-03")
        again = await stage.play(ApplyOffer(), "", "apply_offer", code="o-03")
        assert first.text == again.text

    async def test_places_are_those_that_were_shown(self, stage: Stage) -> None:
        await stage.play(ShowOffers(), "my offers", "show_offers")
        first, second, _ = await grants(stage)
        await stage.play(DeclineOffer(), "not the first one", "decline_offer")
        await stage.play(ApplyOffer(), "I take the second", "apply_offer")
        left = await grants(stage)
        assert first not in left
        assert left[second].status is GrantStatus.APPLIED

    async def test_which_one(self, stage: Stage) -> None:
        played = await stage.play(ApplyOffer(), "I'd like that one offer", "apply_offer")
        assert "Which one would you like?" in played.text
        assert all(payload.startswith("/apply_offer") for payload in played.buttons.values())

    async def test_the_only_one(self, stage: Stage) -> None:
        for number in list(await grants(stage))[1:]:
            await stage.play(DeclineOffer(), "", "decline_offer", code=number)
        played = await stage.play(ApplyOffer(), "I want that", "apply_offer")
        assert "It's yours" in played.text

    async def test_somebody_elses_offer(self, stage: Stage) -> None:
        played = await stage.play(ApplyOffer(), "", "apply_offer", code="O-08")
        assert "don't know this code" in played.text

    async def test_over_in_the_meantime(self, stage: Stage) -> None:
        grant = (await grants(stage))["O-05"]
        async with stage.store.unit() as session:
            row = await session.get_one(Grant, grant.id)
            row.status = GrantStatus.USED
        stage.hears("", "apply_offer", entities={"code": "O-05"})
        played = await stage.act(ApplyOffer())
        assert "don't know this code" in played.text

    async def test_ones_own_voucher_by_its_code(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        async with stage.store.unit() as session:
            voucher = await loyalty.redeem(session, customer_id=customer_id, points=100, key="test")
        played = await stage.play(ApplyOffer(), "use it", "apply_offer", code=voucher.code.lower())
        assert "one of your vouchers" in played.text

    async def test_how_codes_work_is_for_everybody(self, shop: Store) -> None:
        stage = Stage(shop, address="stranger")
        played = await stage.play(ApplyOffer(), "where do I enter the discount code", "apply_offer")
        assert played.cards[0]["url"] == f"/help/{talk_of_offers.HOW_TO_USE}"


class TestDecline:
    async def test_it_is_not_shown_again(self, stage: Stage) -> None:
        played = await stage.play(DeclineOffer(), "the shoes deal isn't for me", "decline_offer")
        assert "won't show you “15% off footwear” again" in played.text
        shown = await stage.play(ShowOffers(), "my offers", "show_offers")
        assert "footwear" not in shown.text

    async def test_all_of_them(self, stage: Stage) -> None:
        await stage.play(ShowOffers(), "my offers", "show_offers")
        await stage.play(DeclineOffer(), "none of these offers appeal to me", "decline_offer")
        assert not await grants(stage)

    async def test_which_one(self, stage: Stage) -> None:
        played = await stage.play(DeclineOffer(), "not interested in that", "decline_offer")
        assert "Which one shall I put away?" in played.text
        assert len(await grants(stage)) == 3

    @pytest.mark.parametrize(
        "text",
        [
            "remove this offer from my list",
            "no interest in any of those deals",
            "the sleeping bag deal isn't for me",
        ],
    )
    async def test_never_by_guessing(self, stage: Stage, text: str) -> None:
        await stage.play(DeclineOffer(), text, "decline_offer")
        assert len(await grants(stage)) == 3

    async def test_a_stranger_is_asked_who_they_are(self, shop: Store) -> None:
        stage = Stage(shop, address="stranger")
        played = await stage.play(DeclineOffer(), "", "decline_offer", code="O-02")
        assert played.followup == VERIFICATION_FORM
