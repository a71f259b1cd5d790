"""What a message names. One file an entity, all of them deterministic; `extract.py` settles what overlaps."""
