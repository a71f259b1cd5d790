"""A mail server on a real socket, as obliging or as difficult as a test wants it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class FakeSmtp:
    """What the server took, and how it behaves: `refuse` maps a command to its answer instead of 250."""

    port: int = 0
    mails: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    drop_after_data: bool = False
    """Take the whole mail, and hang up before answering."""

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "220 fake ready")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            self.commands.append(line)
            if verb in self.refuse:
                await self._say(writer, self.refuse[verb])
            elif verb == "DATA":
                if not await self._take(reader, writer):
                    break
            elif verb == "EHLO":
                await self._say(writer, "250-fake\r\n250 AUTH PLAIN")
            else:
                await self._say(writer, {"QUIT": "221 bye", "AUTH": "235 ok"}.get(verb, "250 ok"))
            if verb == "QUIT":
                break
        writer.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await self._say(writer, "354 go on")
        mail = (await reader.readuntil(b"\r\n.\r\n")).decode()
        if self.drop_after_data:
            return False
        self.mails.append(mail)
        await self._say(writer, "250 taken")
        return True

    async def _say(self, writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def fake_smtp(**behaviour: object) -> AsyncIterator[FakeSmtp]:
    """A running server on this machine."""
    fake = FakeSmtp(**behaviour)  # type: ignore[arg-type]
    server = await asyncio.start_server(fake._talk, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
