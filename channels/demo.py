"""The demo shop's people: whom one can sign in as, and what is interesting about them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from channels.database import DEMO_SHOP
from crm_store import customers
from crm_store.errors import NotFound
from crm_store.session import Store


@dataclass(frozen=True)
class SignIn:
    """One demo customer."""

    number: str
    name: str
    email: str
    why: str
    """What can be tried with them."""


def numbers(folder: Path = DEMO_SHOP) -> frozenset[str]:
    """The numbers of demo_sign_ins.csv."""
    return frozenset(number for number, _ in _reasons(folder / "demo_sign_ins.csv"))


async def sign_ins(store: Store, folder: Path = DEMO_SHOP) -> list[SignIn]:
    """The customers of demo_sign_ins.csv who are in this database."""
    found = []
    async with store.reading() as session:
        for number, why in _reasons(folder / "demo_sign_ins.csv"):
            try:
                person = await customers.get_by_number(session, number=number)
            except NotFound:
                continue
            found.append(SignIn(person.number, person.name, person.email or "", why))
    return found


@cache
def _reasons(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(line["customer_id"], line["why"]) for line in csv.DictReader(lines)]
