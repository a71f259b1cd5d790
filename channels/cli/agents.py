"""`aftersale create-agent`: someone who answers tickets."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from channels.cli.common import fail, opened_store, out, run

SHORTEST: Final = 8


def create_agent(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="The name customers and colleagues read.")],
    role: Annotated[str, typer.Option(help="agent, supervisor or admin.")] = "agent",
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
) -> None:
    """Make an agent of the desk. Asks for the password twice."""
    password = _read_password(password_stdin)
    run(_create(email, name, role, password))


async def _create(email: str, name: str, role: str, password: str) -> None:
    from channels.passwords import hashed
    from crm_store import agents
    from crm_store.models import Role

    if role not in list(Role):
        fail(f"There is no role {role!r}: choose agent, supervisor or admin.")
    if "@" not in email.strip("@"):
        fail(f"{email!r} is not an e-mail address.")
    async with opened_store() as store, store.unit() as session:
        await agents.create_agent(
            session, email=email, name=name, role=Role(role), password_hash=hashed(password)
        )
    out.print(f"{name} can sign in as {email}.")


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    from channels.passwords import LONGEST

    if not SHORTEST <= len(password) <= LONGEST:
        fail(f"A password has {SHORTEST} to {LONGEST} characters.")
    return password
