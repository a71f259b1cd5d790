"""The copy of a customer's data, as a ZIP file."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from typing import Any, Final

from crm_store import audit, clock, privacy
from crm_store.session import Store

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


async def copy_of(store: Store, *, customer_id: int) -> bytes:
    """A ZIP file of everything the store holds of the customer, made now. Audited; `NotFound`."""
    async with store.reading() as session:
        data = await privacy.export_of(session, customer_id=customer_id)
        photos = [photo async for photo in privacy.photos_of(session, customer_id=customer_id)]
    content = await asyncio.to_thread(_zipped, data, photos)
    subject = f"customer:{customer_id}"
    async with store.unit() as session:
        await audit.write(session, actor=subject, action="export_fetched", subject=subject)
    return content


def _zipped(data: dict[str, Any], photos: list[tuple[str, str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(day=f"{clock.now():%Y-%m-%d}"))
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for key, media_type, content in photos:
            archive.writestr(f"photos/{key}.{_ENDINGS.get(media_type, 'bin')}", content)
    return packed.getvalue()
