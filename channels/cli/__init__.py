"""The command line. Each command imports what it needs when it runs, so that `aftersale --help` is quick."""

from __future__ import annotations

import typer

from channels.cli import agents, chat, database, importing, reviews, serve, tickets, training

app = typer.Typer(
    name="aftersale",
    help="The support and engagement bot that an online shop runs itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command()(chat.chat)
app.command()(training.train)
app.command()(training.nlu_test)
app.command()(database.migrate)
app.command()(database.seed_demo)
app.command()(agents.create_agent)
app.add_typer(importing.app)
app.add_typer(tickets.app)
app.add_typer(reviews.app)
