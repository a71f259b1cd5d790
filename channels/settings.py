"""Settings: `AFTERSALE_…` in the environment, or in `.env` where you start it. See docs/operations.md."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from channels.chat_settings import ChatSettings
from channels.identity_keys import DEMO_IDENTITY_SECRET, DEMO_KID, read_keys

PROJECT: Final = Path(__file__).resolve().parents[1]
"""The folder of config.yml and domain.yml."""

DEMO_SECRET: Final = "the-demo-secret-that-everybody-knows"  # noqa: S105  (refused in production)
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_DRIVERS: Final = {
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
}


class SettingsError(Exception):
    """The settings do not fit together; the message says which one to change, and how."""


class Mode(enum.StrEnum):
    """What this installation is for."""

    DEMO = "demo"
    PRODUCTION = "production"


class Settings(ChatSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix="AFTERSALE_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    mode: Mode = Field(
        default=Mode.DEMO,
        description="`demo`: a fictional shop, for this machine only. `production`: for customers.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address to listen on. In demo mode only one of this machine's own.",
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8000, description="The port to listen on.")
    public_url: str = Field(
        default="",
        description="Where customers find it, e.g. `https://chat.shop.example`; empty: `http://HOST:PORT`.",
    )
    home: Path = Field(
        default=Path("var"),
        description="The folder of the logs and the SQLite database, from where you start.",
    )
    database_url: str = Field(
        default="",
        description="`postgresql://user:password@host/name` or an SQLite URL; empty: `aftersale.db` in HOME.",
    )
    secret_key: str = Field(
        default=DEMO_SECRET,
        repr=False,
        description="The key to the hashes of one-time codes. Production refuses the default.",
    )
    api_token: str = Field(
        default="",
        repr=False,
        description="The Bearer token of the doors for machines in production; empty: those doors stay shut.",
    )
    shop_name: str = Field(default="Wanderlark", description="The shop's name, as customers read it.")
    shop_address: str = Field(
        default="Wanderlark Ltd, 48 Capel Street, Dublin, D01 F2Z7, Ireland",
        description="The shop's name in law and its address, as invoices show them.",
    )
    vat_number: str = Field(default="", description="The shop's VAT number, as invoices show it.")
    vat_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        default=23, description="The VAT that the prices contain, in per cent."
    )
    instant_refund_cents: Annotated[int, Field(ge=0)] = Field(
        default=5000,
        description="Up to this amount, in cents, the bot pays back a missing, damaged or wrong item at "
        "once; `0`: never.",
    )
    smtp_url: str = Field(
        default="",
        repr=False,
        description="Where mails leave: `smtp://user:password@host:587` or `smtps://user:password@host:465`; "
        "empty: the demo keeps them in its mailbox, production refuses them.",
    )
    mail_from: str = Field(default="help@wanderlark.example", description="The sender of the mails.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`."
    )
    turns_at_once: Annotated[int, Field(ge=1, le=256)] = Field(
        default=8, description="How many conversations one process answers at the same time."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=1, description="How many processes `aftersale serve` starts. More than one needs PostgreSQL."
    )

    erasure_grace_days: Annotated[int, Field(ge=0, le=30)] = Field(
        default=7,
        description="How many days a customer's wish to be erased waits and can be taken back; at most 30.",
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().resolve()

    @field_validator("public_url")
    @classmethod
    def _no_slash_at_the_end(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("AFTERSALE_PUBLIC_URL must begin with http:// or https://.")
        return url.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, url: str) -> str:
        if url and not url.startswith(("smtp://", "smtps://")):
            raise ValueError("AFTERSALE_SMTP_URL must begin with smtp:// or smtps://.")
        return url

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper_case(cls, level: Any) -> Any:
        return level.upper() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _database(self) -> Self:
        try:
            url = make_url(self.database_url) if self.database_url else self._own_file()
        except ArgumentError:
            raise ValueError("AFTERSALE_DATABASE_URL is not a database URL.") from None
        url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
        if url.drivername not in _DRIVERS.values():
            raise ValueError("AFTERSALE_DATABASE_URL must be a postgresql:// or sqlite:// URL.")
        self.database_url = url.render_as_string(hide_password=False)
        return self

    def _own_file(self) -> URL:
        return URL.create("sqlite+aiosqlite", database=str(self.home / "aftersale.db"))

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.mode is Mode.DEMO and self.host not in LOOPBACK:
            raise ValueError(
                f"The demo listens on this machine only, not on {self.host}: its mailbox shows all codes. "
                "Leave AFTERSALE_HOST at 127.0.0.1, or set AFTERSALE_MODE=production and its secrets."
            )
        if self.mode is Mode.PRODUCTION and self.secret_key in ("", DEMO_SECRET):
            raise ValueError(
                "AFTERSALE_SECRET_KEY is still the one everybody knows. Set one of your own, e.g. what "
                "`python -c 'import secrets; print(secrets.token_urlsafe(48))'` prints."
            )
        if self.mode is Mode.PRODUCTION and self.has_the_demos_key:
            raise ValueError(
                "AFTERSALE_IDENTITY_KEYS has the demo's secret, which everybody knows. Set one of your own, "
                "e.g. what `python -c 'import secrets; print(secrets.token_urlsafe(48))'` prints."
            )
        if self.workers > 1 and make_url(self.database_url).get_backend_name() == "sqlite":
            raise ValueError(
                "AFTERSALE_WORKERS above 1 needs PostgreSQL: set AFTERSALE_DATABASE_URL as well."
            )
        return self

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo."""
        return self.mode is Mode.DEMO

    @property
    def address(self) -> str:
        """Where the pages are, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def help_url(self) -> str:
        """Where the help centre's pages begin, without a slash at the end."""
        return f"{self.address}/help"

    @property
    def keys(self) -> dict[str, str]:
        """The secrets of the shop's identity tokens by `kid`, the current one first; the demo has its own."""
        keys = read_keys(self.identity_keys)
        return keys or ({DEMO_KID: DEMO_IDENTITY_SECRET} if self.is_demo else {})

    @property
    def can_mail(self) -> bool:
        """Whether a mail gets anywhere: to a mail server, or into the demo's mailbox."""
        return self.is_demo or bool(self.smtp_url)

    @property
    def own_hosts(self) -> list[str]:
        """The hosts that the demo is asked under, as a Host header names them without the port."""
        public = urlsplit(self.public_url).hostname
        names = LOOPBACK | ({public} if public else set())
        return sorted(f"[{name}]" if ":" in name else name for name in names)

    def warnings(self) -> list[str]:
        """What works only in part with these settings, a sentence each."""
        if self.is_demo:
            return []
        missing = []
        if not self.api_token:
            missing.append("The doors for machines stay shut: AFTERSALE_API_TOKEN is empty.")
        if not self.smtp_url:
            missing.append("No mail, so no code, can leave: AFTERSALE_SMTP_URL is empty.")
        if not self.origins:
            missing.append("No page of the shop can show the chat: AFTERSALE_SHOP_ORIGINS is empty.")
        if self.host in LOOPBACK and not self.trusted_proxies:
            missing.append(
                "All customers seem to have one address and share its limits: "
                "AFTERSALE_TRUSTED_PROXIES is empty."
            )
        return missing


def load_settings(**given: Any) -> Settings:
    """The settings of the environment; `given` ones win.

    Raises:
        SettingsError: something is missing or wrong; the message has a line for each.
    """
    try:
        return Settings(**given)
    except ValidationError as problem:
        raise SettingsError("\n".join(_sentence(error) for error in problem.errors())) from None


def _sentence(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "value_error":
        return message
    name = "_".join(str(part) for part in error["loc"]).upper()
    return f"AFTERSALE_{name}: {message}."
