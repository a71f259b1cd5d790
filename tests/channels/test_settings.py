"""Settings: where they come from, what they default to, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_production_says_what_is_missing() -> None:
    settings = load_settings(mode="production", secret_key=OWN_SECRET, host="0.0.0.0")
    [token, mail] = settings.warnings()
    assert "AFTERSALE_API_TOKEN" in token
    assert "AFTERSALE_SMTP_URL" in mail


def test_production_with_everything_says_nothing() -> None:
    settings = load_settings(
        mode="production", secret_key=OWN_SECRET, api_token="t", smtp_url="smtps://u:p@mail.example:465"
    )
    assert settings.warnings() == []
