"""The whole story: a stranger becomes known, gets things done, and the store holds exactly that."""

from __future__ import annotations

from sqlalchemy import select

from bot.engine import Bot
from crm_store import customers, loyalty, returns, tickets
from crm_store.models import GrantStatus, Owner, Resolution, ReturnReason, ReturnStatus, TicketStatus
from crm_store.models.conversation import Conversation
from crm_store.models.offer import Grant
from crm_store.session import Store
from tests.conversation import Talk

NIAMH = "niamh.gallagher@example.com"


async def test_a_stranger_asks_returns_digresses_takes_an_offer_and_meets_a_human(
    either_shop: Store, bot: Bot
) -> None:
    talk = Talk(either_shop, bot)
    await talk.say("hi, where is my parcel?")
    await talk.say("A-10780")
    assert "late" in await talk.say(NIAMH)

    asked = await talk.say("I'd like to send something back from A-10771")
    assert "e-mail" in asked
    assert "6-digit code" in await talk.say(NIAMH)
    offered = await talk.say(await talk.code_from_mail())
    assert "A-10771" in offered, talk

    await talk.say("the shorts")
    in_the_middle = await talk.say("how many points do I have?")
    assert "640 points" in in_the_middle, talk
    assert "reason" in in_the_middle, "the form goes on after the question"
    await talk.say("they are too small")
    confirm = await talk.say("store credit please")
    assert "€42.90" in confirm, talk
    assert "CREDIT-" in await talk.say("yes please")

    assert "because you buy running shoes" in await talk.say("any offers for me?")
    assert "STRIDE-" in await talk.say("I'll take the first one")
    assert "T-1001" in await talk.say("can I talk to a human please")
    assert (await talk.say("are you still there?")).messages == [], (
        "the bot is silent while a human is in charge"
    )

    async with talk.store.reading() as session:
        niamh = (await customers.get_by_number(session, number="C-0001")).id
        newest = (await returns.list_returns(session, customer_id=niamh))[0]
        assert newest.status is ReturnStatus.LABEL_SENT
        assert newest.resolution is Resolution.STORE_CREDIT
        assert [(item.quantity, item.reason) for item in newest.items] == [(1, ReturnReason.TOO_SMALL)]
        assert newest.refunds[0].amount_cents == 4290
        applied = await session.scalars(
            select(Grant).where(Grant.customer_id == niamh, Grant.status == GrantStatus.APPLIED)
        )
        assert [grant.code is not None for grant in applied] == [True]
        ticket = await tickets.get_ticket(session, number="T-1001")
        assert ticket.status is TicketStatus.OPEN
        assert ticket.customer_id == niamh
        assert (await loyalty.statement(session, customer_id=niamh)).balance == 640
        assert (await session.scalars(select(Conversation))).one().owner is Owner.AGENT

    async with talk.store.unit() as session:
        await tickets.resolve(session, number="T-1001", agent_id=None, text="All settled; the bot is back.")
    assert "640 points" in await talk.say("how many points do I have?")


async def test_never_mind_leaves_nothing_behind(talk: Talk) -> None:
    niamh = await talk.sign_in("C-0001")
    async with talk.store.reading() as session:
        before = len(await returns.list_returns(session, customer_id=niamh))
    await talk.say("I want to return something from A-10771")
    await talk.say("everything")
    assert "nothing was changed" in await talk.say("never mind")
    assert "640 points" in await talk.say("how many points do I have")
    async with talk.store.reading() as session:
        assert len(await returns.list_returns(session, customer_id=niamh)) == before


async def test_another_wish_replaces_the_form(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("I want to return something from A-10771")
    answer = await talk.say("actually cancel my order A-10922")
    assert "nothing was changed" in answer, talk
    assert "A-10922" in answer, talk
