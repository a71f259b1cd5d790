"""Missing, damaged, wrong: from the first word to what was done."""

from __future__ import annotations

from crm_store import claims, conversations, orders, tickets
from crm_store.models import Claim, ClaimKind, Owner, Remedy
from tests.conversation import Talk


async def made(talk: Talk, customer_id: int) -> list[Claim]:
    async with talk.store.reading() as session:
        return await claims.list_claims(session, customer_id=customer_id)


class TestDamaged:
    async def test_a_broken_mug_is_sent_again(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0008")
        assert "photo" in await talk.say("one of my mugs arrived broken")
        points = await talk.say("how many points do I have?")
        assert "points" in points.messages[0].text
        assert "photo" in points.messages[-1].text
        assert "€12.60 back" in await talk.say("", photos=["photo-key"])
        assert "102 Canal Street" in await talk.press("Send it again")
        assert await made(talk, customer_id) == []
        done = await talk.say("yes")
        assert [card["type"] for card in done.cards] == ["claim"]
        [claim] = await made(talk, customer_id)
        assert (claim.kind, claim.remedy) == (ClaimKind.DAMAGED, Remedy.RESEND)
        assert claim.photos == ["photo-key"]
        assert claim.replacement is not None
        assert claim.replacement.number in done
        assert claim.replacement.number in await talk.say("where is it?")
        assert claim.number in await talk.say("what about my claim")

    async def test_a_photo_comes_first(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        assert "what is it about" in await talk.say("", photos=["k1"])
        await talk.press("Something is damaged")
        await talk.say("the beanie")
        asked = await talk.say("there is a big hole in the seam")
        assert "Which do you prefer" in asked
        await talk.say("I want my money back")
        assert "31 points" in talk.last
        await talk.say("yes please")
        [claim] = await made(talk, customer_id)
        assert (claim.photos, claim.remedy) == (["k1"], Remedy.REFUND)
        assert "hole" in claim.words

    async def test_never_mind_leaves_nothing(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0008")
        await talk.say("one of my mugs arrived broken")
        await talk.say("no photo")
        assert "nothing was done" in await talk.say("never mind")
        assert await made(talk, customer_id) == []
        assert "Canal" not in await talk.say("yes")

    async def test_the_third_claim_goes_to_a_human_with_everything(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        for thing in ("beanie has a hole in it", "bunting shirt has a ripped seam"):
            await talk.say(f"my {thing}")
            await talk.say("no photo")
            await talk.press("back")
            await talk.say("yes")
        await talk.say("the dart shorts came ripped at the seam")
        await talk.say("", photos=["k3"])
        assert "colleague" in talk.last
        handed = await talk.say("yes")
        assert "T-1001" in handed
        [third, *_] = await made(talk, customer_id)
        assert (third.remedy, third.photos) == (Remedy.TICKET, ["k3"])
        async with talk.store.reading() as session:
            ticket = await tickets.get_ticket(session, number="T-1001")
            thread = await conversations.get(session, conversation_id=ticket.conversation_id)
        assert thread.owner is Owner.AGENT
        assert ticket.topic == "damaged or wrong item"
        for word in ("Dart Running Shorts", "ripped", "1 photo", "repeated"):
            assert word in ticket.summary


class TestWrong:
    async def test_the_right_one_is_sent(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0008")
        await talk.say("you sent me the wrong mug, I ordered red and got blue")
        await talk.say("both")
        await talk.say("no photo")
        await talk.say("send it again please")
        assert "keep it, or give it" in await talk.say("yes")
        [claim] = await made(talk, customer_id)
        assert (claim.kind, claim.items[0].quantity) == (ClaimKind.WRONG_ITEM, 2)

    async def test_a_stranger_proves_who_they_are_first(self, talk: Talk) -> None:
        assert "e-mail" in await talk.say("wrong item sent")
        assert "A-1" not in talk.last


class TestMissing:
    async def test_a_neighbour_is_asked_first_then_a_human_decides(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0007")
        told = await talk.say("A-10801 never arrived")
        assert "Kearns, number 14" in told
        assert "Shall I pass" in await talk.press("Still not there")
        await talk.say("yes")
        [claim] = await made(talk, customer_id)
        assert (claim.kind, claim.remedy) == (ClaimKind.MISSING_PARCEL, Remedy.TICKET)

    async def test_the_neighbour_has_it(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0007")
        await talk.say("A-10801 never arrived")
        assert "Good to hear" in await talk.press("I found it")
        assert await made(talk, customer_id) == []

    async def test_what_the_carrier_lost_is_sent_again(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0007")
        assert "Shall I" in await talk.say("I never received A-10667")
        await talk.say("yes")
        async with talk.store.reading() as session:
            newest = await orders.latest_order(session, customer_id=customer_id)
        assert newest is not None
        assert (newest.total_cents, len(newest.items)) == (0, 2)
        again = await talk.say("I never received A-10667")
        assert newest.number in again
        assert len(await made(talk, customer_id)) == 1

    async def test_what_is_still_on_its_way_is_told_honestly(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0008")
        assert "Meadow" not in await talk.say("my parcel A-10859 never came")
        assert "A-10859" in talk.last
        assert await made(talk, customer_id) == []

    async def test_one_thing_was_not_in_the_parcel(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        await talk.say("the beanie wasn't in the parcel A-10771")
        await talk.press("back")
        await talk.say("yes")
        [claim] = await made(talk, customer_id)
        assert (claim.kind, claim.remedy) == (ClaimKind.MISSING_ITEM, Remedy.REFUND)

    async def test_another_customers_order(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        told = await talk.say("A-10667 never arrived")
        assert "Owl" not in told
        assert await made(talk, customer_id) == []


async def test_an_empty_message_does_no_harm(talk: Talk) -> None:
    assert (await talk.say("")).messages
    assert (await talk.say("", photos=["k"])).messages
