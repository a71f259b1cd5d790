"""The pipeline's component that tells which intent a text has, or that it has none of ours."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.intent_model import Answer, IntentModel
from bot.understanding.linear import Examples
from bot.understanding.reading import Reading
from bot.understanding.sentence_featurizer import READING

log = logging.getLogger(__name__)

RANKING_LENGTH: Final = "ranking_length"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Classifies by `IntentModel`. What it does not believe gets the intent `nlu_fallback`, as from Rasa's
    own `FallbackClassifier`: its confidence is the threshold, and the likeliest intents stand behind it in
    the ranking.
    """

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None
    ) -> None:
        self._length: int = config[RANKING_LENGTH]
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How many intents the ranking has."""
        return {RANKING_LENGTH: 10}

    @classmethod
    def required_components(cls) -> list[type]:
        """Something must give sentence vectors."""
        return [DenseFeaturizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """A component that has learnt nothing."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """The component as it was trained; one that knows no intents where there were fewer than two."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, IntentModel.load(folder))
        except ValueError:
            return cls(config, model_storage, resource, None)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent."""
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        labels = [message.get(INTENT) for message in messages]
        if len(set(labels)) < 2:
            log.warning("There are fewer than two intents to learn: every text will have none.")
            return self._resource
        self._model = IntentModel.fit(examples_of(messages), labels)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Tell the intents."""
        if self._model is None:
            return messages
        for message, answer in zip(messages, self._model.answer(examples_of(messages)), strict=True):
            ranking = self._ranking(answer, self._model.gate.threshold)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, answer: Answer, threshold: float) -> list[dict[str, Any]]:
        ranking = [
            {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
            for name, confidence in answer.ranking[: self._length]
        ]
        if not answer.believed:
            ranking.insert(
                0, {INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME, PREDICTED_CONFIDENCE_KEY: threshold}
            )
        return ranking


def examples_of(messages: Sequence[Message]) -> Examples:
    """What the featurizer made of the messages. Without its reading, the text itself is read."""
    vectors = [message.get_dense_features(TEXT)[1].features[0] for message in messages]
    readings = [
        message.get(READING) or Reading(message.get(TEXT) or "", message.get(TEXT) or "")
        for message in messages
    ]
    return Examples(np.array(vectors, dtype=np.float32), readings)
