"""The ways out for mail: an SMTP server, the demo's mailbox, or none."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import ClassVar, Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from channels.doors import Door, FateUnknown, NotSent, Sent, Undeliverable
from channels.settings import LOOPBACK, Settings
from crm_store import clock
from crm_store.models import Channel, OutboxRow

log = logging.getLogger(__name__)

TIMEOUT: Final = 20.0
"""Seconds for each answer of the mail server."""


def mail_door(settings: Settings) -> Door:
    """The way out that the settings give."""
    if settings.smtp_url:
        server = Server.parse(settings.smtp_url)
        return SmtpDoor(server, sender=settings.mail_from, shop_name=settings.shop_name)
    return MailboxDoor() if settings.is_demo else NoMailDoor()


class MailboxDoor:
    """The demo: a mail has arrived as soon as it is in the outbox, where /mailbox shows it."""

    channel: ClassVar[Channel] = Channel.EMAIL

    async def send(self, row: OutboxRow) -> Sent:
        """Nothing leaves."""
        log.info("mail %d is in the mailbox", row.id)
        return Sent(delivered=True)


class NoMailDoor:
    """Production without a mail server: every mail fails, and says which setting is missing."""

    channel: ClassVar[Channel] = Channel.EMAIL

    async def send(self, row: OutboxRow) -> Sent:
        """Refuse."""
        raise Undeliverable("There is no mail server: AFTERSALE_SMTP_URL is empty.")


@dataclass(frozen=True)
class Server:
    """Where mails are handed in."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool
    """TLS from the first byte (`smtps://`); else STARTTLS."""

    @classmethod
    def parse(cls, url: str) -> Server:
        """`smtp://user:password@host:587` or `smtps://…:465`; user and password percent-encoded."""
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if tls else 587),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
        )

    def client(self) -> aiosmtplib.SMTP:
        """A client that encrypts where the server can, and never sends a password in the clear."""
        must_encrypt = self.username is not None and self.host not in LOOPBACK
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.tls,
            start_tls=False if self.tls else (True if must_encrypt else None),
            timeout=TIMEOUT,
        )


class SmtpDoor:
    """Hands mails to an SMTP server. A row always carries the same Message-ID."""

    channel: ClassVar[Channel] = Channel.EMAIL

    def __init__(self, server: Server, *, sender: str, shop_name: str) -> None:
        self._server = server
        self._sender = sender
        self._shop_name = shop_name

    async def send(self, row: OutboxRow) -> Sent:
        """Hand one mail in. Only when the connection breaks after the text went out is its fate unknown."""
        message = self._written(row)
        client = self._server.client()
        try:
            await self._offer(client, row.address)
            await self._hand_in(client, message)
        finally:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()
            client.close()
        return Sent(str(message["Message-ID"]))

    async def _offer(self, client: aiosmtplib.SMTP, address: str) -> None:
        try:
            await client.connect()
            await client.mail(self._sender)
        except (aiosmtplib.SMTPException, OSError) as problem:
            # Nothing here is about this mail: the server is away, or its settings are wrong.
            raise NotSent(_told(problem)) from problem
        try:
            await client.rcpt(address)
        except aiosmtplib.SMTPResponseException as problem:
            raise _refusal(problem) from problem
        except ValueError as problem:
            raise Undeliverable("The address cannot be given to a mail server.") from problem
        except (aiosmtplib.SMTPException, OSError) as problem:
            raise NotSent(_told(problem)) from problem

    async def _hand_in(self, client: aiosmtplib.SMTP, message: EmailMessage) -> None:
        try:
            await client.data(message.as_bytes())
        except aiosmtplib.SMTPResponseException as problem:
            raise _refusal(problem) from problem
        except (aiosmtplib.SMTPException, OSError) as problem:
            raise FateUnknown(_told(problem)) from problem

    def _written(self, row: OutboxRow) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"] = formataddr((self._shop_name, self._sender))
            message["To"] = row.address
            message["Subject"] = " ".join(str(row.payload["subject"]).split())
        except ValueError as problem:
            raise Undeliverable("The address cannot be written into a mail.") from problem
        message["Date"] = format_datetime(clock.now())
        domain = self._sender.rpartition("@")[2]
        message["Message-ID"] = f"<outbox.{row.id}.{row.created_at:%Y%m%d%H%M%S}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(str(row.payload["body"]))
        return message


def _refusal(problem: aiosmtplib.SMTPResponseException) -> NotSent | Undeliverable:
    """The server's own no: 4xx for now, 5xx for good."""
    kind = NotSent if problem.code < 500 else Undeliverable
    return kind(_told(problem))


def _told(problem: Exception) -> str:
    """The kind of problem and the server's code; its words may quote an address."""
    code = getattr(problem, "code", None)
    return type(problem).__name__ + (f" {code}" if code else "")
