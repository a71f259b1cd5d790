"""Signing in and out of the desk, and everything that must not get in."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from channels import demo_agents, passwords
from channels.desk.sign_in import WRONG
from channels.settings import Mode, Settings
from crm_store import agent_sessions, agents, clock
from crm_store.models import Agent, AgentSession, Role
from tests.channels.desk.agent import BASE, NIAMH, TOMAS, browser, sign_in, ticket
from tests.channels.door import OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

RIGHT = {"email": NIAMH, "password": demo_agents.PASSWORD}
PAGES = ["/desk", "/desk?queue=mine", "/desk/tickets/T-1001"]
FETCHED = [
    "/desk/stream",
    "/desk/tickets/T-1001/stream",
    "/desk/tickets/T-1001/earlier?before=9",
    "/desk/photos/x",
]
DEEDS = [f"/desk/tickets/T-1001/{deed}" for deed in ("reply", "note", "assign", "resolve", "typing")]


async def test_without_a_session_pages_lead_to_the_sign_in_and_back(door: OpenDoor) -> None:
    for path in PAGES:
        answer = await door.client.get(path)
        assert answer.status_code == 303
        where = httpx.URL(answer.headers["location"])
        assert (where.path, where.params["next"]) == ("/desk/sign-in", path)
    assert (
        'name="next" value="/desk?queue=mine"'
        in (await door.client.get("/desk/sign-in", params={"next": "/desk?queue=mine"})).text
    )
    back = await door.client.post("/desk/sign-in", data={**RIGHT, "next": "/desk/tickets/T-1001?queue=mine"})
    assert back.headers["location"] == "/desk/tickets/T-1001?queue=mine"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/desk//\\evil",
        "/deskevil",
        "/mailbox",
        "javascript:alert(1)",
        "/desk\n/x",
    ],
)
async def test_the_way_back_never_leads_elsewhere(door: OpenDoor, elsewhere: str) -> None:
    answer = await door.client.post("/desk/sign-in", data={**RIGHT, "next": elsewhere})
    assert answer.headers["location"] == "/desk"


async def test_without_a_session_everything_else_is_refused(door: OpenDoor) -> None:
    for path in FETCHED:
        answer = await door.client.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")
    for path in [*DEEDS, "/desk/sign-out"]:
        answer = await door.client.post(path, data={"text": "x"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")


async def test_a_wrong_password_an_unknown_address_and_a_disabled_agent_sound_the_same(
    door: OpenDoor,
) -> None:
    async with door.service.store.unit() as session:
        tomas = await agents.get_by_email(session, email=TOMAS)
        assert tomas
        tomas.disabled_at = clock.now()
    told = set()
    for email, password in ((NIAMH, "wrong"), ("nobody@x.example", "wrong"), (TOMAS, demo_agents.PASSWORD)):
        answer = await door.client.post("/desk/sign-in", data={"email": email, "password": password})
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
        told.update(re.findall(r'role="alert">(.*?)<', answer.text))
    assert told == {WRONG}
    assert await door.rows(AgentSession) == []


async def test_many_tries_are_stopped_kindly_and_for_that_account_only(door: OpenDoor) -> None:
    for _ in range(8):
        await door.client.post("/desk/sign-in", data={"email": NIAMH, "password": "wrong"})
    answer = await door.client.post("/desk/sign-in", data=RIGHT)
    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
    assert "please wait 15 minutes" in answer.text
    await sign_in(door, TOMAS)


async def test_a_right_password_forgives_the_wrong_ones(door: OpenDoor) -> None:
    for _ in range(3):
        for _ in range(5):
            await door.client.post("/desk/sign-in", data={"email": NIAMH, "password": "wrong"})
        await sign_in(door)


async def test_the_session_is_a_new_one_whatever_cookie_came(door: OpenDoor) -> None:
    fixed = browser(door)
    fixed.client.cookies.set("aftersale_desk", "chosen-by-somebody-else")
    answer = await fixed.client.post("/desk/sign-in", data=RIGHT)
    first = answer.cookies["aftersale_desk"]
    assert first != "chosen-by-somebody-else"
    again = await fixed.client.post("/desk/sign-in", data=RIGHT)
    assert again.cookies["aftersale_desk"] != first
    assert len(await door.rows(AgentSession)) == 1, "the session before it has ended"


async def test_the_cookie_is_out_of_reach_and_on_https_for_this_host_only(
    settings: Settings, dialogue: FakeDialogue, door: OpenDoor
) -> None:
    plain = (await door.client.post("/desk/sign-in", data=RIGHT)).headers["set-cookie"].lower()
    assert "httponly" in plain and "samesite=lax" in plain and "secure" not in plain
    secure = settings.model_copy(update={"public_url": "https://127.0.0.1:8000"})
    async with open_door(secure, dialogue) as other:
        await other.service.ready()
        cookie = (await other.client.post("/desk/sign-in", data=RIGHT)).headers["set-cookie"]
    assert cookie.startswith("__Host-aftersale_desk=")
    assert "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie


async def test_signing_out_ends_the_session(door: OpenDoor) -> None:
    niamh = await sign_in(door)
    cookie = niamh.client.cookies["aftersale_desk"]
    assert (await niamh.post("/desk/sign-out")).status_code == 303
    stolen = browser(door)
    stolen.client.cookies.set("aftersale_desk", cookie)
    assert (await stolen.client.get("/desk")).status_code == 303


async def test_a_disabled_agent_is_out_at_once(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    seen = await niamh.seen(made.number)
    async with door.service.store.unit() as session:
        agent = await agents.get_by_email(session, email=NIAMH)
        assert agent
        agent.disabled_at = clock.now()
    answer = await niamh.do(made.number, "reply", text="hello", seen=seen)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")
    assert (await niamh.client.get("/desk")).status_code == 303


async def test_an_expired_session_ends_in_the_middle_of_writing_and_nothing_is_sent(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    seen = await niamh.seen(made.number)
    async with door.service.store.unit() as session:
        (kept,) = [await session.get_one(AgentSession, row.id) for row in await door.rows(AgentSession)]
        kept.last_seen_at -= agent_sessions.IDLE_LIFE + timedelta(minutes=1)
    assert (await niamh.do(made.number, "reply", text="half a thought", seen=seen)).status_code == 401
    again = await sign_in(door)
    assert (await again.do(made.number, "reply", text="half a thought", seen=seen)).status_code == 200


@pytest.mark.parametrize("path", [*DEEDS, "/desk/sign-out"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-csrf-token": "0" * 64},
        {"x-csrf-token": "right", "origin": "https://evil.example"},
        {"x-csrf-token": "right", "origin": "null"},
        {"x-csrf-token": "right", "sec-fetch-site": "cross-site"},
        {"x-csrf-token": "right", "sec-fetch-site": "same-site"},
    ],
)
async def test_a_request_from_elsewhere_changes_nothing(
    door: OpenDoor, path: str, headers: dict[str, str]
) -> None:
    niamh = await sign_in(door)
    await ticket(door)
    sent = {**headers, **({"x-csrf-token": niamh.csrf} if headers.get("x-csrf-token") == "right" else {})}
    answer = await niamh.client.post(path, data={"text": "x", "to": "me", "seen": "1:1"}, headers=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign")
    assert (await niamh.client.get("/desk")).status_code == 200


async def test_another_sessions_token_does_not_do(door: OpenDoor) -> None:
    niamh, tomas = await sign_in(door), await sign_in(door, TOMAS)
    await ticket(door)
    niamh.csrf = tomas.csrf
    assert (await niamh.do("T-1001", "note", text="x")).status_code == 403


async def test_a_sign_in_from_somebody_elses_page_is_refused(door: OpenDoor) -> None:
    answer = await door.client.post("/desk/sign-in", data=RIGHT, headers={"origin": "https://evil.example"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    own = await door.client.post("/desk/sign-in", data=RIGHT, headers={"origin": BASE})
    assert own.status_code == 303


async def test_other_methods_are_refused(door: OpenDoor) -> None:
    niamh = await sign_in(door)
    assert {(await niamh.client.get(path)).status_code for path in DEEDS} == {405}
    for method in ("PUT", "DELETE", "PATCH"):
        assert (await niamh.client.request(method, "/desk/tickets/T-1001")).status_code == 405


async def test_too_long_a_password_is_simply_wrong_and_a_huge_form_refused(door: OpenDoor) -> None:
    long = await door.client.post("/desk/sign-in", data={"email": NIAMH, "password": "x" * 5_000})
    assert long.status_code == 401
    huge = await door.client.post("/desk/sign-in", data={"email": "x" * 400_000})
    assert huge.status_code == 413


async def test_an_outdated_hash_is_made_anew_at_sign_in(door: OpenDoor) -> None:
    from argon2 import PasswordHasher

    async with door.service.store.unit() as session:
        old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("a long password")
        await agents.create_agent(
            session, email="old@x.example", name="Old", role=Role.AGENT, password_hash=old
        )
    await sign_in(door, "old@x.example", "a long password")
    (kept,) = [row for row in await door.rows(Agent) if row.email == "old@x.example"]
    assert not passwords.is_outdated(kept.password_hash)
    await sign_in(door, "OLD@x.example ", "a long password")


async def test_the_demo_shows_its_agents_and_production_lets_nobody_in_with_their_password(
    settings: Settings, dialogue: FakeDialogue, door: OpenDoor, tmp_path: Path
) -> None:
    page = (await door.client.get("/desk/sign-in")).text
    assert demo_agents.PASSWORD in page and NIAMH in page and "Tomás Roche" in page
    real = Settings(
        home=settings.home, mode=Mode.PRODUCTION, secret_key="s" * 40, public_url="http://127.0.0.1:8000"
    )
    async with open_door(real, dialogue) as production:
        await production.service.ready()
        page = (await production.client.get("/desk/sign-in")).text
        assert demo_agents.PASSWORD not in page and NIAMH not in page
        assert (await production.client.post("/desk/sign-in", data=RIGHT)).status_code == 401


async def test_production_gets_no_demo_agents(settings: Settings, dialogue: FakeDialogue) -> None:
    real = Settings(home=settings.home, mode=Mode.PRODUCTION, secret_key="s" * 40)
    async with open_door(real, dialogue) as production:
        await production.service.ready()
        assert await production.rows(Agent) == []


async def test_the_demos_agents_are_made_once_and_left_alone(door: OpenDoor) -> None:
    async with door.service.store.unit() as session:
        niamh = await agents.get_by_email(session, email=NIAMH)
        assert niamh
        await agents.set_password(session, agent_id=niamh.id, password_hash=passwords.hashed("her own one"))
    await demo_agents.ensure(door.service.store)
    assert len(await door.rows(Agent)) == 2
    await sign_in(door, NIAMH, "her own one")


async def test_before_the_database_is_there_the_desk_says_so(
    settings: Settings, dialogue: FakeDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels.service import State

    async with open_door(settings, dialogue) as door:
        await door.service.ready()
        door.service.state = State.STARTING
        assert (await door.client.get("/desk")).status_code == 503
