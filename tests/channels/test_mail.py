"""Mail leaves by SMTP, stays in the demo's mailbox, or is refused with the setting's name."""

from __future__ import annotations

import email
import email.policy

import pytest

from channels.doors import FateUnknown, NotSent, Sent, Undeliverable
from channels.mail import MailboxDoor, NoMailDoor, Server, SmtpDoor, mail_door
from channels.settings import load_settings
from crm_store import clock
from crm_store.models import Channel, OutboxRow
from tests.fakes.smtp import FakeSmtp, fake_smtp


def a_mail(
    to: str = "maeve@example.com", subject: str = "Your code: 123456", body: str = "Grüße\n.\n123456"
) -> OutboxRow:
    """A row of the outbox."""
    payload = {"subject": subject, "body": body}
    return OutboxRow(id=7, channel=Channel.EMAIL, address=to, payload=payload, created_at=clock.now())


def door_to(fake: FakeSmtp, user: str = "") -> SmtpDoor:
    """A door to the fake server."""
    server = Server.parse(f"smtp://{user}127.0.0.1:{fake.port}")
    return SmtpDoor(server, sender="help@wanderlark.example", shop_name="Wanderlark, Ltd")


async def test_a_mail_arrives_whole() -> None:
    async with fake_smtp() as fake:
        sent = await door_to(fake).send(a_mail())
    [raw] = fake.mails
    mail = email.message_from_string(raw.removesuffix("\r\n.\r\n"), policy=email.policy.default)
    assert mail["From"] == '"Wanderlark, Ltd" <help@wanderlark.example>'
    assert (mail["To"], mail["Subject"]) == ("maeve@example.com", "Your code: 123456")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "123456" in mail.get_content()
    assert sent == Sent(mail["Message-ID"])
    assert fake.commands[-1] == "QUIT"


async def test_the_same_row_always_has_the_same_message_id() -> None:
    row = a_mail()
    async with fake_smtp() as fake:
        first, second = await door_to(fake).send(row), await door_to(fake).send(row)
    assert first.provider_id == second.provider_id


async def test_user_and_password_are_given() -> None:
    async with fake_smtp() as fake:
        await door_to(fake, user="me%40shop:p%3Aw@").send(a_mail())
    assert any(command.startswith("AUTH PLAIN") for command in fake.commands)


async def test_a_subject_cannot_write_headers() -> None:
    async with fake_smtp() as fake:
        await door_to(fake).send(a_mail(subject="Hello\r\nBcc: everybody@example.com"))
    assert "\r\nBcc:" not in fake.mails[0]


@pytest.mark.parametrize("address", ["a@example.com\r\nRCPT TO:<b@example.com>", "mäve@example.com"])
async def test_an_address_that_is_none_is_undeliverable(address: str) -> None:
    async with fake_smtp() as fake:
        with pytest.raises(Undeliverable):
            await door_to(fake).send(a_mail(to=address))
    assert fake.mails == []


@pytest.mark.parametrize(
    ("command", "answer", "fate"),
    [
        ("EHLO", "421 busy", NotSent),
        ("MAIL", "451 later", NotSent),
        ("MAIL", "550 not you", NotSent),
        ("RCPT", "450 greylisted", NotSent),
        ("RCPT", "550 nobody here", Undeliverable),
        ("DATA", "451 later", NotSent),
        ("DATA", "554 spam", Undeliverable),
    ],
)
async def test_the_servers_no(command: str, answer: str, fate: type[Exception]) -> None:
    refuse = {command: answer} | ({"HELO": answer} if command == "EHLO" else {})
    async with fake_smtp(refuse=refuse) as fake:
        with pytest.raises(fate) as refused:
            await door_to(fake).send(a_mail())
    assert "maeve" not in str(refused.value)
    assert fake.mails == []


async def test_a_wrong_password_is_tried_again_later() -> None:
    async with fake_smtp(refuse={"AUTH": "535 wrong"}) as fake:
        with pytest.raises(NotSent, match="SMTPAuthenticationError 535"):
            await door_to(fake, user="u:p@").send(a_mail())


async def test_a_line_that_drops_after_the_text_is_an_unknown_fate() -> None:
    async with fake_smtp(drop_after_data=True) as fake:
        with pytest.raises(FateUnknown):
            await door_to(fake).send(a_mail())


async def test_a_server_that_is_away_is_tried_again() -> None:
    async with fake_smtp() as fake:
        pass
    with pytest.raises(NotSent):
        await door_to(fake).send(a_mail())


class TestServer:
    def test_the_parts(self) -> None:
        parsed = Server.parse("smtp://me%40shop:p%3Aw@mail.example")
        assert parsed == Server("mail.example", 587, "me@shop", "p:w", tls=False)
        assert Server.parse("smtps://mail.example") == Server("mail.example", 465, None, None, tls=True)

    async def test_a_password_never_travels_in_the_clear(self) -> None:
        client = Server.parse("smtp://u:p@mail.example").client()
        assert client._start_tls_on_connect is True


class TestWhichDoor:
    def test_the_demo_keeps_mails_in_its_mailbox(self) -> None:
        assert isinstance(mail_door(load_settings()), MailboxDoor)

    def test_a_server_wins(self) -> None:
        assert isinstance(mail_door(load_settings(smtp_url="smtp://mail.example")), SmtpDoor)

    async def test_production_without_a_server_names_the_setting(self) -> None:
        door = mail_door(load_settings(mode="production", secret_key="own"))
        assert isinstance(door, NoMailDoor)
        with pytest.raises(Undeliverable, match="AFTERSALE_SMTP_URL"):
            await door.send(a_mail())

    async def test_the_mailbox_has_it_at_once(self) -> None:
        assert await MailboxDoor().send(a_mail()) == Sent(delivered=True)
