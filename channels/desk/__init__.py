"""The agents' desk: signing in, the queues, the tickets, and what agents do there."""

from channels.desk.routes import router
from channels.desk.throttle import SignInThrottle

__all__ = ["SignInThrottle", "router"]
