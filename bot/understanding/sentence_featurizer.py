"""The pipeline's component that turns texts into vectors."""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import Encoder
from bot.understanding.entity_extractor import SPANS
from bot.understanding.reading import Reading
from bot.understanding.spelling import Speller

READING: Final = "reading"
"""The message's key for its `Reading`, for the classifier; it is no part of the output."""

_FILE: Final = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """One vector a text, of its meaning (`bot/encoder.py`), after typing errors are set right. It learns
    which words customers use. There are no vectors of single words: nothing here needs them.
    """

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        words: str = "{}",
    ) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._storage = storage
        self._resource = resource
        self._encoder = Encoder.load()
        self._speller = Speller.from_json(words, self._encoder.words())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """A component that has learnt no words yet."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceFeaturizer:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            words = (folder / _FILE).read_text(encoding="utf-8")
        return cls(config, execution_context.node_name, model_storage, resource, words)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to configure."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples."""
        texts = [message.get(TEXT) or "" for message in training_data.training_examples]
        self._speller = Speller.learn(texts, self._encoder.words())
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(self._speller.to_json(), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize the examples, in batches."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurize messages, all in one go."""
        with_text = [message for message in messages if message.get(TEXT) is not None]
        for message in with_text:
            message.set(READING, Reading.of(message.get(TEXT), message.get(SPANS, []), self._speller.correct))
        vectors = self._encoder.encode([message.get(READING).plain for message in with_text])
        for message, vector in zip(with_text, vectors, strict=True):
            message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
