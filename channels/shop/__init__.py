"""The demo shop: a stage for the chat, built on the seeded catalogue. Only the demo has it."""
