"""`aftersale reviews …`: reviews that a human reads before everybody does."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from channels.cli.common import fail, opened_store, out, run

app = typer.Typer(name="reviews", help="Decide about reviews that wait for a human.", no_args_is_help=True)

Key = Annotated[int, typer.Argument(help="The review's key, as `aftersale reviews held` shows it.")]
As = Annotated[str, typer.Option("--as", help="The e-mail address of the agent who decides.")]


@app.command()
def held(limit: Annotated[int, typer.Option(min=1, max=500)] = 50) -> None:
    """Show the reviews that wait for a human, oldest first."""
    run(_held(limit))


async def _held(limit: int) -> None:
    from crm_store import reviews

    async with opened_store() as store, store.reading() as session:
        waiting = await reviews.held(session, limit=limit)
    if not waiting:
        out.print("No review waits.")
        return
    table = Table("Key", "Product", "Stars", "Words", box=None)
    for one in waiting:
        table.add_row(str(one.id), escape(one.product.name), str(one.stars), escape(one.words))
    out.print(table)


@app.command()
def publish(key: Key, agent: As) -> None:
    """Publish a held review; its points come with it."""
    run(_decide(key, agent, publish=True))


@app.command()
def refuse(key: Key, agent: As) -> None:
    """Refuse a held review, without points."""
    run(_decide(key, agent, publish=False))


async def _decide(key: int, email: str, *, publish: bool) -> None:
    from crm_store import agents, reviews

    async with opened_store() as store, store.unit() as session:
        agent = await agents.get_by_email(session, email=email)
        if agent is None or agent.disabled_at is not None:
            fail(f"There is no agent {email}. Make one with `aftersale create-agent`.")
        review = await reviews.decide(session, review_id=key, publish=publish, actor=f"agent:{agent.id}")
    out.print(f"Review {key} is {review.status.value}.")
