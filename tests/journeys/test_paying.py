"""Invoices, failed payments, ways to pay, gift cards."""

from __future__ import annotations

from crm_store import tickets
from tests.conversation import Talk


class TestInvoice:
    async def test_a_link_to_the_order_that_is_named(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        told = await talk.say("invoice for A-10771 please")
        assert "https://wanderlark.example/files/invoice/" in told
        assert [card["kind"] for card in told.cards] == ["invoice"]

    async def test_the_newest_where_none_is_named(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        assert "A-10922" in await talk.say("I need an invoice")
        assert "Invoice for A-10771" in talk.last.buttons

    async def test_a_stranger_proves_who_they_are_first(self, talk: Talk) -> None:
        assert "/files/" not in await talk.say("I need the invoice for A-10771")
        assert "e-mail" in talk.last

    async def test_another_customers(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        assert "/files/" not in await talk.say("invoice for A-10601")

    async def test_what_is_not_paid_has_none(self, talk: Talk) -> None:
        await talk.sign_in("C-0005")
        assert "isn't paid" in await talk.say("invoice for A-10878")

    async def test_a_question_about_invoices_is_answered(self, talk: Talk) -> None:
        assert "invoice-and-vat" in await talk.say("can you put my company name on the invoice")


class TestFailed:
    async def test_nothing_was_charged_and_how_to_pay(self, talk: Talk) -> None:
        await talk.sign_in("C-0008")
        told = await talk.say("payment failed, was I charged?")
        assert "nothing was charged" in told
        assert "A-10930" in told
        assert "demo" in told

    async def test_it_was_ordered_again_and_is_paid(self, talk: Talk) -> None:
        await talk.sign_in("C-0005")
        assert "A-10917" in await talk.say("my payment failed")

    async def test_charged_twice_goes_to_a_human(self, talk: Talk) -> None:
        await talk.sign_in("C-0005")
        assert "T-1001" in await talk.say("I was charged twice for my order")
        async with talk.store.reading() as session:
            assert (await tickets.get_ticket(session, number="T-1001")).topic == "payment"

    async def test_a_stranger_proves_who_they_are_first(self, talk: Talk) -> None:
        assert "A-1" not in await talk.say("my payment failed")

    async def test_how_an_own_order_was_paid(self, talk: Talk) -> None:
        await talk.sign_in("C-0008")
        assert "PayPal: €72.00" in await talk.say("how did I pay for A-10601?")
        assert "Klarna" in await talk.say("which payment methods do you accept?")


class TestGiftCard:
    async def test_the_code_shows_what_is_left(self, talk: Talk) -> None:
        assert "€50.00" in await talk.say("what's left on GIFT-LARK-2050?")

    async def test_the_code_is_asked_for(self, talk: Talk) -> None:
        assert "What's the code" in await talk.say("gift card balance")
        assert "€17.50" in await talk.say("gift-wren-7718")

    async def test_used_up_over_and_unknown(self, talk: Talk) -> None:
        assert "used up" in await talk.say("what's left on GIFT-TERN-3304?")
        assert "ended on" in await talk.say("what's left on GIFT-KITE-9146?")
        assert "no gift card" in await talk.say("what's left on GIFT-ABCD-1234?")

    async def test_guessing_ends(self, talk: Talk) -> None:
        for guess in range(5):
            await talk.say(f"what's left on GIFT-AAAA-111{guess}?")
        assert "too many" in await talk.say("what's left on GIFT-LARK-2050?")
        assert "€50.00" not in talk.last
