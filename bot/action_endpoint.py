"""Runs custom actions in this process, where Rasa would call an action server."""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class InProcessActions(EndpointConfig):
    """An "endpoint" whose requests are calls of `rasa_sdk`'s executor.

    The domain is not sent along (no action reads it), which spares serialising it in every call.
    """

    def __init__(self, package: str) -> None:
        super().__init__(enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def names(self) -> frozenset[str]:
        """The names of the registered actions."""
        return frozenset(self._executor.actions)

    async def request(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Run the action that `json` names.

        Raises:
            ClientResponseError: 400 when the action rejects its execution, as an action server would answer.
        """
        call = {"domain": {}, **kwargs["json"]}
        try:
            result = await self._executor.run(call)
        except ActionExecutionRejection as error:
            body = json.dumps({"action_name": error.action_name, "error": error.message})
            raise ClientResponseError(400, error.message, body) from error
        if result is None:
            return {"events": [], "responses": []}
        return result.model_dump() if hasattr(result, "model_dump") else dict(result)
