"""Returns, exchanges and refunds: the form, and where they stand."""
