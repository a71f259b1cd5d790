"""The database's history, one file a step. `crm_store.migrate` walks it."""
