"""Turns in this process: understanding, dialogue, actions and the commit on SQLite, without HTTP."""

from __future__ import annotations

from pathlib import Path

from bench.measure import Timings
from bench.script import SENTENCES
from bench.server import PROJECT
from bench.table import Row
from bot.engine import Bot
from bot.house import open_house
from bot.training import train
from bot.turns import run_turn
from crm_store import contact_points, conversations, customers
from crm_store.models import Channel
from crm_store.session import Store

CUSTOMER = "C-0001"


STOCK_PARSE = 11.0
"""Stock Rasa 3.6.21 on Python 3.10 with its default pipeline (DIET, TED), measured on 2 cores over 200+
messages; as the figures in bench/over_http.py.
"""


async def measure(database: Path, rounds: int) -> list[Row]:
    """Say every sentence `rounds` times, after one round to warm up."""
    house = open_house(
        PROJECT,
        secret=b"bench",
        shop_name="Wanderlark",
        demo=True,
        help_url="https://wanderlark.example/help",
        address="https://wanderlark.example",
        can_mail=True,
    )
    bot = Bot.load_blocking(train(PROJECT), house=house)
    store = Store(f"sqlite+aiosqlite:///{database}")
    await _sign_in(store)
    turn, parse = await _talk(store, bot, rounds)
    await store.close()
    bot.close()
    return [
        Row("turn in-process, p50", turn.p50, "ms", "≤ 15"),
        Row("turn in-process, p95", turn.p95, "ms"),
        Row("understanding alone, p50", parse.p50, "ms", stock=STOCK_PARSE),
    ]


async def _talk(store: Store, bot: Bot, rounds: int) -> tuple[Timings, Timings]:
    turn, parse = Timings(), Timings()
    for number in range(rounds + 1):
        for position, sentence in enumerate(SENTENCES):
            text = f"{sentence} {'!' * (number % 3)}".strip()
            with parse.one():
                await bot.parse(f"{text} {number}.{position}")
            with turn.one():
                await _say(store, bot, text)
        if number == 0:
            turn.milliseconds.clear()
            parse.milliseconds.clear()
    return turn, parse


async def _sign_in(store: Store) -> None:
    async with store.unit() as session:
        customer = await customers.get_by_number(session, number=CUSTOMER)
        contact = await contact_points.find_or_create(session, channel=Channel.CONSOLE, address="bench")
        await contact_points.verify(session, contact_point_id=contact.id, customer_id=customer.id)


async def _say(store: Store, bot: Bot, text: str) -> None:
    async with store.unit() as session:
        message, _ = await conversations.receive(
            session, channel=Channel.CONSOLE, address="bench", provider_id=None, text=text
        )
    await run_turn(store, bot, message.conversation_id)
