"""The classifier as a component of Rasa's pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.intent_classifier import RANKING_LENGTH, IntentClassifier
from bot.understanding.sentence_featurizer import SentenceFeaturizer
from tests.bot.components import Workbench, message, training_data

DATA = {
    "greet": ["hello", "hi there", "good morning", "hey", "good evening", "howdy"],
    "track": [
        "where is my parcel",
        "track my order",
        "has it shipped",
        "when will it arrive",
        "where's my delivery",
        "order status please",
    ],
    "points": [
        "how many points do I have",
        "my points balance",
        "show my points",
        "points please",
        "do I have any points",
        "what's my balance of points",
    ],
    "out_of_scope": ["who won the match", "tell me a joke", "what's the weather", "write a poem about cats"],
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    made, data = Workbench(tmp_path_factory.mktemp("model")), training_data(**DATA)
    made.make(SentenceFeaturizer).train(data)
    made.load(SentenceFeaturizer).process_training_data(data)
    made.make(IntentClassifier).train(data)
    return made


def understood(bench: Workbench, *texts: str, **config: Any) -> list[Message]:
    messages = bench.load(SentenceFeaturizer).process([message(text) for text in texts])
    return bench.load(IntentClassifier, **config).process(messages)  # type: ignore[no-any-return]


def test_it_knows_its_intents_in_other_words(bench: Workbench) -> None:
    messages = understood(bench, "any news about my parcel?", "hiya", "what are my points")
    assert [one.get(INTENT)["name"] for one in messages] == ["track", "greet", "points"]


def test_the_output_is_in_rasas_format(bench: Workbench) -> None:
    [one] = understood(bench, "where is my parcel")
    output = one.as_dict(only_output_properties=True)
    assert output[INTENT] == output[INTENT_RANKING_KEY][0]
    assert {"name", "confidence"} == set(output[INTENT])
    assert 0.5 < output[INTENT]["confidence"] <= 1


def test_the_ranking_is_as_long_as_configured(bench: Workbench) -> None:
    [one] = understood(bench, "where is my parcel", **{RANKING_LENGTH: 2})
    assert len(one.get(INTENT_RANKING_KEY)) == 2


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_what_it_does_not_believe_falls_back(bench: Workbench, text: str) -> None:
    [one] = understood(bench, text)
    first, *others = one.get(INTENT_RANKING_KEY)
    assert first == one.get(INTENT)
    assert first["name"] == "nlu_fallback"
    assert 0 < first["confidence"] < 1
    assert {other["name"] for other in others} == set(DATA)


def test_out_of_scope_is_an_intent_of_its_own(bench: Workbench) -> None:
    [one] = understood(bench, "please tell me a funny joke")
    assert one.get(INTENT)["name"] == "out_of_scope"


def test_several_messages_are_answered_as_one_by_one(bench: Workbench) -> None:
    texts = ["hello you", "where is it", "points"]
    together = understood(bench, *texts)
    for text, one in zip(texts, together, strict=True):
        [alone] = understood(bench, text)
        assert alone.get(INTENT)["name"] == one.get(INTENT)["name"]


def test_nothing_is_pickled(bench: Workbench) -> None:
    with bench._storage.read_from(bench._surroundings(IntentClassifier)[1]) as folder:
        assert {file.name for file in folder.iterdir()} == {"intents.npz", "intents.json"}


def test_a_single_intent_is_nothing_to_learn(tmp_path: Path) -> None:
    bench, data = Workbench(tmp_path), training_data(greet=["hello", "hi"])
    bench.make(SentenceFeaturizer).train(data)
    bench.load(SentenceFeaturizer).process_training_data(data)
    bench.make(IntentClassifier).train(data)
    [one] = understood(bench, "hello")
    assert one.get(INTENT) is None
