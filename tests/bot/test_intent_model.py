"""The classifier's parts: letters, calibration, and the gate for what it does not know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bot.understanding.gate import Gate
from bot.understanding.intent_model import IntentModel
from bot.understanding.linear import Examples, Linear, nearest, softmax
from bot.understanding.ngrams import Ngrams
from bot.understanding.reading import Reading
from bot.understanding.trial import ROUNDS, Trial, deal, rounds


def clusters(count: int, each: int, *, seed: int = 1) -> tuple[Examples, list[str]]:
    """`count` labels, each with `each` texts around a direction of its own."""
    random = np.random.default_rng(seed)
    centres = np.eye(count, 40)
    vectors = np.repeat(centres, each, axis=0) + random.normal(0, 0.1, (count * each, 40))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = [f"label{place}" for place in range(count) for _ in range(each)]
    readings = [Reading("some text", "some text") for _ in labels]
    return Examples(vectors.astype(np.float32), readings), labels


class TestNgrams:
    ngrams = Ngrams.learn(["where is it", "where was it", "nowhere"])

    def test_rows_have_length_one(self) -> None:
        _, values = self.ngrams.row("where is that")
        assert np.linalg.norm(values) == pytest.approx(1)

    def test_pieces_of_one_text_only_are_left_out(self) -> None:
        assert "wh" in self.ngrams.places
        assert "now" not in self.ngrams.places

    @pytest.mark.parametrize("text", ["", "\0", "😀😀", "zzz"])
    def test_a_text_without_known_pieces_is_empty(self, text: str) -> None:
        columns, values = self.ngrams.row(text)
        assert len(columns) == len(values) == 0

    def test_the_matrix_has_the_same_rows(self) -> None:
        matrix = self.ngrams.matrix(["where is it", "zzz"])
        columns, values = self.ngrams.row("where is it")
        assert matrix[0, columns].toarray()[0] == pytest.approx(values)
        assert matrix[1].nnz == 0


class TestLinear:
    def test_it_tells_labels_apart(self) -> None:
        examples, labels = clusters(4, 12)
        linear = Linear.fit(examples, labels)
        assert [linear.labels[column] for column in linear.scores(examples).argmax(axis=1)] == labels

    def test_two_labels_get_two_scores(self) -> None:
        examples, labels = clusters(2, 10)
        scores = Linear.fit(examples, labels).scores(examples)
        assert scores.shape == (20, 2)
        assert softmax(scores, 1.0).sum(axis=1) == pytest.approx(np.ones(20))

    def test_letters_count_beside_the_meaning(self) -> None:
        vectors = np.tile(np.eye(1, 40, dtype=np.float32), (20, 1))
        words = ["refund", "return"] * 10
        examples = Examples(vectors, [Reading(word, word) for word in words])
        linear = Linear.fit(examples, words)
        assert [linear.labels[column] for column in linear.scores(examples).argmax(axis=1)] == words


class TestTrial:
    def test_every_label_is_dealt_out_evenly(self) -> None:
        labels = ["a"] * 11 + ["b"] * 5
        hands = deal(labels, 5)
        assert Counter(zip(labels, hands, strict=True)) == Counter(
            {("a", 0): 3} | {("a", hand): 2 for hand in range(1, 5)} | {("b", hand): 1 for hand in range(5)}
        )

    def test_every_label_is_left_out_once(self) -> None:
        labels = [f"label{number}" for number in range(10) for _ in range(10)]
        absent = [set(labels) - {labels[row] for row in taught} for taught, _ in rounds(labels)]
        assert len(absent) == ROUNDS
        assert sorted(label for some in absent for label in some) == sorted(set(labels))

    def test_what_is_taught_is_not_looked_at(self) -> None:
        for taught, held in rounds(["a", "b", "c"] * 10):
            assert not set(taught) & set(held)
            assert len(taught) + len(held) == 30

    @pytest.mark.parametrize("labels", [[], ["a"], ["a", "b"], ["a", "a", "a", "b"]])
    def test_too_little_to_try_is_no_error(self, labels: list[str]) -> None:
        examples = Examples(
            np.eye(max(1, len(labels)), 40, dtype=np.float32), [Reading("x", "x")] * len(labels)
        )
        assert Trial.run(examples, labels).gate() == Gate()


class TestGate:
    def test_it_learns_to_reject_what_is_far(self) -> None:
        random = np.random.default_rng(3)
        probability = random.uniform(0.4, 0.9, 400).astype(np.float32)
        unknown = np.arange(400) < 200
        near = np.where(unknown, 0.3, 0.8).astype(np.float32) + random.normal(0, 0.05, 400).astype(np.float32)
        gate = Gate.learn(probability, near, right=~unknown, unknown=unknown)
        believed = gate.score(probability, near) >= gate.threshold
        assert believed[~unknown].mean() > 0.95
        assert believed[unknown].mean() < 0.05

    def test_without_evidence_the_softmax_decides(self) -> None:
        few = np.ones(3, dtype=np.float32)
        gate = Gate.learn(few, few, right=few > 0, unknown=few < 0)
        assert gate.score(np.float32([0.39, 0.41]), np.float32([1, 0])) == pytest.approx(
            [0.39, 0.41], abs=1e-5
        )
        assert gate.threshold == 0.4


class TestIntentModel:
    examples, labels = clusters(12, 15)
    model = IntentModel.fit(examples, labels)

    def test_it_answers_and_believes(self) -> None:
        answers = self.model.answer(self.examples)
        right = [
            answer.believed and answer.ranking[0][0] == label
            for answer, label in zip(answers, self.labels, strict=True)
        ]
        assert np.mean(right) > 0.9

    def test_rankings_are_probabilities_in_order(self) -> None:
        ranking = self.model.answer(self.examples)[0].ranking
        shares = [share for _, share in ranking]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1, abs=1e-4)

    def test_what_is_unlike_everything_is_not_believed(self) -> None:
        strange = Examples(-self.examples.vectors[:5], [Reading("?", "?")] * 5)
        assert not any(answer.believed for answer in self.model.answer(strange))

    def test_an_empty_text_is_not_believed(self) -> None:
        empty = Examples(self.examples.vectors[:1], [Reading("  ", "  ")])
        assert not self.model.answer(empty)[0].believed

    @pytest.mark.parametrize("text", ["😡", "★★", "1" * 3000])
    def test_signs_that_no_example_has_are_not_believed(self, text: str) -> None:
        signs = Examples(self.examples.vectors[:1], [Reading(text, text)])
        assert not self.model.answer(signs)[0].believed

    def test_one_text_and_many_get_the_same_answer(self) -> None:
        many = self.model.answer(self.examples)[7]
        [one] = self.model.answer(self.examples.of([7]))
        assert one.ranking[0] == (many.ranking[0][0], pytest.approx(many.ranking[0][1], abs=1e-5))

    def test_no_texts_no_answers(self) -> None:
        assert self.model.answer(self.examples.of([])) == []

    def test_it_is_the_same_after_saving(self, tmp_path: Path) -> None:
        self.model.save(tmp_path)
        again = IntentModel.load(tmp_path)
        assert again.gate == self.model.gate
        for before, after in zip(self.model.answer(self.examples), again.answer(self.examples), strict=True):
            assert after.believed == before.believed
            assert after.ranking[0] == (before.ranking[0][0], pytest.approx(before.ranking[0][1], abs=1e-3))


def test_nearest_of_nothing_is_far() -> None:
    assert nearest(np.ones((2, 3), dtype=np.float32), np.zeros((0, 3), dtype=np.float32)).tolist() == [-1, -1]
