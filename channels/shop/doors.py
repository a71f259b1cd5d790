"""The demo shop's pages, wired together."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from channels.demo_only import demo_only
from channels.shop import account, bag, home, picture_door, product, shelves, sign_in

router = APIRouter(dependencies=[Depends(demo_only)], include_in_schema=False)
for page in (home, shelves, product, account, bag, sign_in, picture_door):
    router.include_router(page.router)
