"""`aftersale tickets …`: the desk of whoever sits at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from channels.cli.common import fail, opened_store, out, run

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from crm_store.models import Agent, Ticket
    from crm_store.tickets import TimelineLine

app = typer.Typer(name="tickets", help="Look at tickets, answer them, settle them.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="The ticket's number, e.g. T-1001.")]
As = Annotated[str, typer.Option("--as", help="The e-mail address of the agent who does it.")]

SETTLED = "Our team has settled this. If anything is left, just write again."


@app.command("list")
def list_(
    status: Annotated[str, typer.Option(help="open, pending, resolved or all.")] = "open",
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
) -> None:
    """The tickets, newest first."""
    run(_list(status, limit))


async def _list(status: str, limit: int) -> None:
    from crm_store import tickets
    from crm_store.models import TicketStatus

    if status not in (*TicketStatus, "all"):
        fail(f"There is no status {status!r}: choose open, pending, resolved or all.")
    wanted = None if status == "all" else TicketStatus(status)
    async with opened_store() as store, store.reading() as session:
        found = await tickets.list_tickets(session, status=wanted, limit=limit)
    if not found:
        out.print("No tickets.")
        return
    table = Table("Ticket", "Status", "Priority", "Topic", "Opened (UTC)", "Summary", box=None)
    for ticket in found:
        table.add_row(*_columns(ticket))
    out.print(table)


def _columns(ticket: Ticket) -> tuple[str, ...]:
    opened = f"{ticket.opened_at:%Y-%m-%d %H:%M}"
    status, priority = ticket.status.value, ticket.priority.value
    return ticket.number, status, priority, escape(ticket.topic), opened, escape(ticket.summary)


@app.command()
def show(number: Number) -> None:
    """One ticket, with everything that was said on every channel."""
    run(_show(number))


async def _show(number: str) -> None:
    from crm_store import tickets

    async with opened_store() as store, store.reading() as session:
        ticket = await tickets.get_ticket(session, number=number)
        story = await tickets.timeline(session, ticket=ticket)
    out.print(f"[bold]{ticket.number}[/bold] {' · '.join(_columns(ticket)[1:5])}")
    if ticket.summary:
        out.print(escape(ticket.summary))
    for line in story:
        out.print(_told(line))


def _told(line: TimelineLine) -> str:
    at = f"[dim]{line.at:%Y-%m-%d %H:%M}[/dim]"
    if line.message is not None:
        message = line.message
        return f"{at} [bold]{message.author.value}[/bold] ({message.channel.value}): {escape(message.text)}"
    event = line.event
    note = str(event.data.get("text", "")) if event else ""
    return f"{at} [dim]{event.kind if event else ''}[/dim] {escape(note)}".rstrip()


@app.command()
def reply(number: Number, text: Annotated[str, typer.Argument(help="What to say.")], agent: As) -> None:
    """Answer the customer as a human."""
    run(_reply(number, text, agent))


async def _reply(number: str, text: str, email: str) -> None:
    from crm_store import tickets

    if not text.strip():
        fail("There is nothing to send.")
    async with opened_store() as store, store.unit() as session:
        agent = await _agent(session, email)
        await tickets.reply(session, number=number, agent_id=agent.id, text=text)
    out.print(f"Answered {number} as {escape(agent.name)}.")


@app.command()
def resolve(
    number: Number,
    agent: As,
    text: Annotated[str, typer.Option(help="What the customer is told.")] = SETTLED,
) -> None:
    """Settle a ticket: the customer is told, and the bot answers again."""
    run(_resolve(number, agent, text))


async def _resolve(number: str, email: str, text: str) -> None:
    from crm_store import tickets

    async with opened_store() as store, store.unit() as session:
        agent = await _agent(session, email)
        await tickets.resolve(session, number=number, agent_id=agent.id, text=text)
    out.print(f"{number} is resolved.")


async def _agent(session: AsyncSession, email: str) -> Agent:
    from crm_store import agents

    agent = await agents.get_by_email(session, email=email)
    if agent is None or agent.disabled_at is not None:
        fail(f"There is no agent {email}. Make one with `aftersale create-agent`.")
    return agent
