"""The rules of the house, read from the source: who imports whom, who commits, which clock is asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("crm_store", "actions", "bot", "channels")
"""From the ground up; a floor may use what is below it."""

FILES = [file for floor in FLOORS for file in sorted((ROOT / floor).rglob("*.py"))]


def imported(file: Path) -> Iterator[str]:
    """Every absolute module name that `file` imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def calls(file: Path) -> Iterator[str]:
    """Every called attribute, as `object.method` or just `method`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            yield f"{owner}.{node.func.attr}"


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_go_one_way(floor: str) -> None:
    above = FLOORS[FLOORS.index(floor) + 1 :]
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in FILES
        if file.relative_to(ROOT).parts[0] == floor
        for module in imported(file)
        if module.partition(".")[0] in above
    ]
    assert wrong == []


def test_the_store_knows_neither_rasa_nor_the_web() -> None:
    strangers = {"rasa", "rasa_sdk", "fastapi", "starlette", "torch", "sentence_transformers"}
    wrong = [
        f"{file.name}: {module}"
        for file in FILES
        if file.relative_to(ROOT).parts[0] == "crm_store"
        for module in imported(file)
        if module.partition(".")[0] in strangers
    ]
    assert wrong == []


def test_only_the_session_commits() -> None:
    # The driver's connection ends what the session tells it to.
    allowed = {"session.py", "sqlite_trips.py"}
    wrong = [
        str(file.relative_to(ROOT))
        for file in FILES
        if file.name not in allowed and any(call.endswith((".commit", ".rollback")) for call in calls(file))
    ]
    assert wrong == []


def test_only_the_clock_tells_the_time() -> None:
    own = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    wrong = [
        str(file.relative_to(ROOT)) for file in FILES if file.name != "clock.py" and own & set(calls(file))
    ]
    assert wrong == []


def test_every_intent_of_the_domain_is_claimed_by_a_rule() -> None:
    from ruamel.yaml import YAML

    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {next(iter(i)) if isinstance(i, dict) else i for i in domain["intents"]}
    rules = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "data" / "rules").glob("*.yml"))
    assert {intent for intent in intents if f"intent: {intent}\n" not in rules} == set()


def test_every_digression_is_answered_by_an_action() -> None:
    """The rules of digressions and the actions' `intents` name the same intents."""
    import importlib
    import pkgutil

    import actions
    from actions.base import ShopAction

    for module in pkgutil.walk_packages(actions.__path__, "actions."):
        importlib.import_module(module.name)
    claimed = [intent for action in ShopAction.__subclasses__() for intent in action.intents]
    assert len(claimed) == len(set(claimed)), "two actions claim one intent"
    from ruamel.yaml import YAML

    rules = YAML(typ="safe").load((ROOT / "data/rules/digressions.yml").read_text(encoding="utf-8"))["rules"]
    asides = {
        choice["intent"]
        for rule in rules
        for step in rule["steps"]
        if {"action": "action_digression"} in rule["steps"]
        for choice in step.get("or", [step])
        if "intent" in choice
    }
    assert asides - set(claimed) == set()


def test_every_action_of_the_domain_exists() -> None:
    from ruamel.yaml import YAML

    from bot.action_endpoint import InProcessActions

    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert set(domain["actions"]) - InProcessActions("actions").names == set()
