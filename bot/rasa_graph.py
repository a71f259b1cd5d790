"""Runs Rasa's component graphs in topological order, in the caller's thread.

Rasa gives its graph (a DAG of named nodes) to dask, whose scheduler costs about 2 ms a run and whose current
releases refuse Rasa's graphs. A DAG of a few dozen nodes needs no scheduler: its order is computed once per
set of targets.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class OrderedGraphRunner(GraphRunner):
    """A `GraphRunner` that calls each needed node once, after the nodes it needs."""

    def __init__(
        self,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> None:
        self._schema = graph_schema
        self._nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        self._orders: dict[tuple[str, ...], list[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> OrderedGraphRunner:
        """Instantiate every node of `graph_schema`."""
        return cls(graph_schema, model_storage, execution_context, hooks)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what `targets` (default: the schema's own) need and return their results by name.

        Raises:
            GraphRunError: an input bears the name of a node, or a node needs something that nothing provides.
        """
        wanted = targets or list(self._schema.target_names)
        # A node receives (name, value) pairs and picks by name: Rasa's own convention.
        done: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        if clash := done.keys() & self._nodes.keys():
            raise GraphRunError(f"Inputs bear names of nodes: {', '.join(sorted(clash))}.")
        for name in self._order(tuple(wanted)):
            node = self._schema.nodes[name]
            try:
                needed = [done[parent] for parent in node.needs.values()]
            except KeyError as error:
                raise GraphRunError(f"Node {name!r} needs {error}, which nothing provides.") from error
            done[name] = self._nodes[name](*needed)
        return dict(done[name] for name in wanted)

    def _order(self, targets: tuple[str, ...]) -> list[str]:
        if targets not in self._orders:
            schema = self._schema.minimal_graph_schema(list(targets))
            parents = {
                name: [p for p in node.needs.values() if p in schema.nodes]
                for name, node in schema.nodes.items()
            }
            self._orders[targets] = list(TopologicalSorter(parents).static_order())
        return self._orders[targets]
