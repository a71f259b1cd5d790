"""The pipeline's component that finds entities."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import Encoder
from bot.understanding.entities.extract import Extractor
from bot.understanding.entities.span import Span
from bot.understanding.entities.typing_errors import Typos
from bot.understanding.shop_words import FILES, Example, ShopWords

CATALOGUE: Final = "catalogue"
SPANS: Final = "named_things"
"""The message's key for what was found, for the components behind; it is no part of the output."""

_FILE: Final = "shop_words.json"
_PROJECT: Final = Path(__file__).resolve().parents[2]


# A featurizer, too: only those see the training examples on their way to the classifier.
@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=True,
)
class EntityExtractor(GraphComponent, EntityExtractorMixin):
    """Finds the entities of `bot/understanding/entities/`. Learns what the shop sells from `catalogue`, a
    folder of CSV files (from the current folder, or from the project's), and from the examples annotated
    with `product`.
    """

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, shop: ShopWords
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._shop = shop
        self._extractor = make_extractor(shop)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the catalogue is."""
        return {CATALOGUE: "data/demo_shop"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityExtractor:
        """A component that knows no shop yet."""
        return cls(config, model_storage, resource, ShopWords())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EntityExtractor:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            shop = ShopWords.from_json((folder / _FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, shop)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the catalogue, so that Rasa trains again."""
        folder = find_folder({**cls.get_default_config(), **config}[CATALOGUE])
        digest = hashlib.sha256()
        for file in (folder / name for name in FILES):
            digest.update(file.read_bytes() if file.exists() else b"-")
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the shop's words."""
        self._shop = ShopWords.learn(
            find_folder(self._config[CATALOGUE]),
            [example_of(message) for message in training_data.training_examples],
        )
        self._extractor = make_extractor(self._shop)
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(self._shop.to_json(), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Note what would be found in the examples; their annotations stay."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                message.set(SPANS, self._extractor.extract(message.get(TEXT)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Find the entities."""
        for message in messages:
            spans = self._extractor.extract(message.get(TEXT) or "")
            message.set(SPANS, spans)
            found = self.add_extractor_name([as_entity(span) for span in spans])
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages


def make_extractor(shop: ShopWords) -> Extractor:
    """An extractor for a shop, that takes neither English words nor the shop's own for typing errors."""
    extractor = Extractor(shop, Typos(Encoder.load().words() | set(shop.ordinary)))
    # The first date ever read takes a tenth of a second.
    extractor.extract("1 May")
    return extractor


def example_of(message: Message) -> Example:
    """A message's text, and the phrases in it that are annotated as products."""
    text: str = message.get(TEXT) or ""
    entities: Sequence[dict[str, Any]] = message.get(ENTITIES) or []
    return text, [text[e["start"] : e["end"]] for e in entities if e["entity"] == "product"]


def as_entity(span: Span) -> dict[str, Any]:
    """As Rasa writes an entity."""
    return {
        "entity": span.entity,
        "value": span.value,
        "start": span.start,
        "end": span.end,
        "confidence_entity": span.confidence,
    }


def find_folder(name: str) -> Path:
    """A folder named from the current folder, or from the project's.

    Raises:
        InvalidConfigException: there is none.
    """
    for base in (Path.cwd(), _PROJECT):
        if (base / name).is_dir():
            return base / name
    raise InvalidConfigException(
        f"config.yml names {name!r} as the EntityExtractor's catalogue: no such folder."
    )
