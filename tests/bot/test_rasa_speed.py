"""The quick versions decide as Rasa's own."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered

from bot.engine import Bot
from bot.rasa_speed import _knows_words, possible_keys, rasas_possible_keys, states_of


def rule_policy(bot: Bot) -> Any:
    nodes = bot.rasa.processor.graph_runner._nodes.values()
    return next(node._component for node in nodes if isinstance(node._component, RulePolicy))


def some_states(lookup: dict[str, str], seed: int) -> list[list[dict[str, Any]]]:
    """Conversations that nearly or fully fit some rule: a rule's own states, cut, mixed and changed."""
    chance = random.Random(seed)
    keys = sorted(lookup)
    made = []
    for _ in range(150):
        states = [dict(state) for state in states_of(chance.choice(keys)) if state]
        other = states_of(chance.choice(keys))
        if chance.random() < 0.5:
            states.append(dict(other[-1]))
        if chance.random() < 0.3 and states:
            states[-1].pop("user", None)
        made.append([{}, *states])
    return made


def test_the_index_finds_the_rules_that_rasa_finds(bot: Bot) -> None:
    policy = rule_policy(bot)
    found = 0
    for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH):
        lookup = policy.lookup[name]
        for states in some_states(lookup, seed=len(lookup)):
            ours = possible_keys(policy, lookup, states)
            assert ours == rasas_possible_keys(policy, lookup, states)
            found += len(ours)
    assert found > 100, "the states fit some rules, so the comparison means something"


def test_rules_about_words_are_looked_for_where_there_are_some() -> None:
    def policy(rule: list[dict[str, Any]], unhappy: list[dict[str, Any]]) -> Any:
        lookup = {RULES: {json.dumps(rule): "utter"}, RULES_FOR_LOOP_UNHAPPY_PATH: {json.dumps(unhappy): "x"}}
        return SimpleNamespace(lookup=lookup)

    means, says = [{}, {"user": {"intent": "greet"}}], [{}, {"user": {"text": "hello there"}}]
    assert not _knows_words(policy(means, means))
    assert _knows_words(policy(says, means))
    assert _knows_words(policy(means, says))
    learning = policy(means, means)
    assert not _knows_words(learning)
    learning.lookup = policy(says, means).lookup
    assert _knows_words(learning)


def test_events_are_found_by_their_names(bot: Bot) -> None:
    for kind in (ActionExecuted, SlotSet, UserUttered):
        assert Event.resolve_by_type(kind.type_name) is kind
