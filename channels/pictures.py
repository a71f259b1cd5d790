"""Pictures that people send: looked into, and drawn anew, so that nothing of the bytes they sent is kept.

What a file is called and what it says it is does not count. Whatever is hidden in a picture (where it was
taken, a comment, a web page glued to its end) is not in ours.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Final

from PIL import Image
from PIL.ExifTags import Base as Exif

from channels.errors import Refused

KINDS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MAX_SIDE: Final = 2_048
"""Pixels of a kept picture's longer side."""
MAX_PIXELS: Final = 50_000_000
"""Pixels of a picture that is looked at: what a phone's camera makes at most."""
MAX_SCANS: Final = 32
"""Passes of a JPEG; cameras make a dozen. Each costs the time of a whole picture, and only a few bytes."""
_SCAN: Final = b"\xff\xda"
QUALITY: Final = 85
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright that was taken with the camera held in this EXIF orientation."""

_one_at_a_time = asyncio.Semaphore(1)
"""A decoded picture can have 200 MB."""


@dataclass(frozen=True)
class Picture:
    """A picture drawn by us."""

    media_type: str
    width: int
    height: int
    content: bytes


class NotAPicture(Refused):
    """It cannot be drawn."""

    def __init__(self) -> None:
        super().__init__(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not_a_photo",
            "That is no photo I can open. Please send a JPEG, PNG, WebP or GIF picture.",
        )


async def redrawn(content: bytes) -> Picture:
    """The picture in `content`, upright and small enough, as a JPEG of ours, without stopping the event loop.

    Raises:
        NotAPicture: there is none, or one that nobody should open.
    """
    async with _one_at_a_time:
        return await asyncio.to_thread(_redrawn, content)


def _redrawn(content: bytes) -> Picture:
    if content.count(_SCAN) > MAX_SCANS and content.startswith(b"\xff\xd8"):
        raise NotAPicture
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise NotAPicture
            # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            orientation = _orientation(image)
            image.thumbnail((MAX_SIDE, MAX_SIDE))
            return _drawn(image.convert("RGBA") if _has_holes(image) else image.convert("RGB"), orientation)
    except Exception:  # Decoders fail in dozens of ways on what is broken or malicious.
        raise NotAPicture from None


def _has_holes(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(Exif.Orientation, 1))
    except Exception:  # A picture whose notes are broken is still a picture.
        return 1


def _drawn(image: Image.Image, orientation: int) -> Picture:
    # On a new sheet, because Pillow writes what it found besides the pixels again.
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image if image.mode == "RGBA" else None)
    turn = _UPRIGHT.get(orientation)
    if turn is not None:
        sheet = sheet.transpose(turn)
    target = BytesIO()
    sheet.save(target, "JPEG", quality=QUALITY)
    return Picture("image/jpeg", sheet.width, sheet.height, target.getvalue())
