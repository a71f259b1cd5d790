"""The whole story in two browsers, against the real server: a visitor from the first question to the human
and back to the bot, and the agent who helps them.
"""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import func, select

from channels import demo_agents
from channels.desk.ticket_page import SETTLED
from crm_store import claims, loyalty, outbox, returns, tickets
from crm_store.models import (
    Author,
    Claim,
    ClaimKind,
    Conversation,
    Customer,
    Direction,
    Grant,
    GrantStatus,
    Message,
    Owner,
    Photo,
    Remedy,
    Resolution,
    ReturnReason,
    ReturnStatus,
    Ticket,
    TicketStatus,
)
from crm_store.models.return_ import Return
from crm_store.session import Store
from tests.browser.conftest import NewPage
from tests.browser.persons import (
    ANSWER,
    AT_ONCE,
    Visitor,
    broken_mug,
    code_from_mailbox,
    line_of,
    open_chat,
    sign_in_at_desk,
)
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

PRIYA = "C-0008"
MAIL = "priya.sharma@example.com"
AGENT = demo_agents.PEOPLE[0]
CAPTION = "This is how it came out of the box"
REPLY = "Hello Priya, I am sorry about your mug. A new one leaves today."
SAID = [
    "hi, where is my parcel?",
    "A-10859",
    MAIL,
    "I'd like to send something back from A-10753",
    MAIL,
    "",  # the code
    "the slippers",
    "how many points do I have?",
    "too small",
    "the money back please",
    "Yes, please",
    "any offers for me?",
    "Take 15% off knitwear",
    "one of my mugs arrived broken",
    CAPTION,
    "Send it again",
    "Yes, send it",
    "can I talk to a human please",
    "Thank you, that is kind",
    "how many points do I have?",
]


async def test_a_visitor_is_helped_by_the_bot_and_by_a_human(new_page: NewPage, house: Server) -> None:
    desk = await new_page(viewport={"width": 1440, "height": 900})
    await sign_in_at_desk(desk, house.url, AGENT.email)
    before = await _counts(house)

    shop = await new_page()
    visitor = await open_chat(shop, house.url)
    code = await _becomes_known(visitor, await new_page(), house)
    await _returns_the_slippers(visitor, house)
    voucher = await _takes_an_offer(visitor)
    await _shows_the_broken_mug(visitor)
    await visitor.tells("can I talk to a human please", "T-")
    number = re.search(r"T-\d+", await visitor.bot.last.inner_text())
    assert number
    await _is_helped_by_a_human(visitor, desk, number[0])
    await visitor.tells("how many points do I have?", "100 points")

    shown = await visitor.thread()
    await shop.reload()
    await expect(visitor.texts).to_have_count(len(shown))
    assert await visitor.thread() == shown
    await _the_store_holds_exactly_that(house, before, shown, code, voucher, number[0])


async def _becomes_known(visitor: Visitor, mailbox: Page, house: Server) -> str:
    await visitor.tells(SAID[0], "order number")
    await visitor.tells(SAID[1], "e-mail address")
    await visitor.tells(SAID[2], "DPD")
    await expect(await visitor.card("Order A-10859")).to_contain_text("Aran Cable Jumper")
    await visitor.tells(SAID[3], "e-mail address")
    await visitor.tells(SAID[4], "6 digits")
    code = await code_from_mailbox(mailbox, house.url)
    await mailbox.close()
    await visitor.tells(code, "send back from order A-10753")
    return code


async def _returns_the_slippers(visitor: Visitor, house: Server) -> None:
    """With a reload of the page and a restart of the server in the middle."""
    await visitor.tells(SAID[6], "reason")
    so_far = await visitor.thread()
    await visitor.page.reload()
    await expect(visitor.panel).to_be_visible()
    await expect(visitor.texts).to_have_text(so_far)

    await visitor.tells(SAID[7], "reason")
    await expect(await visitor.card("100 points")).to_be_visible()
    so_far = await visitor.thread()
    await asyncio.to_thread(house.stop)
    await visitor.say(SAID[8])
    await expect(visitor.note).to_contain_text("Nothing is lost")
    await house.start()
    await expect(visitor.own.last).to_have_text(SAID[8])
    await expect(visitor.bot.last).to_contain_text("€59.00 back", timeout=ANSWER)
    await expect(visitor.texts).to_have_count(len(so_far) + 2)
    await expect(visitor.note).to_be_empty()

    await visitor.tells(SAID[9], "Shall I set up this return?")
    await visitor.press(SAID[10])
    card = await visitor.card("Return R-")
    await expect(card).to_contain_text("Hearth Wool Slippers", timeout=ANSWER)
    await expect(visitor.panel.get_by_role("button", name="5 of 5")).to_be_visible(timeout=ANSWER)


async def _takes_an_offer(visitor: Visitor) -> str:
    await visitor.tells(SAID[11], "15% off knitwear")
    await visitor.press(SAID[12])
    await visitor.reads("It's yours")
    taken = visitor.panel.locator(".card", has_text="15% off knitwear").last
    await taken.get_by_role("button", name=re.compile("^Copy")).click()
    await expect(taken).to_contain_text("Copied")
    code = await taken.locator("code").inner_text()
    assert await visitor.page.evaluate("navigator.clipboard.readText()") == code
    assert code.startswith("WOOLLY-")
    return code


async def _shows_the_broken_mug(visitor: Visitor) -> None:
    await visitor.tells(SAID[13], "photo")
    photo = {"name": "mug.png", "mimeType": "image/png", "buffer": broken_mug()}
    await visitor.panel.locator("input[type=file]").set_input_files([photo])  # type: ignore[list-item]
    await expect(visitor.panel.get_by_alt_text("mug.png")).to_be_visible()
    await visitor.say(CAPTION)
    await visitor.reads("send the same again")
    await visitor.press(SAID[15])
    await visitor.reads("102 Canal Street")
    await visitor.press(SAID[16])
    await expect(visitor.panel.locator(".card", has_text="CL-")).to_contain_text(
        "Puffin Enamel Mug", timeout=ANSWER
    )


async def _is_helped_by_a_human(visitor: Visitor, desk: Page, number: str) -> None:
    await desk.locator("#rows").get_by_role("link", name=number).click(timeout=ANSWER)
    await expect(desk.locator("#head")).to_contain_text("Priya Sharma")
    said = visitor.panel.locator(":is(.customer,.bot) .text")
    for text in await said.all_inner_texts():
        await expect(desk.locator("#thread .entry .text").get_by_text(text.strip()).first).to_be_attached()
    picture = line_of(desk, "customer", CAPTION).get_by_alt_text("Photo from the customer")
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("naturalWidth", 640)
    await expect(desk.get_by_label("Customer", exact=True)).to_contain_text("A-10753")

    await desk.get_by_label("Reply to Priya").press_sequentially(REPLY[:5])
    await expect(visitor.dots).to_be_visible(timeout=AT_ONCE)
    await desk.get_by_label("Reply to Priya").fill(REPLY)
    await desk.get_by_role("button", name="Send reply").click()
    agent = visitor.panel.locator(".agent .text")
    await expect(agent).to_have_text(REPLY, timeout=AT_ONCE)
    await expect(visitor.lines.last).to_have_text(f"{AGENT.name.split()[0]} has joined the chat")

    await visitor.field.press_sequentially("Thank")
    await expect(desk.locator("#typing")).to_have_text("Priya is typing…", timeout=AT_ONCE)
    await visitor.say(SAID[18])
    await expect(line_of(desk, "customer", SAID[18])).to_be_visible(timeout=AT_ONCE)

    await desk.locator("#resolve").click()
    await desk.get_by_role("button", name="Resolve").last.click()
    await expect(desk.locator("[data-resolved]")).to_be_visible(timeout=AT_ONCE)
    back = visitor.lines.filter(has_text="You’re talking with the bot again")
    await expect(back).to_be_visible(timeout=AT_ONCE)
    await expect(visitor.log).to_contain_text(SETTLED)
    await expect(visitor.panel).to_contain_text("Automated assistant")


async def _counts(house: Server) -> dict[str, int]:
    """How many rows there are of what the story makes."""
    store = Store(f"sqlite+aiosqlite:///{house.home / 'aftersale.db'}")
    async with store.reading() as session:
        counts = {
            kind.__tablename__: await session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in (Conversation, Return, Claim, Photo, Ticket)
        }
    await store.close()
    return counts


async def _the_store_holds_exactly_that(
    house: Server, before: dict[str, int], shown: list[str], code: str, voucher: str, number: str
) -> None:
    after = await _counts(house)
    assert {kind: after[kind] - before[kind] for kind in before} == dict.fromkeys(before, 1)
    store = Store(f"sqlite+aiosqlite:///{house.home / 'aftersale.db'}")
    async with store.reading() as session:
        priya = (await session.scalars(select(Customer).where(Customer.number == PRIYA))).one().id
        ticket = await tickets.get_ticket(session, number=number)
        thread = await session.get_one(Conversation, ticket.conversation_id)
        said = (
            await session.scalars(
                select(Message).where(Message.conversation_id == thread.id).order_by(Message.id)
            )
        ).all()
        assert [m.text for m in said if m.author != Author.SYSTEM and m.text] == [t for t in shown if t]
        inbound = [m for m in said if m.direction is Direction.INBOUND]
        assert [m.text for m in inbound] == [*SAID[:5], code, *SAID[6:]]
        assert len({m.provider_id for m in inbound}) == len(inbound)
        assert all(m.answered_at for m in inbound)
        assert [m.text for m in said if m.author in (Author.AGENT, Author.SYSTEM)] == [REPLY, SETTLED]

        assert thread.owner is Owner.BOT
        assert (ticket.status, ticket.customer_id) == (TicketStatus.RESOLVED, priya)
        made = (await returns.list_returns(session, customer_id=priya))[0]
        assert (made.status, made.resolution) == (ReturnStatus.LABEL_SENT, Resolution.REFUND_CARD)
        assert [(i.quantity, i.reason) for i in made.items] == [(1, ReturnReason.TOO_SMALL)]
        assert [refund.amount_cents for refund in made.refunds] == [5900]
        [claim] = await claims.list_claims(session, customer_id=priya)
        assert (claim.kind, claim.remedy) == (ClaimKind.DAMAGED, Remedy.RESEND)
        photo = (await session.scalars(select(Photo).where(Photo.conversation_id == thread.id))).one()
        assert claim.photos == [photo.key]
        assert (photo.width, photo.height) == (640, 480)
        applied = await session.scalars(
            select(Grant.code).where(Grant.customer_id == priya, Grant.status == GrantStatus.APPLIED)
        )
        assert list(applied) == [voucher]
        assert (await loyalty.statement(session, customer_id=priya)).balance == 100
        codes = [
            mail
            for mail in await outbox.recent_mails(session, limit=50)
            if mail.address == MAIL and code in mail.payload["body"]
        ]
        assert len(codes) == 1
    await store.close()
