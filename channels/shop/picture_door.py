"""GET /shop/pictures/{slug}.svg: a product's picture in a colour."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from channels.shop.pictures import draw, is_drawn

router = APIRouter()


# Not `async`: a drawing takes a millisecond of computing the first time.
@router.get("/shop/pictures/{slug}.svg")
def picture(request: Request, slug: str, color: str = "") -> Response:
    """The picture. Nothing of the address gets into it: an unknown colour shows the product's own."""
    if not is_drawn(slug):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    drawn = draw(slug, color).encode()
    tag = f'"{hashlib.sha256(drawn).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(drawn, media_type="image/svg+xml", headers=headers)
