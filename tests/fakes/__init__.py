"""Fakes of what Aftersale talks to, as close to the wire as can be."""
