"""What customers think, in whole conversations: after a return, after a ticket, of a product."""

from __future__ import annotations

from sqlalchemy import select

from channels.upkeep import Upkeep
from crm_store import agents, conversations, loyalty, ratings, tickets
from crm_store.models import Message, Rating, Review, ReviewStatus, Role
from tests.conversation import Talk


async def given(talk: Talk) -> list[Rating]:
    async with talk.store.reading() as session:
        return await ratings.list_ratings(session)


async def written(talk: Talk) -> list[Review]:
    async with talk.store.reading() as session:
        return list(await session.scalars(select(Review)))


async def settle_ticket(talk: Talk) -> str:
    """A human answers the open ticket and resolves it; then the job looks."""
    async with talk.store.unit() as session:
        agent = await agents.create_agent(
            session, email="orla@shop.example", name="Orla", role=Role.AGENT, password_hash="x"
        )
        (ticket,) = await tickets.list_tickets(session)
        await tickets.reply(session, number=ticket.number, agent_id=agent.id, text="It is on its way.")
        await tickets.resolve(session, number=ticket.number, agent_id=agent.id)
    said: list[int] = []
    job = Upkeep(talk.store, shop_name="Wanderlark", said=said.append)
    assert await job.ask_for_ratings() == 1
    assert await job.ask_for_ratings() == 0
    assert said == [ticket.conversation_id]
    return ticket.number


class TestService:
    async def test_after_a_ticket(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I want to talk to a human")
        number = await settle_ticket(talk)
        async with talk.store.reading() as session:
            newest = (await session.scalars(select(Message).order_by(Message.id.desc()))).first()
        assert newest is not None
        assert number in newest.text
        assert newest.custom == {"type": "rating", "of": 5}
        asked = await talk.say(newest.buttons[3]["payload"])
        assert "in a few words" in asked, talk
        assert "noted with your rating" in await talk.say("friendly and quick, thank you"), talk
        (found,) = await given(talk)
        assert (found.matter, found.stars) == (f"ticket:{number}", 4)
        assert found.words == "friendly and quick, thank you"

    async def test_a_typed_number_is_the_answer(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I want to talk to a human")
        await settle_ticket(talk)
        await talk.say("5")
        assert [found.stars for found in await given(talk)] == [5], talk

    async def test_low_stars_offer_a_human(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I want to give feedback")
        said = await talk.press("1 of 5")
        assert "I'm sorry" in said, talk
        assert "Talk to a human" in said.buttons, talk

    async def test_another_wish_instead_of_words(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I want to give feedback")
        await talk.press("5 of 5")
        assert "points" in await talk.say("how many points do I have?"), talk
        assert [found.words for found in await given(talk)] == [""]
        assert "A-10780" in await talk.say("where is my parcel A-10780"), talk

    async def test_whoever_does_not_care_is_left_alone(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I want to talk to a human")
        await settle_ticket(talk)
        assert "points" in await talk.say("how many points do I have?"), talk
        assert await given(talk) == []
        assert await Upkeep(talk.store, shop_name="W", said=lambda _: None).ask_for_ratings() == 0


class TestReview:
    async def balance(self, talk: Talk, customer_id: int) -> int:
        async with talk.store.reading() as session:
            return (await loyalty.statement(session, customer_id=customer_id)).balance

    async def test_stars_words_and_points(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        before = await self.balance(talk, customer_id)
        await talk.say("I'd like to write a review")
        await talk.press("Inis Wool Beanie")
        await talk.press("4 of 5")
        said = await talk.say("warm and light, but it itches a little")
        assert "published" in said, talk
        assert await self.balance(talk, customer_id) == before + 50
        await talk.say("write a review of the Inis Wool Beanie")
        assert len(await written(talk)) == 1, talk

    async def test_a_stranger_is_asked_who_they_are(self, talk: Talk) -> None:
        assert "e-mail address" in await talk.say("I want to review my beanie"), talk
        assert await written(talk) == []

    async def test_hostile_words_wait_for_a_human(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        before = await self.balance(talk, customer_id)
        await talk.say("I'd like to write a review")
        await talk.press("Inis Wool Beanie")
        await talk.press("1 of 5")
        assert "A person reads" in await talk.say("absolute shit, you idiots"), talk
        assert [review.status for review in await written(talk)] == [ReviewStatus.HELD]
        assert await self.balance(talk, customer_id) == before

    async def test_left_in_the_middle(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I'd like to write a review")
        await talk.press("Inis Wool Beanie")
        assert "nothing was changed" in await talk.say("no, forget it"), talk
        assert await written(talk) == []

    async def test_a_human_in_the_middle(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I'd like to write a review")
        await talk.say("talk to a human")
        async with talk.store.reading() as session:
            (ticket,) = await tickets.list_tickets(session)
            thread = await conversations.get(session, conversation_id=ticket.conversation_id)
        assert thread.owner.value == "agent", talk
        assert await written(talk) == []
