"""Errors have one shape, tell nothing of the inside, and leave one line in the log without personal data."""

from __future__ import annotations

import logging

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from channels import errors
from channels.errors import Refused
from crm_store.errors import NotAllowed, NotFound, TooManyCodes


class Body(BaseModel):
    """A body with one field."""

    size: int


@pytest.fixture
def client() -> httpx.AsyncClient:
    """An application that fails in every way."""
    app = FastAPI()
    errors.install(app)

    @app.get("/boom/{name}")
    async def boom(name: str) -> None:
        raise RuntimeError(f"no such customer: {name}@example.com in /srv/secret")

    @app.get("/store/{kind}")
    async def store(kind: str) -> None:
        problems = {
            "none": NotFound(),
            "rule": NotAllowed("packed", "It is packed."),
            "codes": TooManyCodes(),
        }
        raise problems[kind]

    @app.get("/refused")
    async def refused() -> None:
        raise Refused(418, "teapot", "I make tea.", {"Retry-After": "1"})

    @app.post("/field")
    async def field(body: Body) -> None: ...

    @app.get("/broken-off")
    async def broken_off() -> StreamingResponse:
        async def pieces() -> object:
            yield b"the first half"
            raise RuntimeError("maeve@example.com")

        return StreamingResponse(pieces())  # type: ignore[arg-type]

    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test")


@pytest.mark.parametrize(
    ("path", "status", "code", "message"),
    [
        ("/nowhere", 404, "not_found", "There is nothing at this address."),
        ("/field", 405, "method_not_allowed", "This address does not take that method."),
        ("/store/none", 404, "not_found", "There is no such thing, or it belongs to somebody else."),
        ("/store/rule", 403, "not_allowed", "It is packed."),
        ("/store/codes", 429, "too_many_codes", "Too many codes were asked for in a short time."),
        ("/refused", 418, "teapot", "I make tea."),
        ("/boom/maeve", 500, "internal", errors.SORRY),
    ],
)
async def test_the_shape(client: httpx.AsyncClient, path: str, status: int, code: str, message: str) -> None:
    response = await client.get(path)
    assert response.status_code == status
    assert response.json() == {"error": {"code": code, "message": message}}


async def test_a_wrong_field_is_named(client: httpx.AsyncClient) -> None:
    response = await client.post("/field", json={"size": "maeve@example.com"})
    assert response.status_code == 422
    message = "Please look at these fields again: size."
    assert response.json()["error"] == {"code": "invalid", "message": message}


async def test_headers_come_along(client: httpx.AsyncClient) -> None:
    assert (await client.get("/refused")).headers["retry-after"] == "1"
    assert (await client.get("/field")).headers["allow"] == "POST"


async def test_the_log_has_one_line_and_nothing_about_anybody(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await client.get("/boom/maeve")
    [line] = [record.getMessage() for record in caplog.records if record.name == "channels.errors"]
    assert line.startswith("failed /boom/{name} [RuntimeError at ")
    assert "maeve" not in line
    assert "\n" not in line


async def test_an_answer_that_breaks_off_tells_nothing_either(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ConnectionAbortedError) as broken:
        await client.get("/broken-off")
    assert "maeve" not in str(broken.value)
    assert "maeve" not in caplog.text
