"""Work that Rasa repeats in every message, done once.

Decisions stay the same: tests compare them with Rasa's own.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from itertools import chain
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot

State = dict[str, dict[str, Any]]
Index = dict[str | None, list[str]]

rasas_possible_keys = RulePolicy._get_possible_keys
rasas_action_from_rules = RulePolicy._find_action_from_rules
_rasas_is_applicable = RulePolicy._is_rule_applicable


def quicken() -> None:
    """Put the quick versions in Rasa's place, for serving: training changes rules while it checks them."""
    if RulePolicy._get_possible_keys is possible_keys:
        return
    RemoteAction._validate_action_result = _taken
    RulePolicy._rule_key_to_state = staticmethod(states_of)
    RulePolicy._get_possible_keys = possible_keys
    RulePolicy._find_action_from_rules = _action_from_rules
    # Only a line of the debug log shows them, and they are copied for it whatever is logged.
    RulePolicy.format_tracker_states = staticmethod(_nothing)
    # Rasa walks through every class of event for every event it reads.
    Event.resolve_by_type = staticmethod(functools.cache(Event.resolve_by_type))
    # Every tracker copies every slot, a few hundred in a message, and `copy` knows only the long way.
    Slot.__copy__ = copied


def copied(slot: Slot) -> Slot:
    """A shallow copy, as `copy.copy` makes it."""
    twin: Slot = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def _action_from_rules(
    policy: RulePolicy, tracker: Any, domain: Any, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    """As Rasa's own. Rules about a message's very words are not looked for where there are none."""
    if use_text_for_last_user_input and not _knows_words(policy):
        return None, None, False
    found: tuple[str | None, str | None, bool]
    found = rasas_action_from_rules(policy, tracker, domain, use_text_for_last_user_input)
    return found


def _knows_words(policy: Any) -> bool:
    """Whether any rule says what the customer's words must be, instead of what they mean."""
    lookups = [policy.lookup[name] for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)]
    of = tuple(map(id, lookups))
    if policy.__dict__.get("_knows_words_of") != of:
        keys = chain.from_iterable(lookups)
        policy._knows_words = any("text" in s.get("user", {}) for key in keys for s in states_of(key))
        policy._knows_words_of = of
    knows: bool = policy._knows_words
    return knows


def _nothing(states: list[State]) -> None:
    """Show no states."""


def _taken(action: object, result: object) -> bool:
    """Take what an action returned without checking it against a schema.

    The check is for answers of a foreign server; it validates the schema itself each time and costs 60 ms an
    action. Our actions run in this process, and rasa_sdk checks each of their events.
    """
    return True


@functools.cache
def states_of(rule_key: str) -> list[State]:
    """The states of a rule. Rasa keeps 1,000 of them, so with more rules it parses all of them each time."""
    states: list[State] = json.loads(rule_key)
    return states


def possible_keys(policy: Any, lookup: dict[str, str], states: list[State]) -> set[str]:
    """The rules that fit the states, latest state last: as Rasa's own `_get_possible_keys`.

    Only rules that ask for the latest intent, or for none, are looked at; Rasa looks at all.
    """
    if not states:
        return set(lookup)
    index = _index(policy, lookup)
    intent = _intent(states[-1])
    keys = set(index[None]) | set(index.get(intent, ()) if intent else ())
    for turn, state in enumerate(reversed(states)):
        keys = {key for key in keys if _rasas_is_applicable(policy, key, turn, state)}
    return keys


def _index(policy: Any, lookup: dict[str, str]) -> Index:
    """The rules of `lookup` by the intent in their latest state, kept with the policy."""
    indexes: dict[int, Index] = policy.__dict__.setdefault("_rules_by_intent", {})
    if id(lookup) not in indexes:
        index: Index = defaultdict(list)
        for key in lookup:
            index[_intent(states_of(key)[-1])].append(key)
        indexes[id(lookup)] = index
    return indexes[id(lookup)]


def _intent(state: State) -> str | None:
    return state.get("user", {}).get("intent")
