"""Photos: looked into, drawn anew, stored with their message, and shown to nobody else."""

from __future__ import annotations

import asyncio
import io
import resource
import struct
import zlib
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from channels import pictures
from channels.web import limits
from crm_store.models import Direction, Message, Photo
from tests.channels.door import OpenDoor
from tests.channels.web.browser import Browser, Served


def drawn(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> bytes:
    image = Image.new(mode, size, "red")
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png_bomb(side: int) -> bytes:
    """A PNG of a few kB that says it has side x side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def shown(visitor: Browser, key: str) -> tuple[dict[str, str], Image.Image, bytes]:
    response = await visitor.client.get(f"/chat/photos/{key}", headers=visitor.bearer)
    assert response.status_code == 200, response.text
    return dict(response.headers), Image.open(io.BytesIO(response.content)), response.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_photo_is_stored_and_shown(door: OpenDoor, visitor: Browser, kind: str) -> None:
    response = await visitor.photo(drawn(kind), id="p-1", text="my mug is broken")
    assert response.status_code == 202, response.text
    [mine, *_] = (await visitor.newer())["messages"]
    assert response.json() == {"id": mine["id"], "photo": mine["photos"][0]}
    assert (mine["text"], mine["client_id"], mine["custom"]) == ("my mug is broken", "p-1", None)
    headers, image, _ = await shown(visitor, mine["photos"][0])
    assert (headers["content-type"], image.format, image.size) == ("image/jpeg", "JPEG", (40, 30))
    assert headers["content-disposition"] == "inline"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"].startswith("private")
    assert headers["content-security-policy"].startswith("default-src 'none'")


async def test_a_photo_without_words_is_fine(door: OpenDoor, visitor: Browser) -> None:
    response = await visitor.photo(drawn())
    assert response.status_code == 202
    [message] = [m for m in await door.rows(Message) if m.direction is Direction.INBOUND]
    assert message.text == ""
    assert message.custom == {"client_id": message.custom["client_id"], "photos": [response.json()["photo"]]}


async def test_the_same_id_again_is_the_same_photo(door: OpenDoor, visitor: Browser) -> None:
    said = await asyncio.gather(*(visitor.photo(drawn(), id="p-1") for _ in range(5)))
    assert [r.status_code for r in said] == [202] * 5
    assert len({r.text for r in said}) == 1
    assert len(await door.rows(Photo)) == 1


async def test_an_id_that_was_a_message_before_stays_that_message(door: OpenDoor, visitor: Browser) -> None:
    said = (await visitor.say("hello", id="1")).json()["id"]
    assert (await visitor.photo(drawn(), id="1")).json() == {"id": said, "photo": None}
    assert await door.rows(Photo) == []


async def test_nobody_else_sees_it(door: OpenDoor, visitor: Browser) -> None:
    key = (await visitor.photo(drawn())).json()["photo"]
    other = Browser(door.client)
    await other.open()
    path = f"/chat/photos/{key}"
    before_they_wrote = await door.client.get(path, headers=other.bearer)
    await other.say("hello")
    for response in (before_they_wrote, await door.client.get(path, headers=other.bearer)):
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
    assert (await door.client.get(path)).status_code == 401
    for key in ("nonsense", "a%00b", "..%2f..%2fetc%2fpasswd"):
        response = await door.client.get(f"/chat/photos/{key}", headers=visitor.bearer)
        assert response.status_code == 404


class TestDrawnAnew:
    async def test_nothing_hidden_is_kept(self, visitor: Browser) -> None:
        exif = Image.Exif()
        exif[0x010E] = "a note of mine"
        exif.get_ifd(0x8825)[2] = (53.0, 20.0, 0.0)
        polyglot = drawn(exif=exif, comment=b"a comment") + b"<script>alert(1)</script>PK\x03\x04"
        key = (await visitor.photo(polyglot)).json()["photo"]
        _, image, content = await shown(visitor, key)
        assert dict(image.getexif()) == {}
        assert not any(word in content for word in (b"note", b"comment", b"script", b"PK\x03\x04", b"Exif"))

    @pytest.mark.parametrize(
        ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))]
    )
    async def test_it_is_upright(self, visitor: Browser, orientation: int, size: tuple[int, int]) -> None:
        image = Image.new("RGB", (40, 30), "red")
        image.paste("blue", (0, 0, 20, 15))
        exif = Image.Exif()
        exif[0x0112] = orientation
        target = io.BytesIO()
        image.save(target, "JPEG", exif=exif, quality=95, subsampling=0)
        _, seen, _ = await shown(visitor, (await visitor.photo(target.getvalue())).json()["photo"])
        corners = {1: (2, 2), 3: (37, 27), 6: (27, 2), 8: (2, 37)}
        assert seen.size == size
        red, _, blue = seen.getpixel(corners[orientation])  # type: ignore[misc]
        assert blue > 200 > red

    async def test_it_is_made_smaller(self, visitor: Browser) -> None:
        for kind in ("JPEG", "PNG"):
            key = (await visitor.photo(drawn(kind, (5_000, 2_500)))).json()["photo"]
            assert (await shown(visitor, key))[1].size == (2_048, 1_024)

    async def test_what_is_see_through_becomes_white(self, visitor: Browser) -> None:
        target = io.BytesIO()
        Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(target, "PNG")
        key = (await visitor.photo(target.getvalue())).json()["photo"]
        assert min((await shown(visitor, key))[1].getpixel((4, 4))) > 250  # type: ignore[type-var]

    @pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16"])
    async def test_every_way_to_hold_colours(self, visitor: Browser, mode: str) -> None:
        target = io.BytesIO()
        Image.new(mode, (9, 9)).save(target, "JPEG" if mode == "CMYK" else "PNG")
        assert (await visitor.photo(target.getvalue())).status_code == 202


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"


class TestWhatIsNoPhoto:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"hello",
            b"<html><script>alert(1)</script></html>",
            SVG,
            b"<?xml version='1.0'?>" + SVG,
            b"\xff\xd8\xff\xe0" + SVG,
            b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
            b"GIF89a" + SVG,
            b"%PDF-1.7",
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
            b"BM" + b"\0" * 100,
            b"RIFF\0\0\0\0WEBP",
            drawn("TIFF"),
            drawn("BMP"),
            drawn("ICO", (16, 16)),
            drawn()[:200],
        ],
    )
    async def test_is_refused_whatever_it_says_it_is(
        self, door: OpenDoor, visitor: Browser, content: bytes
    ) -> None:
        for kind in ("image/jpeg", "image/png", "image/svg+xml"):
            headers = {**visitor.bearer, "Content-Type": kind}
            path = "/chat/photos?id=1"
            response = await door.client.post(path, content=content, headers=headers)
            assert (response.status_code, response.json()["error"]["code"]) == (415, "not_a_photo")
        assert await door.rows(Message) == []
        assert await door.rows(Photo) == []

    @pytest.mark.parametrize("side", [8_000, 20_000, 60_000])
    async def test_a_decompression_bomb_is_not_opened(self, visitor: Browser, side: int) -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        response = await visitor.photo(png_bomb(side))
        assert (response.status_code, response.json()["error"]["code"]) == (415, "not_a_photo")
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000

    async def test_a_jpeg_of_a_thousand_passes_is_not_opened(self) -> None:
        picture = drawn(size=(4_000, 4_000), progressive=True)
        start = picture.rindex(b"\xff\xda")
        bomb = picture[:start] + picture[start:-2] * 1_000 + picture[-2:]
        async with asyncio.timeout(2):
            with pytest.raises(pictures.NotAPicture):
                await pictures.redrawn(bomb)

    @pytest.mark.parametrize("query", ["", "?id=", "?id=%00", "?id=" + "x" * 256])
    async def test_a_photo_needs_an_id(self, door: OpenDoor, visitor: Browser, query: str) -> None:
        response = await door.client.post("/chat/photos" + query, content=drawn(), headers=visitor.bearer)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid")


class TestTooBig:
    async def test_by_its_announced_length(self, visitor: Browser) -> None:
        response = await visitor.photo(drawn() + b"\0" * 9_000_000)
        assert (response.status_code, response.json()["error"]["code"]) == (413, "too_big")
        assert "8 MB" in response.json()["error"]["message"]

    async def test_50_mb_in_pieces_are_not_kept_in_memory(self, shop_server: Served) -> None:
        visitor = shop_server.browser()
        await visitor.open()
        sent = 0

        async def pieces() -> AsyncIterator[bytes]:
            nonlocal sent
            yield drawn()
            for _ in range(50):
                sent += 1
                yield b"\0" * 1_000_000

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        response = await visitor.photo(pieces())
        assert (response.status_code, response.json()["error"]["code"]) == (413, "too_big")
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000
        assert (await visitor.say("still there?")).status_code == 202


async def test_too_many_photos(door: OpenDoor, visitor: Browser) -> None:
    codes = [(await visitor.photo(drawn())).status_code for _ in range(limits.PHOTOS.amount + 3)]
    assert codes == [202] * limits.PHOTOS.amount + [429] * 3
