"""Before the order: what is there, what suits, what can be put aside."""
