"""Reading and writing words. Pure: nothing here knows the store or the turn."""
