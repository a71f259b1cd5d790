"""The doors: where messages come in and go out, and the process that runs them all."""
