"""`aftersale serve`: everything, in one command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from channels.cli.common import out, prepare_database, read_settings, run
from channels.cli.training import trained

if TYPE_CHECKING:
    from channels.demo import SignIn
    from channels.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="As AFTERSALE_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="As AFTERSALE_PORT.")] = None,
) -> None:
    """Run the bot: its doors, its worker and its outbox. The demo makes its own database and model."""
    # By the environment, because the server's processes read their settings there.
    if host is not None:
        os.environ["AFTERSALE_HOST"] = host
    if port is not None:
        os.environ["AFTERSALE_PORT"] = str(port)
    settings = read_settings()
    run(prepare_database(settings))
    model = trained()
    run(_greet(settings, model))
    _listen(settings)


async def _greet(settings: Settings, model: str) -> None:
    from channels import demo
    from channels.database import open_store

    out.print(f"[bold]Aftersale[/bold] for {escape(settings.shop_name)}, model {model}")
    places = {"Agent desk": "/desk", "Help centre": "/help", "API": "/docs", "Health": "/healthz"}
    if settings.is_demo:
        places = {"Demo shop": "/", "Behind the counter": "/demo", "Mailbox": "/mailbox", **places}
    table = Table(box=None, show_header=False, padding=(0, 2))
    for name, path in places.items():
        table.add_row(name, settings.address + path)
    out.print(table)
    if settings.is_demo:
        store = open_store(settings)
        people = await demo.sign_ins(store)
        await store.close()
        _print_sign_ins(people)
        _print_agents()


def _print_sign_ins(people: list[SignIn]) -> None:
    if not people:
        return
    table = Table("Customer", "Name", "E-mail", "Why them", box=None, padding=(0, 2), title_justify="left")
    for person in people:
        table.add_row(person.number, escape(person.name), person.email, escape(person.why))
    out.print("\nDemo customers (in another terminal: [bold]aftersale chat --as C-0001[/bold])")
    out.print(table)


def _print_agents() -> None:
    from channels import demo_agents

    table = Table("Agent", "Role", "E-mail", box=None, padding=(0, 2))
    for agent in demo_agents.PEOPLE:
        table.add_row(escape(agent.name), agent.role.value, agent.email)
    out.print(f"\nDemo agents of the desk, with the password [bold]{demo_agents.PASSWORD}[/bold]")
    out.print(table)


def _listen(settings: Settings) -> None:
    import uvicorn

    uvicorn.run(
        "channels.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        # A header that anybody can send is believed only from the proxies that the settings name.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=10,
    )
