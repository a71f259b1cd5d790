"""Sending an order elsewhere: reading an address, asking for what is missing."""
