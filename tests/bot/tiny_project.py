"""A bot of a few lines, written to a folder: enough Rasa to train and talk in seconds."""

from __future__ import annotations

from pathlib import Path

CONFIG = """
recipe: default.v1
language: en
assistant_id: tiny
pipeline:
- name: KeywordIntentClassifier
policies:
- name: RulePolicy
"""

DOMAIN = """
version: "3.1"
intents: [hello, order, stop_it, weather]
slots:
  drink: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  size: {type: any, influence_conversation: false, mappings: [{type: custom}]}
forms:
  drink_form: {required_slots: [drink, size]}
actions: [action_count, validate_drink_form, action_serve]
responses:
  utter_hello: [{text: "Hello there."}]
  utter_weather: [{text: "It rains."}]
  utter_ask_drink: [{text: "Which drink?"}]
  utter_ask_size: [{text: "Which size?"}]
  utter_dropped: [{text: "Nothing ordered."}]
"""

NLU = """
version: "3.1"
nlu:
- intent: hello
  examples: |
    - hello
    - good day
- intent: order
  examples: |
    - order
    - drink
- intent: stop_it
  examples: |
    - forget it
    - never
- intent: weather
  examples: |
    - weather
    - rain
"""

RULES = """
version: "3.1"
rules:
- rule: hello
  steps: [{intent: hello}, {action: utter_hello}, {action: action_count}]
- rule: start
  steps: [{intent: order}, {action: drink_form}, {active_loop: drink_form}]
- rule: finish
  condition: [{active_loop: drink_form}]
  steps:
  - action: drink_form
  - active_loop: null
  - slot_was_set: [{requested_slot: null}]
  - action: action_serve
- rule: aside
  condition: [{active_loop: drink_form}]
  steps: [{intent: weather}, {action: utter_weather}, {action: drink_form}, {active_loop: drink_form}]
- rule: drop
  condition: [{active_loop: drink_form}]
  steps: [{intent: stop_it}, {action: utter_dropped}, {action: action_deactivate_loop}, {active_loop: null}]
"""

ACTIONS = """
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.forms import FormValidationAction


class Count(Action):
    def name(self):
        return "action_count"

    def run(self, dispatcher, tracker, domain):
        said = sum(event["event"] == "user" for event in tracker.events)
        dispatcher.utter_message(text=f"That was message {said}.")
        return []


class Drinks(FormValidationAction):
    def name(self):
        return "validate_drink_form"

    def take(self, tracker, slot, words):
        if tracker.get_slot("requested_slot") != slot:
            return {}
        return {slot: word for word in words if word in tracker.latest_message["text"]}

    async def extract_drink(self, dispatcher, tracker, domain):
        return self.take(tracker, "drink", ("tea", "coffee"))

    async def extract_size(self, dispatcher, tracker, domain):
        return self.take(tracker, "size", ("small", "large"))

    async def validate_drink(self, value, dispatcher, tracker, domain):
        return {"drink": value}

    async def validate_size(self, value, dispatcher, tracker, domain):
        return {"size": value}


class Serve(Action):
    def name(self):
        return "action_serve"

    async def run(self, dispatcher, tracker, domain):
        size, drink = tracker.get_slot("size"), tracker.get_slot("drink")
        dispatcher.utter_message(text=f"A {size} {drink}, here you are.")
        return [SlotSet("drink", None), SlotSet("size", None)]
"""

TALK = """
import asyncio, sys
from bot.rasa_compat import use_ordered_graph_runner
from rasa.core.agent import Agent
from rasa.model_training import train
from bot.action_endpoint import InProcessActions

use_ordered_graph_runner()
files = ["nlu.yml", "rules.yml"]
result = train(domain="domain.yml", config="config.yml", training_files=files, output="models")
agent = Agent.load(result.model, action_endpoint=InProcessActions("tiny_actions"))


async def talk():
    for line in sys.argv[1:]:
        for message in await agent.handle_text(line, sender_id="somebody"):
            print("BOT:", message["text"])


asyncio.run(talk())
"""


def write_tiny_project(folder: Path) -> None:
    """Write the project and the script `talk.py`, which trains it and says its arguments to it."""
    files = {
        "config.yml": CONFIG,
        "domain.yml": DOMAIN,
        "nlu.yml": NLU,
        "rules.yml": RULES,
        "tiny_actions.py": ACTIONS,
        "talk.py": TALK,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
