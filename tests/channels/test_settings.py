"""Settings: where they come from, what they default to, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.identity_keys import DEMO_IDENTITY_SECRET, DEMO_KID
from channels.settings import Mode, SettingsError, load_settings

OWN_SECRET = "a secret of one's own, long enough"


def test_the_defaults_are_a_demo_on_this_machine(tmp_path: Path) -> None:
    settings = load_settings()
    assert (settings.mode, settings.host, settings.port) == (Mode.DEMO, "127.0.0.1", 8000)
    assert settings.home == tmp_path / "var"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/var/aftersale.db"
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.warnings() == []


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("AFTERSALE_PORT=9001\nAFTERSALE_SHOP_NAME=Larks\nOTHER=1\n")
    monkeypatch.setenv("AFTERSALE_PORT", "9002")
    settings = load_settings()
    assert (settings.port, settings.shop_name) == (9002, "Larks")


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p%40ss@db/shop", "postgresql+asyncpg://u:p%40ss@db/shop"),
        ("postgres://u@db/shop", "postgresql+asyncpg://u@db/shop"),
        ("postgresql+asyncpg://u@db/shop", "postgresql+asyncpg://u@db/shop"),
        ("sqlite:////srv/my shop/a.db", "sqlite+aiosqlite:////srv/my shop/a.db"),
    ],
)
def test_database_urls_get_the_driver_that_is_used(given: str, used: str) -> None:
    assert load_settings(database_url=given).database_url == used


def test_a_home_with_a_space_is_fine(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "my shop")
    assert settings.database_url.endswith("/my shop/aftersale.db")


def test_the_public_url_is_the_address_people_see() -> None:
    assert load_settings(public_url="https://chat.shop.example/").address == "https://chat.shop.example"


def test_what_follows_from_the_address() -> None:
    settings = load_settings(public_url="https://chat.shop.example/")
    assert settings.help_url == "https://chat.shop.example/help"
    assert settings.own_hosts == ["127.0.0.1", "[::1]", "chat.shop.example", "localhost"]


def test_mails_get_somewhere_in_the_demo_and_with_a_mail_server() -> None:
    assert load_settings().can_mail
    assert not load_settings(mode="production", secret_key=OWN_SECRET).can_mail
    served = load_settings(mode="production", secret_key=OWN_SECRET, smtp_url="smtp://mail.example")
    assert served.can_mail


def test_the_address_of_ipv6_has_brackets() -> None:
    assert load_settings(host="::1").address == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"host": "0.0.0.0"}, ["AFTERSALE_HOST", "AFTERSALE_MODE"]),
        ({"mode": "production"}, ["AFTERSALE_SECRET_KEY"]),
        ({"mode": "production", "secret_key": ""}, ["AFTERSALE_SECRET_KEY"]),
        ({"mode": "staging"}, ["AFTERSALE_MODE", "'demo' or 'production'"]),
        ({"port": "many"}, ["AFTERSALE_PORT"]),
        ({"port": 70_000}, ["AFTERSALE_PORT"]),
        ({"database_url": "nonsense"}, ["AFTERSALE_DATABASE_URL"]),
        ({"database_url": "mysql://u@db/shop"}, ["AFTERSALE_DATABASE_URL", "postgresql://"]),
        ({"workers": 2}, ["AFTERSALE_WORKERS", "PostgreSQL"]),
        ({"workers": 0}, ["AFTERSALE_WORKERS"]),
        ({"smtp_url": "mail.example:25"}, ["AFTERSALE_SMTP_URL", "smtp://"]),
        ({"public_url": "chat.shop.example"}, ["AFTERSALE_PUBLIC_URL", "https://"]),
        ({"log_level": "loud"}, ["AFTERSALE_LOG_LEVEL"]),
        ({"shop_origins": "shop.example"}, ["AFTERSALE_SHOP_ORIGINS", "https://shop.example"]),
        ({"shop_origins": "https://shop.example/page"}, ["AFTERSALE_SHOP_ORIGINS", "is no origin"]),
        ({"shop_origins": "https://ok.example,*"}, ["AFTERSALE_SHOP_ORIGINS", "'*'"]),
        ({"shop_origins": "https://*.shop.example"}, ["AFTERSALE_SHOP_ORIGINS"]),
        ({"identity_keys": "x" * 40}, ["AFTERSALE_IDENTITY_KEYS", "kid:secret"]),
        ({"identity_keys": f"a:{'x' * 32},:{'x' * 32}"}, ["AFTERSALE_IDENTITY_KEYS", "number 2"]),
        ({"identity_keys": f"a:{'x' * 31}"}, ["AFTERSALE_IDENTITY_KEYS", '"a"', "32 characters"]),
        ({"identity_keys": f"a:{'x' * 32},a:{'y' * 32}"}, ["AFTERSALE_IDENTITY_KEYS", "twice"]),
        (
            {"mode": "production", "secret_key": OWN_SECRET, "identity_keys": f"k:{DEMO_IDENTITY_SECRET}"},
            ["AFTERSALE_IDENTITY_KEYS", "everybody knows"],
        ),
        ({"trusted_proxies": "the proxy"}, ["AFTERSALE_TRUSTED_PROXIES", "127.0.0.1"]),
        ({"trusted_proxies": "*"}, ["AFTERSALE_TRUSTED_PROXIES"]),
        ({"limits_url": "postgresql://db"}, ["AFTERSALE_LIMITS_URL", "redis://"]),
    ],
)
def test_what_does_not_fit_is_refused_with_the_settings_name(
    given: dict[str, object], words: list[str]
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(**given)
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_a_refusal_never_shows_a_secret() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(secret_key="hush-hush", database_url="mysql://u:hush-hush@db/shop")
    assert "hush-hush" not in str(refused.value)
    assert "hush-hush" not in repr(load_settings(secret_key="hush-hush", api_token="hush-hush"))
    assert "hush-hush" not in repr(load_settings(identity_keys=f"kid:{'hush-hush' * 4}"))
    with pytest.raises(SettingsError) as refused:
        load_settings(identity_keys="kid:hush-hush")
    assert "hush-hush" not in str(refused.value)


def test_the_shops_keys_come_in_their_order_and_the_demo_has_its_own() -> None:
    keys = load_settings(identity_keys=f" new : {'n' * 32}, old:{'o:' * 16} ").keys
    assert list(keys.items()) == [("new", "n" * 32), ("old", "o:" * 16)]
    assert load_settings().keys == {DEMO_KID: DEMO_IDENTITY_SECRET}
    assert load_settings(mode="production", secret_key=OWN_SECRET).keys == {}


def test_the_shops_origins_are_compared_as_browsers_write_them() -> None:
    settings = load_settings(shop_origins="https://Shop.example/, http://127.0.0.1:9000 ,")
    assert settings.origins == ["https://shop.example", "http://127.0.0.1:9000"]


def test_production_says_what_is_missing() -> None:
    settings = load_settings(mode="production", secret_key=OWN_SECRET, host="0.0.0.0")
    [token, mail, origins] = settings.warnings()
    assert "AFTERSALE_API_TOKEN" in token
    assert "AFTERSALE_SMTP_URL" in mail
    assert "AFTERSALE_SHOP_ORIGINS" in origins


def test_production_behind_a_proxy_says_when_it_does_not_know_it() -> None:
    [*_, proxy] = load_settings(mode="production", secret_key=OWN_SECRET).warnings()
    assert "AFTERSALE_TRUSTED_PROXIES" in proxy


def test_production_with_everything_says_nothing() -> None:
    settings = load_settings(
        mode="production",
        secret_key=OWN_SECRET,
        api_token="t",
        smtp_url="smtps://u:p@mail.example:465",
        shop_origins="https://shop.example",
        trusted_proxies="127.0.0.1,10.0.0.0/8",
    )
    assert settings.warnings() == []
