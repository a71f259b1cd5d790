"""The customer's own offers."""
