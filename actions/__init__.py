"""What the bot can do, one topic a room. An action reads and changes the store through the turn it runs in.

Here: what every action stands on (`turn`, `heard`, `base`), forms and what happens around them.
"""
