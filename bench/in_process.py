"""Turns in this process: understanding, dialogue, actions and the commit on SQLite, without HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.measure import Timings, resident_megabytes
from bench.script import SENTENCES
from bot.engine import Bot
from bot.turns import run_turn
from crm_store import contact_points, conversations, customers
from crm_store.models import Channel
from crm_store.session import Store

CUSTOMER = "C-0001"


@dataclass(frozen=True)
class InProcess:
    """What was measured."""

    turn: Timings
    parse: Timings
    megabytes: float


async def measure(database: Path, bot: Bot, rounds: int) -> InProcess:
    """Say every sentence `rounds` times, after one round to warm up."""
    store = Store(f"sqlite+aiosqlite:///{database}")
    await _sign_in(store)
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
    await store.close()
    return InProcess(turn, parse, resident_megabytes())


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
