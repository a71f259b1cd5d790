"""The demo shop at its door."""
