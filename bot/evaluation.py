"""How well messages are understood: cross-validation over the training data, with the pipeline's own parts.

Each fold learns the shop's words, the spelling and the classifier from the other folds alone. Only the
encoder is shared: it is not trained on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rich.console import Console

from bot.encoder import Encoder
from bot.evaluation_report import Case, Place, Report
from bot.understanding.entities.extract import Extractor
from bot.understanding.entities.span import Span
from bot.understanding.entity_extractor import example_of, make_extractor
from bot.understanding.intent_model import IntentModel
from bot.understanding.linear import Examples
from bot.understanding.reading import Reading
from bot.understanding.shop_words import ShopWords
from bot.understanding.spelling import Speller
from bot.understanding.trial import deal

PROJECT: Final = Path(__file__).resolve().parents[1]
CATALOGUE: Final = "data/demo_shop"


def cross_validate(project: Path, folds: int = 5) -> Report:
    """Learn from `folds - 1` parts of `data/nlu`, look at the other, in turn. About a minute on two cores."""
    messages = [
        message for message in load_data(str(project / "data" / "nlu")).intent_examples if message.get(TEXT)
    ]
    hands = deal([message.get(INTENT) for message in messages], folds)
    cases: list[Case] = []
    for fold in range(folds):
        taught = [message for message, hand in zip(messages, hands, strict=True) if hand != fold]
        held = [message for message, hand in zip(messages, hands, strict=True) if hand == fold]
        cases += Understanding(taught, project / CATALOGUE).look_at(held)
    return Report(cases)


def main(project: Path = PROJECT) -> None:
    """Cross-validate and print the report."""
    cross_validate(project).show(Console())


class Understanding:
    """The pipeline's parts, taught outside Rasa."""

    def __init__(self, taught: Sequence[Message], catalogue: Path) -> None:
        self._encoder = Encoder.load()
        texts = [message.get(TEXT) for message in taught]
        self._extractor: Extractor = make_extractor(ShopWords.learn(catalogue, map(example_of, taught)))
        self._speller = Speller.learn(texts, self._encoder.words())
        found = [self._extractor.extract(text) for text in texts]
        self._model = IntentModel.fit(
            self._examples(texts, found), [message.get(INTENT) for message in taught]
        )

    def look_at(self, held: Sequence[Message]) -> Iterator[Case]:
        """What it makes of messages, beside what they are."""
        texts = [message.get(TEXT) for message in held]
        found = [self._extractor.extract(text) for text in texts]
        answers = self._model.answer(self._examples(texts, found))
        for message, spans, answer in zip(held, found, answers, strict=True):
            likeliest = answer.ranking[0][0]
            yield Case(
                text=message.get(TEXT),
                intent=message.get(INTENT),
                likeliest=likeliest,
                answer=likeliest if answer.believed else FALLBACK,
                named=_annotated(message),
                found=frozenset((span.entity, span.start, span.end) for span in spans),
            )

    def _examples(self, texts: Sequence[str], found: Sequence[Sequence[Span]]) -> Examples:
        readings = [
            Reading.of(text, spans, self._speller.correct) for text, spans in zip(texts, found, strict=True)
        ]
        return Examples(self._encoder.encode([reading.plain for reading in readings]), readings)


def _annotated(message: Message) -> frozenset[Place]:
    return frozenset((e["entity"], e["start"], e["end"]) for e in message.get(ENTITIES) or [])
