"""Humans: handing over to them, and what customers tell them."""
