"""The web application: the doors, wired to one service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from channels import api_docs, errors, files, health, help_pages, landing, mailbox, parse, rest, web
from channels.desk import SignInThrottle
from channels.desk import router as desk
from channels.dialogue import LoadDialogue, load_dialogue
from channels.headers import SafeHeaders
from channels.logs import start_logging
from channels.pages import STATIC
from channels.service import Service
from channels.settings import Settings, load_settings
from channels.shop import doors as shop
from channels.web.chat import Chat
from channels.web.origins import ShopOrigins


def create_app(settings: Settings, load: LoadDialogue = load_dialogue) -> FastAPI:
    """The application of `settings`. Its service starts and stops with the application's lifespan."""
    app = FastAPI(
        title="Aftersale",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.load = load
    app.state.sign_ins = SignInThrottle(settings.limits_url)
    errors.install(app)
    app.add_middleware(ShopOrigins, origins=settings.origins)
    if settings.is_demo:
        # A page of somebody else's whose name leads to this machine must not read the mailbox.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.own_hosts, www_redirect=False)
    app.add_middleware(SafeHeaders)
    for door in (rest, parse, health, mailbox, shop, landing, help_pages, files, api_docs):
        app.include_router(door.router)
    for router in web.ROUTERS:
        app.include_router(router)
    app.include_router(desk)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service = Service(app.state.settings, app.state.load)
    app.state.service = service
    app.state.chat = chat = Chat.of(service)
    service.start()
    yield
    await chat.receipts.stop()
    await service.stop()


def from_environment() -> FastAPI:
    """The application of the environment's settings, for a server that starts processes of its own."""
    settings = load_settings()
    start_logging(settings.log_level, settings.home)
    return create_app(settings)
