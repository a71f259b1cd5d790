"""What is said unasked when a known customer opens the chat: at most one thing, and each thing once."""

from actions.proactive.greeting import greet_proactively, say_worth
from actions.proactive.matters import Proactive, worth_saying

__all__ = ["Proactive", "greet_proactively", "say_worth", "worth_saying"]
