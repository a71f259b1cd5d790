"""What is said while measuring: ordinary turns of a known customer, a return with a digression among them."""

from __future__ import annotations

SENTENCES = (
    "hello",
    "where is my order",
    "how many points do I have?",
    "what offers do you have for me",
    "I want to send something back",
    "how many points do I have?",
    "never mind",
    "when do my points expire",
    "what is your return policy",
    "how long does delivery take",
    "can I pay with klarna",
    "where's my refund",
    "thanks a lot",
    "do you have a shop in Galway",
)
