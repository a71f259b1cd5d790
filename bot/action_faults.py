"""An action that fails ends its turn.

Rasa logs what an action raises and goes on: the customer would hear nothing, and what the action had written
before it failed would be committed. So it is noted, and raised again when Rasa is done: the turn is rolled
back, tried again, and at last handed to a human.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.processor import MessageProcessor

Run = Callable[..., Awaitable[Any]]

_raised: ContextVar[list[Exception]] = ContextVar("raised")


@contextmanager
def ending_the_turn() -> Iterator[None]:
    """Raise, when the block has ended, what an action in it raised first."""
    raised: list[Exception] = []
    token = _raised.set(raised)
    try:
        yield
    finally:
        _raised.reset(token)
    if raised:
        raise raised[0]


def watch(processor: MessageProcessor) -> None:
    """Note what the actions that the processor runs raise. Rasa makes each action anew for each run."""
    run_action = processor._run_action

    async def watched(action: Action, *args: Any, **named: Any) -> bool:
        action.run = _noting(action.run)
        return bool(await run_action(action, *args, **named))

    processor._run_action = watched


def _noting(run: Run) -> Run:
    async def noting(*args: Any, **named: Any) -> Any:
        try:
            return await run(*args, **named)
        except ActionExecutionRejection:
            raise  # Not a fault: Rasa decides what comes instead.
        except Exception as problem:
            _raised.get().append(problem)
            raise

    return noting
