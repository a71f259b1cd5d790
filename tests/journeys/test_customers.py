"""Customers as they write: half sentences, typing errors, small letters, second thoughts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm_store import clock, consents, orders, tickets
from crm_store.models import OrderStatus, Purpose
from tests.conversation import Talk

NIAMH, LUKAS, SIOBHAN, MATEUSZ, AOIFE = "C-0001", "C-0002", "C-0003", "C-0005", "C-0007"
NIAMHS_MAIL = "niamh.gallagher@example.com"
SATURDAY_EVENING = datetime(2026, 11, 21, 21, tzinfo=UTC)


async def known(talk: Talk, number: str) -> Talk:
    await talk.sign_in(number)
    return talk


async def say(talk: Talk, *lines: str) -> str:
    """Say one after the other; what the bot said last."""
    for line in lines:
        await talk.say(line)
    return talk.last.text


async def status(talk: Talk, customer_id: int, number: str) -> OrderStatus:
    async with talk.store.reading() as session:
        return (await orders.get_order(session, customer_id=customer_id, number=number)).status


async def opened_tickets(talk: Talk) -> int:
    async with talk.store.reading() as session:
        return len(await tickets.list_tickets(session))


class TestOrders:
    async def test_the_late_one_of_two(self, talk: Talk) -> None:
        await known(talk, NIAMH)
        assert "Which one" in await say(talk, "wheres my stuff")
        assert "A-10780" in await say(talk, "the late one")
        assert "days late" in talk.last, talk

    async def test_what_can_be_collected_and_the_other(self, talk: Talk) -> None:
        await known(talk, SIOBHAN)
        assert "ready to collect in Wanderlark Galway" in await say(talk, "whats ready to collect")
        assert "A-10877" in await say(talk, "and the other order"), talk

    async def test_by_what_was_bought(self, talk: Talk) -> None:
        await known(talk, LUKAS)
        assert "A-10827" in await say(talk, "where is my tent"), talk
        assert "Badger Camp Stove" in await say(talk, "did the stove come too"), talk

    @pytest.mark.parametrize("word", ["👎", "n", "nope", "no wait dont"])
    async def test_no_in_any_shape_keeps_the_order(self, talk: Talk, word: str) -> None:
        customer_id = await talk.sign_in(NIAMH)
        assert "Shall I cancel A-10922" in await say(talk, "can i cancel it?"), talk
        await say(talk, word)
        assert await status(talk, customer_id, "A-10922") is OrderStatus.PAID, talk

    @pytest.mark.parametrize("word", ["👍", "y", "yes do it", "ok"])
    async def test_yes_in_any_shape_cancels(self, talk: Talk, word: str) -> None:
        customer_id = await talk.sign_in(NIAMH)
        await say(talk, "cancel my order", word)
        assert await status(talk, customer_id, "A-10922") is OrderStatus.CANCELLED, talk

    async def test_who_hesitates_has_not_agreed(self, talk: Talk) -> None:
        customer_id = await talk.sign_in(NIAMH)
        for word in ("cancel my order", "hmm", "well", "umm"):
            await talk.say(word)
            assert "Shall I cancel A-10922" in talk.last, talk
        assert await status(talk, customer_id, "A-10922") is OrderStatus.PAID
        assert await opened_tickets(talk) == 0

    async def test_a_price_in_the_middle_of_a_cancellation(self, talk: Talk) -> None:
        await known(talk, NIAMH)
        await say(talk, "cancel my order", "what does express cost btw")
        assert "9.95" in talk.last, talk
        assert "Shall I cancel A-10922" in talk.last, talk

    async def test_the_unpaid_one_by_its_state(self, talk: Talk) -> None:
        customer_id = await talk.sign_in(MATEUSZ)
        assert "A-10878" in await say(talk, "cancel the failed one"), talk
        await say(talk, "y")
        assert await status(talk, customer_id, "A-10878") is OrderStatus.CANCELLED, talk

    async def test_why_the_payment_is_open_needs_no_human(self, talk: Talk) -> None:
        await known(talk, MATEUSZ)
        assert "nothing was charged" in await say(talk, "did my payment go thru"), talk
        assert await opened_tickets(talk) == 0
        await say(talk, "no i want it paid now, why was it declined")
        assert await opened_tickets(talk) == 1

    async def test_money_back_for_what_was_lost(self, talk: Talk) -> None:
        await known(talk, AOIFE)
        await say(talk, "wheres my parcel", "lost??? i want my money back")
        assert "A-10667 was lost" in talk.last, talk
        assert "Shall I" in await say(talk, "yes"), talk
        assert await opened_tickets(talk) == 0
        assert "colleague" in await say(talk, "rather the money back"), talk
        await say(talk, "yes")
        assert await opened_tickets(talk) == 1

    async def test_a_neighbour_who_has_nothing(self, talk: Talk) -> None:
        await known(talk, AOIFE)
        assert "neighbour" in await say(talk, "track A-10801"), talk
        assert "Kearns" in await say(talk, "i didnt get it!! nobody has it"), talk
        assert "Shall I pass" in talk.last, talk
        await say(talk, "yes")
        assert await opened_tickets(talk) == 1


class TestAddresses:
    async def test_said_in_three_words(self, talk: Talk) -> None:
        await known(talk, NIAMH)
        assert "Where should it go instead" in await say(talk, "fine. change address then"), talk
        assert "nothing was changed" in await say(talk, "never mind"), talk

    async def test_the_address_before_the_order(self, talk: Talk) -> None:
        await known(talk, MATEUSZ)
        await say(talk, "change address on my order", "flat 3, 22 Dame Street, Dublin 2, D02 XY45")
        assert "I've got the address: Flat 3, 22 Dame Street" in talk.last, talk
        assert "Shall I send A-10917" in await say(talk, "the first"), talk

    async def test_a_question_is_no_refusal(self, talk: Talk) -> None:
        await known(talk, MATEUSZ)
        await say(talk, "change address on my order", "first", "22 Dame Street, Dublin 2, D02 XY45")
        assert "Shall I send A-10917" in await say(talk, "wait is it free?"), talk
        assert "now goes to" in await say(talk, "👍"), talk


class TestReturns:
    async def test_it_does_not_fit(self, talk: Talk) -> None:
        await known(talk, NIAMH)
        await say(talk, "i wanna start a return", "the beanie", "dont fit")
        assert list(talk.last.buttons) == ["Too small", "Too large"], talk
        assert "store credit" in await say(talk, "2"), talk

    async def test_a_return_by_its_number(self, talk: Talk) -> None:
        await known(talk, "C-0004")
        assert "R-5057" in await say(talk, "wheres R-5057"), talk
        assert "Return R-5064" in await say(talk, "r5064"), talk

    async def test_somebody_elses_return_number(self, talk: Talk) -> None:
        await known(talk, "C-0004")
        assert "can't find a return" in await say(talk, "where's R-5015"), talk
        assert "Kestrel" not in talk.last, talk

    async def test_no_money_yet_for_a_parcel_on_its_way(self, talk: Talk) -> None:
        await known(talk, "C-0004")
        await say(talk, "i sent my shoes back a week ago and no money!!!!")
        assert "R-5064" in talk.last, talk
        assert "your refund leaves within 5 working days" in talk.last, talk

    async def test_an_exchange_on_its_way(self, talk: Talk) -> None:
        await known(talk, LUKAS)
        await say(talk, "wheres my exchange")
        assert "you get Burren Trail Running Shoes, grey, 44" in talk.last, talk


class TestShopping:
    async def test_narrower_step_by_step(self, talk: Talk) -> None:
        await say(talk, "i need boots for hiking size 42", "under 100")
        assert "Shannon Wellington Boots" in talk.last, talk
        await say(talk, "the first one", "do you have it in 43 in dublin")
        assert "Shannon Wellington Boots in Dublin" in talk.last, talk

    async def test_a_suggestion_for_rain(self, talk: Talk) -> None:
        await known(talk, NIAMH)
        await say(talk, "suggest something", "for rain")
        assert "Rain" in talk.last, talk
        assert "Linnet Rain Poncho" in await say(talk, "under 50"), talk

    async def test_from_the_price_to_the_shelf(self, talk: Talk) -> None:
        assert "€149.00" in await say(talk, "how much is the skylark jacket"), talk
        assert "red" in await say(talk, "in red"), talk
        assert "Skylark Rain Jacket, red, M" in await say(talk, "M"), talk


class TestPointsAndOffers:
    async def test_all_of_them(self, talk: Talk) -> None:
        await known(talk, SIOBHAN)
        assert "€240.00" in await say(talk, "turn them all into money"), talk
        assert "stay as they are" in await say(talk, "👎"), talk

    async def test_an_offer_put_away_in_other_words(self, talk: Talk) -> None:
        await known(talk, "C-0008")
        await say(talk, "what offers do i have", "not interested in the gift wrapping thing")
        assert "won't show you “Free gift wrapping”" in talk.last, talk


class TestStrangers:
    async def test_why_the_e_mail_is_needed(self, talk: Talk) -> None:
        await say(talk, "order A-10780 where", "why do you need that")
        assert "nobody else can read" in talk.last, talk
        assert "colleague" in await say(talk, "idk my email"), talk
        await say(talk, NIAMHS_MAIL)
        assert "A-10780" in talk.last, talk

    async def test_an_e_mail_alone(self, talk: Talk) -> None:
        assert "6-digit code" in await say(talk, NIAMHS_MAIL), talk
        await say(talk, await talk.code_from_mail())
        assert "Niamh" in talk.last, talk

    async def test_giving_up_leaves_nothing_behind(self, talk: Talk) -> None:
        await say(talk, "where is my order", "i give up")
        assert "nothing was changed" in talk.last, talk
        assert "Usual hours: Mon-Sat 09:30-18:00" in await say(talk, "what time do you close in cork"), talk


class TestTalk:
    @pytest.mark.parametrize("word", ["ok thx", "ok ta", "❤️", "grand thanks"])
    async def test_thanks(self, talk: Talk, word: str) -> None:
        await known(talk, NIAMH)
        assert "You're welcome" in await say(talk, "how many points do i have", word), talk

    async def test_an_ok_after_an_answer_asks_for_nothing(self, talk: Talk) -> None:
        await known(talk, NIAMH)
        assert "not sure" not in await say(talk, "what time do you close in cork", "ok"), talk

    async def test_lost_for_words_at_the_weekend(self, talk: Talk) -> None:
        with clock.frozen_at(SATURDAY_EVENING):
            assert "back on Monday" in await say(talk, "asdkjh", "??"), talk
            assert await opened_tickets(talk) == 0
            assert "What can I do for you?" in await say(talk, "menu"), talk

    async def test_one_ticket_and_one_word_about_it(self, talk: Talk) -> None:
        with clock.frozen_at(SATURDAY_EVENING):
            await say(talk, "fnord blah", "wibble wobbly", "grmpf nnng")
        assert talk.last.text.count("T-1001") == 1, talk

    async def test_all_news_stopped_but_one(self, talk: Talk) -> None:
        customer_id = await talk.sign_in(NIAMH)
        await say(talk, "pls stop everything except sms")
        async with talk.store.reading() as session:
            allowed = await consents.current(session, customer_id=customer_id)
        assert not allowed[Purpose.MARKETING_EMAIL], talk
        assert "no more marketing texts" not in "\n".join(talk.transcript), talk
        assert "you'll get" in await say(talk, "but keep sms"), talk
