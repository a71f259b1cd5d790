"""`aftersale chat`: talk to the bot in a terminal, over the same store and turns as every other door."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from channels.cli.common import err, fail, out, prepare_database, read_settings, run
from channels.cli.keyboard import read_line
from channels.cli.training import trained

if TYPE_CHECKING:
    from channels.console import Console

QUIT = "/quit"
HINTS = {
    "by a human": "A human has this conversation and will answer you here.",
    "later": "Your message is kept; the answer comes later.",
}


def chat(
    customer: Annotated[
        str, typer.Option("--as", help="A demo customer to be, e.g. C-0001. Left out: a stranger.")
    ] = "",
) -> None:
    """Talk to the bot here. A number presses the button of that number; /quit ends it."""
    run(_chat(customer))


async def _chat(customer: str) -> None:
    from channels.logs import start_logging

    settings = read_settings()
    if customer and not settings.is_demo:
        fail("--as needs no proof of who you are, so it works in the demo only.")
    start_logging("ERROR")
    await prepare_database(settings)
    await asyncio.to_thread(trained)
    from channels.console import Console
    from channels.service import Service

    service = Service(settings)
    service.start()
    try:
        with err.status("Waking the bot up"):
            await service.ready()
        address = customer or f"stranger-{secrets.token_hex(4)}"
        console = await Console.open(service, address, customer_number=customer)
        out.print(f"[dim]You are {escape(customer or 'a stranger')}. {QUIT} ends it.[/dim]")
        await _talk(console)
    finally:
        await service.stop()


async def _talk(console: Console) -> None:
    listening = asyncio.create_task(_listen(console))
    try:
        while (text := await read_line("you › ")) is not None and text.strip() != QUIT:
            if not text.strip():
                continue
            with err.status("…"):
                heard = await console.say(text.strip())
            await _show_news(console)
            if hint := HINTS.get(heard.value):
                out.print(f"[dim]{hint}[/dim]")
    finally:
        listening.cancel()


async def _listen(console: Console) -> None:
    """Show what comes unasked: a human's answer, a mail."""
    while True:
        await console.wait()
        await _show_news(console)


async def _show_news(console: Console) -> None:
    for line in await console.news():
        out.print(f"[bold green]{line.author}[/bold green] › {escape(line.text)}")
        for number, title in enumerate(line.buttons, start=1):
            out.print(f"      [cyan]{number}[/cyan] {escape(title)}")
