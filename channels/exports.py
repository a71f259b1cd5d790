"""GET /files/export/{token}: the copy of a customer's data, by the link that the bot gave them."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from actions import links
from channels.errors import Refused
from channels.service import Service
from channels.settings import Settings
from crm_store import audit, clock, privacy
from crm_store.errors import NotFound

router = APIRouter(prefix="/files", include_in_schema=False)

README: Final = """A copy of your data, made on {day}.

data.json holds everything, one list for each kind of thing: your profile, orders with their items and
parcels, returns, refunds, points, vouchers, offers, consents, reviews, ratings, conversations with every
message, tickets with the notes our team wrote, and what was done in your name. Amounts are in cents, times
in UTC.
The folder photos holds the pictures you sent; their names are the keys in data.json.

Not in it: codes we mailed you (they are stored as hashes only), the bot's working memory (the same messages
once more), and who of our team did something. Something is wrong in it? Write to us, and we correct it.
"""
_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_GONE: Final = Refused(
    HTTPStatus.NOT_FOUND, "link_over", "This link is no longer good. Ask for your data in the chat once more."
)


@router.get("/export/{token}")
async def export(request: Request, token: str) -> Response:
    """The ZIP file, made now. Whatever is wrong with the link, the answer is the same."""
    settings: Settings = request.app.state.settings
    service: Service = request.app.state.service
    link = links.read(settings.secret_key.encode(), links.EXPORT, token)
    if link is None:
        raise _GONE
    try:
        async with service.store.reading() as session:
            data = await privacy.export_of(session, customer_id=link.customer_id)
            photos = [photo async for photo in privacy.photos_of(session, customer_id=link.customer_id)]
    except NotFound:
        raise _GONE from None
    content = await asyncio.to_thread(_zipped, data, photos)
    subject = f"customer:{link.customer_id}"
    async with service.store.unit() as session:
        await audit.write(session, actor=subject, action="export_fetched", subject=subject)
    headers = {
        "Content-Disposition": f'attachment; filename="my-data-{clock.now():%Y-%m-%d}.zip"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(content, media_type="application/zip", headers=headers)


def _zipped(data: dict[str, Any], photos: list[tuple[str, str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(day=f"{clock.now():%Y-%m-%d}"))
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for key, media_type, content in photos:
            archive.writestr(f"photos/{key}.{_ENDINGS.get(media_type, 'bin')}", content)
    return packed.getvalue()
