"""A queue that is kept up to date."""

from __future__ import annotations

import json

from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import ServerSentEvent

from channels.desk import queue_view
from crm_store.tickets import Queue


class QueueSight:
    """The first page of a queue; `shown` is the mark of what the page shows."""

    def __init__(self, queue: Queue, agent_id: int, shown: str) -> None:
        self._queue = queue
        self._agent_id = agent_id
        self._shown = shown
        self._rows: dict[str, str] = {}

    async def look(self, session: AsyncSession) -> list[ServerSentEvent]:
        """The order of the tickets and the rows that changed, when any did.

        The first time all rows go: what the page shows of them is not known, only that it is out of date.
        """
        view = await queue_view.look_at(session, queue=self._queue, agent_id=self._agent_id)
        rows = {row.number: row.stamp for row in view.rows}
        before, self._rows = self._rows, rows
        if view.stamp == self._shown:
            return []
        self._shown = view.stamp
        changed = {row.number: row.html for row in view.rows if before.get(row.number) != row.stamp}
        counts = {queue.value: count for queue, count in view.counts.items()}
        data = {"order": list(rows), "rows": changed, "counts": counts, "stamp": view.stamp}
        return [ServerSentEvent(event="queue", data=json.dumps(data))]
