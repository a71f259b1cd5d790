"""The featurizer: one vector a text, of what was meant rather than of what was typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.encoder import DIMENSIONS, Encoder
from bot.understanding.entities.span import Span
from bot.understanding.entity_extractor import SPANS
from bot.understanding.reading import Reading
from bot.understanding.sentence_featurizer import READING, SentenceFeaturizer
from bot.understanding.spelling import Speller
from tests.bot.components import Workbench, message, training_data

DATA = {
    "track": ["where is my parcel", "track my parcel please", "has the parcel been sent"],
    "recover": ["I forgot my password", "reset the password"],
}


def vector(message: Message) -> np.ndarray:
    sequence, sentence = message.get_dense_features(TEXT)
    assert sequence is None
    assert sentence is not None
    assert sentence.features.shape == (1, DIMENSIONS)
    return np.asarray(sentence.features[0])


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench(tmp_path)
    made.make(SentenceFeaturizer).train(training_data(**DATA))
    return made


def test_training_examples_get_vectors(tmp_path: Path) -> None:
    data = training_data(**DATA)
    Workbench(tmp_path).make(SentenceFeaturizer).process_training_data(data)
    expected = Encoder.load().encode([example.get(TEXT) for example in data.training_examples])
    assert np.array([vector(example) for example in data.training_examples]) == pytest.approx(
        expected, abs=1e-4
    )


def test_a_loaded_featurizer_corrects_what_it_learnt(bench: Workbench) -> None:
    typed = message("wher is my pasword")
    bench.load(SentenceFeaturizer).process([typed])
    assert typed.get(READING).plain == "wher is my password"
    assert vector(typed) == pytest.approx(Encoder.load().encode(["wher is my password"])[0], abs=1e-4)


def test_many_messages_at_once(bench: Workbench) -> None:
    several = [message("where is it"), message("thanks"), message("where is it")]
    bench.load(SentenceFeaturizer).process(several)
    assert (vector(several[0]) == vector(several[2])).all()
    assert vector(several[0]) @ vector(several[1]) < 0.9


def test_messages_without_text_stay_as_they_are(bench: Workbench) -> None:
    action = Message({"action_name": "action_listen"})
    bench.load(SentenceFeaturizer).process([action])
    assert action.features == []


def test_two_orders_read_alike(bench: Workbench) -> None:
    featurizer = bench.load(SentenceFeaturizer)
    first, second = message("where is A-10042"), message("where is A-10999")
    for one in (first, second):
        one.set(SPANS, [Span("order_number", one.get(TEXT)[9:], 9, 16)])
    featurizer.process([first, second])
    assert (vector(first) == vector(second)).all()


class TestReading:
    def test_names_are_masked_and_not_corrected(self) -> None:
        reading = Reading.of("teh Bothy Tarp plz", [Span("product", "Bothy Tarp", 4, 14)], str.upper)
        assert reading.plain == "TEH Bothy Tarp PLZ"
        assert reading.masked == "TEH product PLZ"
        assert reading.named == pytest.approx(10 / 18)

    @pytest.mark.parametrize("text", ["", "   ", "\0", "x" * 100_000])
    def test_any_text_can_be_read(self, text: str) -> None:
        reading = Reading.of(text, [], str)
        assert reading.named == 0
        assert len(reading.plain) <= 2000


class TestSpeller:
    speller = Speller.learn(
        ["change my address", "the address is wrong", "change it", "a parcel", "my parcel"],
        {"wrong", "boots"},
    )

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("chnage my adress", "change my address"),
            ("ADRESS!", "address!"),
            ("my parcell", "my parcel"),
            ("boots", "boots"),
            ("changed", "changed"),
            ("prcl", "prcl"),
            ("xyzzy", "xyzzy"),
            ("adr3ss", "adr3ss"),
            ("", ""),
        ],
    )
    def test_sure_errors_are_set_right(self, typed: str, meant: str) -> None:
        assert self.speller.correct(typed) == meant

    def test_it_is_the_same_after_saving(self) -> None:
        again = Speller.from_json(self.speller.to_json(), {"wrong", "boots"})
        assert again.correct("chnage the adress of my boots") == "change the address of my boots"
