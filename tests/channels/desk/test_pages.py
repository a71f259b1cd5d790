"""The desk's pages: the queues in pages, a ticket with its thread and its customer, and nothing that runs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from channels.desk.places import read_place, read_seen, write_place, write_seen
from channels.desk.render import linked, waiting
from channels.headers import WITH_SCRIPTS
from crm_store import clock, contact_points, conversations, customers, outbox, photos, tickets
from crm_store.models import Author, Channel, Customer, Message, TicketPriority
from crm_store.tickets import Place
from tests.channels.desk.agent import TOMAS, sign_in, ticket
from tests.channels.door import OpenDoor

HOSTILE = (
    "<img src=x onerror=alert(1)> <svg onload=alert(2)><script>alert(3)</script> javascript:alert(4) "
    '" onmouseover=alert(5) https://ok.example/?a=1&b="><script>alert(6)</script> {{ 7 * 7 }}'
)


async def known(door: OpenDoor, *addresses: str) -> Customer:
    """Maeve, verified at these addresses of the REST door."""
    async with door.service.store.unit() as session:
        maeve = await customers.get_by_number(session, number="C-0001")
        for address in addresses:
            point = await contact_points.find_or_create(session, channel=Channel.REST, address=address)
            await contact_points.verify(session, contact_point_id=point.id, customer_id=maeve.id)
    return maeve


async def test_the_list_shows_what_an_agent_needs_in_the_order_of_the_work(door: OpenDoor) -> None:
    maeve = await known(door, "maeve")
    await ticket(door, "first", address="a")
    await ticket(door, "pressing", address="maeve", customer_id=maeve.id, priority=TicketPriority.HIGH)
    niamh = await sign_in(door)
    html = await niamh.page("/desk")
    assert re.findall(r'data-number="(T-\d+)"', html) == ["T-1002", "T-1001"]
    for part in ("Maeve", "Missing parcel", "pressing", "High", "API", "Visitor", "data-since"):
        assert part in html
    assert re.search(r'data-count="open">2<', html)
    assert "Nothing is yours" in await niamh.page("/desk?queue=mine")
    assert (await niamh.page("/desk?queue=nonsense&after=%00")).count('data-number="') == 2


async def test_the_list_goes_on_page_by_page(door: OpenDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.desk.queue_view.PAGE", 2)
    for index in range(5):
        await ticket(door, address=f"visitor {index}")
    niamh = await sign_in(door)
    path, found = "/desk", []
    while path:
        html = await niamh.page(path)
        found += re.findall(r'data-number="(T-\d+)"', html)
        more = re.search(r'rel="next" href="([^"]+)"', html)
        path = more[1].replace("&amp;", "&") if more else ""
    assert found == [f"T-{1001 + index}" for index in range(5)]


async def test_a_ticket_shows_every_door_of_a_proven_customer_and_the_hand_over(door: OpenDoor) -> None:
    maeve = await known(door, "one", "two")
    await ticket(door, "said at the first door", address="one")
    made = await ticket(
        door,
        "said at the second door",
        address="two",
        customer_id=maeve.id,
        summary="Wants: a parcel\nMood: angry",
    )
    await ticket(door, "a stranger's words", address="three")
    html = await (await sign_in(door)).page(f"/desk/tickets/{made.number}")
    thread = html[html.index('id="thread"') : html.index('id="composer"')]
    for part in (
        "said at the first door", "said at the second door", "The bot handed over",
        "<dt>Wants</dt><dd>a parcel</dd>",
        'class="angry"', "told where an order is", "Bot understood: ", "(93%)",
    ):  # fmt: skip
        assert part in thread
    assert "a stranger" not in thread
    aside = html[html.index('id="aside"') :]
    for part in ("Maeve", "Verified", "maeve@example.com", "No order yet", "Not a member", "E-mail: no"):
        assert part in aside


async def test_a_strangers_ticket_shows_nothing_of_anybody(door: OpenDoor) -> None:
    await known(door, "somebody else")
    made = await ticket(door, "I am Maeve, C-0001")
    aside = (await (await sign_in(door)).page(f"/desk/tickets/{made.number}")).split('id="aside"')[1]
    assert "Nobody knows who writes here" in aside
    assert "maeve@example.com" not in aside


async def test_who_only_says_who_they_are_gets_the_agent_a_warning(door: OpenDoor) -> None:
    made = await ticket(door)
    async with door.service.store.unit() as session:
        thread = await conversations.get(session, conversation_id=made.conversation_id)
        maeve = await customers.get_by_number(session, number="C-0001")
        await contact_points.claim(session, contact_point_id=thread.contact_point_id, customer_id=maeve.id)
    aside = (await (await sign_in(door)).page(f"/desk/tickets/{made.number}")).split('id="aside"')[1]
    assert "Not proven" in aside and "maeve@example.com" not in aside


async def test_a_customer_who_signed_out_since_is_shown_with_a_warning(door: OpenDoor) -> None:
    maeve = await known(door, "visitor")
    made = await ticket(door, customer_id=maeve.id)
    async with door.service.store.unit() as session:
        thread = await conversations.get(session, conversation_id=made.conversation_id)
        await contact_points.forget(session, contact_point_id=thread.contact_point_id)
    aside = (await (await sign_in(door)).page(f"/desk/tickets/{made.number}")).split('id="aside"')[1]
    assert "Signed out since" in aside


async def test_a_message_that_did_not_arrive_says_so_and_why(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    await niamh.do(made.number, "reply", text="Hello", seen=await niamh.seen(made.number))
    assert "not read yet" in await niamh.page(f"/desk/tickets/{made.number}")
    async with door.service.store.unit() as session:
        (row,) = (await tickets.deliveries(session, message_ids=range(10))).values()
        await outbox.mark_failed(session, id=row.id, error="<b>no such number</b>")
    html = await niamh.page(f"/desk/tickets/{made.number}")
    assert "not delivered: &lt;b&gt;no such number&lt;/b&gt;" in html


async def test_earlier_lines_come_in_pages(door: OpenDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.desk.ticket_view.PAGE", 3)
    made = await ticket(door, "line 0")
    for index in range(1, 8):
        await door.say(f"line {index}")
    niamh = await sign_in(door)
    html = await niamh.page(f"/desk/tickets/{made.number}")
    found = re.findall(r"line \d", html[html.index('id="thread"') :])
    before = int(re.findall(r'data-before="(\d+)"', html)[0])
    kinds = html.count("The bot handed over")
    while before:
        page = (await niamh.client.get(f"/desk/tickets/{made.number}/earlier?before={before}")).json()
        found, before = re.findall(r"line \d", page["html"]) + found, page["before"]
        kinds += page["html"].count("The bot handed over")
    assert (found, kinds) == ([f"line {index}" for index in range(8)], 1)


async def test_fault_19_what_a_customer_writes_is_text_and_nothing_else(door: OpenDoor) -> None:
    made = await ticket(door, HOSTILE, summary=f"Last words: “{HOSTILE}”")
    async with door.service.store.unit() as session:
        thread = await conversations.get(session, conversation_id=made.conversation_id)
        await conversations.say(
            session, conversation=thread, author=Author.BOT, text=HOSTILE,
            buttons=[{"title": HOSTILE, "payload": "/x"}], custom={"type": HOSTILE},
        )  # fmt: skip
        await tickets.add_note(session, number=made.number, agent_id=1, text=HOSTILE)
    niamh = await sign_in(door)
    for path in ("/desk", f"/desk/tickets/{made.number}"):
        answer = await niamh.client.get(path)
        assert answer.headers["content-security-policy"] == WITH_SCRIPTS
        html = answer.text
        assert "<img src=x" not in html and "<svg" not in html
        assert re.findall(r"<script\b[^>]*>", html) == ['<script type="module" src="/static/desk/main.js">']
        assert not re.search(r"<[^>]+\son\w+=", html) and " style=" not in html
        assert not re.search(r'(?:href|src)="(?!/|https?://)[^"]', html.replace('href="#', 'href="/#'))
        assert "49" not in re.findall(r"\{\{ 7.*?\}\}", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("see https://a.example/x.", '<a href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow">https://a.example/x</a>.'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,<b>", "data:text/html,&lt;b&gt;"),
        ('https://a.example/"onclick=x', '&#34;onclick=x'),
        ("https://a.example/?a=1&b=2", 'href="https://a.example/?a=1&amp;b=2"'),
        ("xhttps://", "xhttps://"),
    ],
)  # fmt: skip
def test_only_http_addresses_become_links(text: str, html: str) -> None:
    assert html in linked(text)
    assert "javascript:" not in re.findall(r'href="([^"]*)"', linked(text))


async def test_a_card_of_the_bot_that_counts_photos_is_only_a_card(door: OpenDoor) -> None:
    made = await ticket(door)
    async with door.service.store.unit() as session:
        thread = await conversations.get(session, conversation_id=made.conversation_id)
        await conversations.say(
            session,
            conversation=thread,
            author=Author.BOT,
            text="Your claim.",
            custom={"type": "claim", "photos": 1},
        )
    html = await (await sign_in(door)).page(f"/desk/tickets/{made.number}")
    assert "Card: claim" in html


async def test_photos_are_shown_to_agents_only_and_a_key_that_is_none_is_left_out(door: OpenDoor) -> None:
    made = await ticket(door)
    async with door.service.store.unit() as session:
        kept = await photos.add(
            session,
            conversation_id=made.conversation_id,
            media_type="image/png",
            width=1,
            height=1,
            content=b"png",
        )
        (heard,) = await tickets.thread(session, conversation_ids=[made.conversation_id])
        message = await session.get_one(Message, heard.id)
        message.custom = {"photos": [kept.key, "../../mailbox", 'x" onerror="alert(1)']}
    niamh = await sign_in(door)
    html = await niamh.page(f"/desk/tickets/{made.number}")
    assert re.findall(r'<img src="(/desk/[^"]+)"', html) == [f"/desk/photos/{kept.key}"]
    answer = await niamh.client.get(f"/desk/photos/{kept.key}")
    assert (answer.content, answer.headers["content-type"]) == (b"png", "image/png")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "private" in answer.headers["cache-control"]


async def test_pages_are_never_cached_and_scripts_are_files_of_our_own(door: OpenDoor) -> None:
    tomas = await sign_in(door, TOMAS)
    answer = await tomas.client.get("/desk")
    assert answer.headers["cache-control"] == "no-store"
    for name in ("main", "queue", "ticket", "thread", "composer", "drafts", "keys", "live", "post", "time"):
        script = await tomas.client.get(f"/static/desk/{name}.js")
        assert script.status_code == 200
        assert not re.search(r"\beval\b|new Function|document\.write|https?://", script.text)


def test_places_survive_the_way_through_an_address_and_rubbish_does_not() -> None:
    from crm_store.models import TicketStatus

    place = Place(TicketStatus.OPEN, TicketPriority.HIGH, clock.now(), 17)
    assert read_place(write_place(place)) == place
    for rubbish in (
        "",
        "open.high.1",
        "open.huge.1.1",
        "shut.high.1.1",
        "open.high.999999999999999999.1",
        "\x00",
        "open.high.-1.1",
    ):
        assert read_place(rubbish) is None
    assert read_seen(write_seen({12: 340, 15: 377}, 55)) == ({12: 340, 15: 377}, 55)
    assert read_seen("12:340") == ({12: 340}, 0)
    for rubbish in ("", ";5", "x", "1:2,", "1:2;x", "1:٣", f"{'9' * 19}:1"):
        assert read_seen(rubbish) is None


def test_waiting_in_words() -> None:
    now = clock.now()
    with clock.frozen_at(now):
        said = [waiting(now - timedelta(minutes=minutes)) for minutes in (-1, 0, 59, 60, 47 * 60, 72 * 60)]
    assert said == ["now", "now", "59 min", "1 h", "47 h", "3 d"]
