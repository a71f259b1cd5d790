"""The settings of the web chat."""

from __future__ import annotations

from ipaddress import ip_network
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from channels.identity_keys import DEMO_IDENTITY_SECRET, read_keys


class ChatSettings(BaseSettings):
    """What an operator can set about the chat on the shop's pages."""

    shop_origins: str = Field(
        default="",
        description="Where the shop's pages are that embed the chat, e.g. `https://shop.example`; "
        "several with a comma between them.",
    )
    identity_keys: str = Field(
        default="",
        repr=False,
        description="The keys of the shop's identity tokens, `kid:secret,kid2:secret2`, the current one "
        "first; empty: the shop signs nobody in.",
    )
    trusted_proxies: str = Field(
        default="",
        description="The addresses of the proxies in front, comma separated, whose `X-Forwarded-For` is "
        "believed; empty: nobody's.",
    )
    limits_url: str = Field(
        default="memory://",
        repr=False,
        description="Where the chat counts for its limits: `memory://`, each process by itself, or "
        "`redis://host:6379`.",
    )

    @field_validator("shop_origins")
    @classmethod
    def _are_origins(cls, origins: str) -> str:
        return ",".join(map(_origin, _parts(origins)))

    @field_validator("identity_keys")
    @classmethod
    def _are_keys(cls, keys: str) -> str:
        read_keys(keys)
        return keys

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, proxies: str) -> str:
        return ",".join(map(_network, _parts(proxies)))

    @field_validator("limits_url")
    @classmethod
    def _is_storage(cls, url: str) -> str:
        if url != "memory://" and not url.startswith(("redis://", "rediss://")):
            raise ValueError("AFTERSALE_LIMITS_URL must be memory:// or begin with redis:// or rediss://.")
        return url

    @property
    def origins(self) -> list[str]:
        """The origins of the shop's pages."""
        return _parts(self.shop_origins)

    @property
    def has_the_demos_key(self) -> bool:
        """Whether one of the keys is the one everybody knows."""
        return DEMO_IDENTITY_SECRET in read_keys(self.identity_keys).values()


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _origin(text: str) -> str:
    origin = text.lower().rstrip("/")
    parts = urlsplit(origin)
    plain = origin == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc and "*" not in origin
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError(
            f"AFTERSALE_SHOP_ORIGINS: {text!r} is no origin. Write e.g. https://shop.example, and "
            "several with a comma between them."
        )
    return origin


def _network(text: str) -> str:
    try:
        ip_network(text)
    except ValueError:
        raise ValueError(
            f"AFTERSALE_TRUSTED_PROXIES: {text!r} is no address. Write e.g. 127.0.0.1 or 10.0.0.0/8, and "
            "several with a comma between them."
        ) from None
    return text
