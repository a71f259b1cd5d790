"""The command line, as somebody types it."""

from __future__ import annotations

import asyncio
import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from channels import service
from channels.cli import app, chat, serve
from channels.settings import PROJECT, load_settings
from crm_store import conversations, tickets
from crm_store.models import Agent, Author, Channel, Customer, Message, Order, Owner, Ticket
from crm_store.session import Store
from tests.channels.door import Row, rows
from tests.fakes.dialogue import FakeDialogue

HEAVY = {"rasa", "torch", "sqlalchemy", "fastapi", "uvicorn", "pydantic", "transformers"}


def aftersale(*words: str, typed: str = "") -> Result:
    """Run a command, as a process of its own would: what it sets in the environment ends with it."""
    with patch.dict(os.environ):
        return CliRunner().invoke(app, words, input=typed)


def done(*words: str, typed: str = "") -> str:
    """Run a command that has to work; what it prints."""
    result = aftersale(*words, typed=typed)
    assert result.exit_code == 0, result.output
    return result.output


def stored(model: type[Row]) -> list[Row]:
    """Every row of a table of the present settings' database."""

    async def read() -> list[Row]:
        store = Store(load_settings().database_url)
        try:
            return await rows(store, model)
        finally:
            await store.close()

    return asyncio.run(read())


@pytest.fixture
def home(tmp_path: Path, shop_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo's home with one customer."""
    home = tmp_path / "my home"
    home.mkdir()
    (home / "aftersale.db").write_bytes(shop_file.read_bytes())
    monkeypatch.setenv("AFTERSALE_HOME", str(home))
    return home


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = f"import sys, channels.cli; print(sorted({HEAVY} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALE_MODE", "production")
    for words in (["serve"], ["migrate"], ["chat"], ["tickets", "list"]):
        result = aftersale(*words)
        assert (result.exit_code, "AFTERSALE_SECRET_KEY" in result.output) == (2, True)


def test_a_database_that_is_not_migrated_is_named() -> None:
    result = aftersale("tickets", "list")
    assert result.exit_code == 1
    assert "aftersale migrate" in result.output


def test_a_database_that_is_away_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALE_DATABASE_URL", "postgresql://u:hush@127.0.0.1:1/none")
    result = aftersale("migrate")
    assert result.exit_code == 1
    assert "AFTERSALE_DATABASE_URL" in result.output
    assert "hush" not in result.output


def test_migrate_and_seed_demo_once() -> None:
    assert "at this version" in done("migrate")
    assert "The demo shop is there" in done("seed-demo")
    number = len(stored(Customer))
    assert number > 10
    result = aftersale("seed-demo")
    assert (result.exit_code, "customers already" in result.output) == (1, True)
    assert len(stored(Customer)) == number


class TestCreateAgent:
    WORDS = ("create-agent", "aoife@example.com", "--name", "Aoife")

    def test_the_password_is_asked_twice(self, home: Path) -> None:
        done(*self.WORDS, typed="correct horse\ncorrect horse\n")
        [agent] = stored(Agent)
        assert agent.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert (agent.email, agent.name, agent.role.value) == ("aoife@example.com", "Aoife", "agent")

    def test_from_standard_input(self, home: Path) -> None:
        output = done(*self.WORDS, "--password-stdin", "--role", "admin", typed="correct horse\n")
        assert "correct" not in output
        assert [agent.role.value for agent in stored(Agent)] == ["admin"]

    @pytest.mark.parametrize("password", ["", "short", "x" * 1025])
    def test_a_password_of_the_wrong_length(self, home: Path, password: str) -> None:
        result = aftersale(*self.WORDS, "--password-stdin", typed=f"{password}\n")
        assert (result.exit_code, "8 to 1024" in result.output) == (1, True)

    def test_a_long_password_is_taken_whole(self, home: Path) -> None:
        from argon2 import PasswordHasher

        done(*self.WORDS, "--password-stdin", typed="ä" * 200 + "\n")
        assert PasswordHasher().verify(stored(Agent)[0].password_hash, "ä" * 200)

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (("create-agent", "aoife", "--name", "A"), "no e-mail"),
            (("create-agent", "a@example.com", "--name", "A", "--role", "boss"), "no role"),
        ],
    )
    def test_what_is_wrong_is_said(self, home: Path, words: tuple[str, ...], why: str) -> None:
        assert aftersale(*words, "--password-stdin", typed="correct horse\n").exit_code == 1
        assert stored(Agent) == []

    def test_an_address_is_taken_once(self, home: Path) -> None:
        done(*self.WORDS, "--password-stdin", typed="correct horse\n")
        again = aftersale(
            "create-agent", "AOIFE@example.com", "--name", "B", "--password-stdin", typed="12345678\n"
        )
        assert (again.exit_code, "already" in again.output) == (1, True)


class TestTickets:
    @pytest.fixture(autouse=True)
    def _matter(self, home: Path) -> None:
        asyncio.run(self._open())
        done("create-agent", "aoife@example.com", "--name", "Aoife", "--password-stdin", typed="12345678\n")

    async def _open(self) -> None:
        store = Store(load_settings().database_url)
        async with store.unit() as session:
            message, _ = await conversations.receive(
                session, channel=Channel.WEB, address="visitor", provider_id=None, text="[red]my parcel[/red]"
            )
            await tickets.open_ticket(
                session,
                conversation_id=message.conversation_id,
                customer_id=None,
                topic="track_order",
                summary="Where is it?",
            )
        await store.close()

    @property
    def number(self) -> str:
        return stored(Ticket)[0].number

    def test_list(self) -> None:
        output = done("tickets", "list")
        assert self.number in output
        assert "track_order" in output
        assert "No tickets" in done("tickets", "list", "--status", "resolved")
        assert self.number in done("tickets", "list", "--status", "all")
        assert aftersale("tickets", "list", "--status", "lost").exit_code == 1

    def test_show(self) -> None:
        output = done("tickets", "show", self.number)
        assert "Where is it?" in output
        assert "customer (web): [red]my parcel[/red]" in output
        assert "opened" in output

    def test_a_number_that_is_none(self) -> None:
        result = aftersale("tickets", "show", "T-9")
        assert (result.exit_code, "no such thing" in result.output) == (1, True)

    def test_reply(self) -> None:
        done("tickets", "reply", self.number, "It comes tomorrow.", "--as", "aoife@example.com")
        said = stored(Message)[-1]
        assert (said.text, said.author, said.agent_id) == ("It comes tomorrow.", Author.AGENT, 1)
        assert "agent (web): It comes tomorrow." in done("tickets", "show", self.number)

    def test_nobody_answers_as_somebody_who_is_none(self) -> None:
        result = aftersale("tickets", "reply", self.number, "Hello", "--as", "nobody@example.com")
        assert (result.exit_code, "no agent" in result.output) == (1, True)
        assert aftersale("tickets", "reply", self.number, " ", "--as", "aoife@example.com").exit_code == 1
        assert len(stored(Message)) == 1

    def test_resolve(self) -> None:
        done("tickets", "resolve", self.number, "--as", "aoife@example.com", "--text", "All done.")
        assert stored(Ticket)[0].status.value == "resolved"
        assert (stored(Message)[-1].text, stored(Message)[-1].author) == ("All done.", Author.AGENT)


class TestImport:
    HEADER = "order_number,customer_id,placed_at,total,currency,email"
    GOOD = "X-1,7,2026-01-02,12.50,EUR,a@example.com"

    def write(self, folder: Path, *lines: str) -> str:
        file = folder / "orders.csv"
        file.write_text("\n".join((self.HEADER, *lines)) + "\n")
        return str(file)

    def test_it_creates_orders_once(self, home: Path) -> None:
        file = self.write(home, self.GOOD)
        output = done("import", "orders", file)
        assert "Orders created" in output
        assert [order.number for order in stored(Order)] == ["X-1"]
        assert "Orders that were there" in done("import", "orders", file)
        assert len(stored(Order)) == 1
        assert not (home / "orders.csv.rejected.csv").exists()

    def test_what_does_not_fit_is_listed_and_written(self, home: Path) -> None:
        file = self.write(home, self.GOOD, "X-2,8,yesterday,1.00,EUR,b@example.com")
        result = aftersale("import", "orders", file, "--rejected", str(home / "no.csv"))
        assert (result.exit_code, "yesterday" in result.output) == (1, True)
        assert "yesterday" in (home / "no.csv").read_text()
        assert len(stored(Order)) == 1

    def test_with_a_mapping(self, home: Path) -> None:
        (home / "orders.txt").write_text(" 00001 19970101 1 11.77\n 00001 19970101 2 5.00\n")
        (home / "map.yml").write_text(
            "delimiter: whitespace\nheader: false\ndate_format: '%Y%m%d'\ncolumns:\n"
            "  order_number: {template: 'CD-{customer_id}-{placed_at}'}\n"
            "  customer_id: 0\n  placed_at: 1\n  total: 3\n  currency: {constant: USD}\n"
        )
        done("import", "orders", str(home / "orders.txt"), "--mapping", str(home / "map.yml"))
        assert [order.total_cents for order in stored(Order)] == [1677]

    @pytest.mark.parametrize("words", [["none.csv"], ["orders.csv", "--mapping", "none.yml"]])
    def test_a_file_that_is_not_there(
        self, home: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.write(home, self.GOOD)
        monkeypatch.chdir(home)
        result = aftersale("import", "orders", *words)
        assert (result.exit_code, "no file none" in result.output) == (1, True)


@pytest.fixture
def fake_bot(monkeypatch: pytest.MonkeyPatch) -> FakeDialogue:
    """What `chat` and `serve` load and train."""
    dialogue = FakeDialogue()
    monkeypatch.setattr(service, "Service", functools.partial(service.Service, load=dialogue.load))
    for module in (chat, serve):
        monkeypatch.setattr(module, "trained", lambda: "fake.tar.gz")
    return dialogue


class TestChat:
    def test_a_talk(self, home: Path, fake_bot: FakeDialogue) -> None:
        fake_bot.answer = lambda text: [
            {"text": f"You said: {text}", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
        ]
        output = done("chat", "--as", "C-0001", typed="hello [b]\n\n1\n/quit\nnever said\n")
        assert fake_bot.turns == ["hello [b]", "/affirm"]
        assert "You are C-0001" in output
        assert "bot › You said: hello [b]" in output
        assert "1 Yes" in output
        assert not any(hint in output for hint in chat.HINTS.values())

    def test_the_end_of_the_input_ends_it(self, home: Path, fake_bot: FakeDialogue) -> None:
        assert "a stranger" in done("chat", typed="hello\n")
        assert fake_bot.turns == ["hello"]
        assert fake_bot.closed

    def test_a_human_who_has_it_is_announced(self, home: Path, fake_bot: FakeDialogue) -> None:
        done("chat", "--as", "C-0001", typed="hello\n")

        async def hand_over() -> None:
            store = Store(load_settings().database_url)
            async with store.unit() as session:
                [first] = await session.scalars(select(Message.conversation_id).distinct())
                await conversations.set_owner(
                    session, conversation_id=first, owner=Owner.AGENT, actor="system"
                )
            await store.close()

        asyncio.run(hand_over())
        assert chat.HINTS["by a human"] in done("chat", "--as", "C-0001", typed="hello\n")

    def test_somebody_who_is_none(self, home: Path, fake_bot: FakeDialogue) -> None:
        assert aftersale("chat", "--as", "C-9999").exit_code == 1

    def test_production_lets_nobody_be_somebody(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AFTERSALE_MODE", "production")
        monkeypatch.setenv("AFTERSALE_SECRET_KEY", "own")
        result = aftersale("chat", "--as", "C-0001")
        assert (result.exit_code, "demo only" in result.output) == (1, True)


class TestServe:
    @pytest.fixture
    def listening(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """What uvicorn was told."""
        told: dict[str, Any] = {}
        monkeypatch.setattr("uvicorn.run", lambda where, **options: told.update(options, where=where))
        return told

    def test_an_empty_home_gets_a_demo_shop_and_a_greeting(
        self, fake_bot: FakeDialogue, listening: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "200")
        output = done("serve", "--port", "8123")
        for part in ("http://127.0.0.1:8123/mailbox", "http://127.0.0.1:8123/help", "C-0001", "fake.tar.gz"):
            assert part in output
        assert (listening["host"], listening["port"], listening["workers"]) == ("127.0.0.1", 8123, 1)
        assert (listening["proxy_headers"], listening["access_log"]) == (False, False)
        assert len(stored(Customer)) > 10

    def test_the_demo_stays_on_this_machine(self, fake_bot: FakeDialogue, listening: dict[str, Any]) -> None:
        result = aftersale("serve", "--host", "0.0.0.0")
        assert (result.exit_code, "this machine only" in result.output) == (2, True)
        assert listening == {}

    def test_production_shows_nobody_and_wants_a_migrated_database(
        self, fake_bot: FakeDialogue, listening: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AFTERSALE_MODE", "production")
        monkeypatch.setenv("AFTERSALE_SECRET_KEY", "own")
        assert "aftersale migrate" in aftersale("serve").output
        assert listening == {}
        done("migrate")
        output = done("serve")
        assert "/healthz" in output
        assert "mailbox" not in output
        assert "C-0001" not in output
