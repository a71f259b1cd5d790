"""The desk's pages and doors as one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.desk import acting, photos, queue_page, sign_in, streams, ticket_page

router = APIRouter(include_in_schema=False)
for part in (sign_in, queue_page, ticket_page, acting, streams, photos):
    router.include_router(part.router, prefix="/desk")
