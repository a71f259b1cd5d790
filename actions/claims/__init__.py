"""What did not arrive, arrived broken, or was not what was ordered: the form, and where a claim stands."""
