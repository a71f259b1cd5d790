"""The web application: the doors, wired to one service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from channels import api_docs, errors, exports, health, help_pages, landing, mailbox, parse, rest
from channels.dialogue import LoadDialogue, load_dialogue
from channels.headers import SafeHeaders
from channels.logs import start_logging
from channels.pages import STATIC
from channels.service import Service
from channels.settings import Settings, load_settings


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
    errors.install(app)
    if settings.is_demo:
        # A page of somebody else's whose name leads to this machine must not read the mailbox.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.own_hosts, www_redirect=False)
    app.add_middleware(SafeHeaders)
    for door in (rest, parse, health, mailbox, landing, help_pages, api_docs, exports):
        app.include_router(door.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service = Service(app.state.settings, app.state.load)
    app.state.service = service
    service.start()
    yield
    await service.stop()


def from_environment() -> FastAPI:
    """The application of the environment's settings, for a server that starts processes of its own."""
    settings = load_settings()
    start_logging(settings.log_level, settings.home)
    return create_app(settings)
