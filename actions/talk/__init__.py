"""Small talk, questions about the shop, and what was not understood."""
