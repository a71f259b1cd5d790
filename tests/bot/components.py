"""What a test needs to hold a component of the pipeline in its hands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Workbench:
    """Makes components, trained or loaded, with one storage in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._storage = LocalModelStorage(folder)
        self._context = ExecutionContext(GraphSchema({}), node_name="component")

    def make(self, kind: Any, **config: Any) -> Any:
        """A new component."""
        return kind.create({**kind.get_default_config(), **config}, *self._surroundings(kind))

    def load(self, kind: Any, **config: Any) -> Any:
        """The component as it was trained on this bench."""
        return kind.load({**kind.get_default_config(), **config}, *self._surroundings(kind))

    def _surroundings(self, kind: Any) -> tuple[LocalModelStorage, Resource, ExecutionContext]:
        return self._storage, Resource(kind.__name__), self._context


def training_data(**examples: list[str]) -> TrainingData:
    """Training data with these texts an intent, annotated as in Rasa's YAML."""
    from rasa.shared.nlu.training_data.entities_parser import parse_training_example

    return TrainingData(
        [parse_training_example(text, intent) for intent, texts in examples.items() for text in texts]
    )


def message(text: str) -> Message:
    """A message to be understood."""
    return Message({TEXT: text})
