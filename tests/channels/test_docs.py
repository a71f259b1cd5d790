"""The documentation knows every setting, command and error, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from channels.cli import app
from channels.settings import PROJECT, Settings

OPERATIONS = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
API = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")

SHOWN_OTHERWISE = {"home": "./var", "secret_key": "a demo key"}


def documented_settings() -> dict[str, str]:
    """Names and defaults in the table of operations.md."""
    rows = re.findall(r"^\| `AFTERSALE_(\w+)` \| (.*?) ?\| .+ \|$", OPERATIONS, re.MULTILINE)
    return {name.lower(): default.strip("`") for name, default in rows}


def test_every_setting_is_documented_with_its_default() -> None:
    expected = {
        name: SHOWN_OTHERWISE.get(name, str(getattr(field.default, "value", field.default)))
        for name, field in Settings.model_fields.items()
    }
    assert documented_settings() == expected


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_means(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description
    assert f"| {description}" in OPERATIONS


def test_the_default_home_is_the_documented_one() -> None:
    assert Settings.model_fields["home"].default == Path("var")


def commands(group: object = None, above: str = "aftersale") -> list[str]:
    """Every command, with the group it is in."""
    found = []
    for name, command in (group or typer.main.get_group(app)).commands.items():  # type: ignore[attr-defined]
        full = f"{above} {name}"
        found += commands(command, full) if hasattr(command, "commands") else [full]
    return found


def test_every_command_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `(aftersale [a-z -]+?)(?: [A-Z\"-].*?)?` \|", OPERATIONS, re.MULTILINE)
    assert sorted(rows) == sorted(commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_explains_itself(command: str) -> None:
    found: object = typer.main.get_group(app)
    for part in command.split()[1:]:
        found = found.commands[part]  # type: ignore[attr-defined]
    assert found.help  # type: ignore[attr-defined]


def test_every_error_code_is_documented() -> None:
    used = set()
    for file in (PROJECT / "channels").rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        raised = r'(?:Refused|error_response|super\(\).__init__)\(\s*HTTPStatus\.\w+,\s*"(\w+)"'
        used |= set(re.findall(raised, code))
    documented = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| \d{3} \| (.+?) \|", API, re.MULTILINE))))
    assert used
    assert used <= documented


def _links(file: Path) -> list[Path]:
    """The files that a page of Markdown links to or shows."""
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
    return [(file.parent / link).resolve() for link in links if not link.startswith(("http", "/"))]


PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_what_a_page_links_to_is_there(file: Path) -> None:
    assert [link for link in _links(file) if not link.exists()] == []


def test_the_readme_leads_to_every_page_and_every_picture_is_shown() -> None:
    linked = set(_links(PROJECT / "README.md"))
    docs = PROJECT / "docs"
    expected = {*docs.glob("*.md"), docs / "decisions", *(docs / "images").iterdir()}
    assert {file for file in expected if file.resolve() not in linked} == set()
