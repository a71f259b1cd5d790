"""The store: what the shop knows of its customers, and every rule about it. It knows SQLAlchemy only."""
