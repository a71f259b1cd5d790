"""Which intent a text has, how likely, and whether to believe it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np

from bot.understanding.gate import Gate
from bot.understanding.linear import Examples, Floats, Linear, nearest, softmax
from bot.understanding.ngrams import Ngrams
from bot.understanding.reading import Reading
from bot.understanding.trial import NONE_OF_OURS, Trial


@dataclass(frozen=True)
class Answer:
    """The intents with their probabilities, likeliest first, and whether the first one is believed."""

    ranking: list[tuple[str, float]]
    believed: bool


@dataclass(frozen=True)
class IntentModel:
    """A linear model, calibrated, with a gate for what it does not know."""

    linear: Linear
    temperature: float
    gate: Gate
    known: Floats
    """The vectors of the training texts that have an intent of ours."""

    @classmethod
    def fit(cls, examples: Examples, labels: Sequence[str]) -> Self:
        """Learn from examples with at least two different labels."""
        trial = Trial.run(examples, labels)
        known = [row for row, label in enumerate(labels) if label != NONE_OF_OURS]
        return cls(Linear.fit(examples, labels), trial.temperature, trial.gate(), examples.vectors[known])

    def answer(self, examples: Examples) -> list[Answer]:
        """One answer a text."""
        if not len(examples):
            return []
        probabilities = softmax(self.linear.scores(examples), self.temperature)
        near = nearest(examples.vectors, self.known)
        sure = self.gate.score(probabilities.max(axis=1), near) >= self.gate.threshold
        return [
            self._answer(row, bool(believed) and self._can_read(reading))
            for row, believed, reading in zip(probabilities, sure, examples.readings, strict=True)
        ]

    def _can_read(self, reading: Reading) -> bool:
        """Words, or signs that the examples have (`👍`). Any other sign is as near to them as they are."""
        return reading.has_words or len(self.linear.ngrams.row(reading.masked)[0]) > 0

    def _answer(self, probabilities: Floats, sure: bool) -> Answer:
        order = np.argsort(-probabilities, kind="stable")
        ranking = [(self.linear.labels[column], float(probabilities[column])) for column in order]
        return Answer(ranking, sure or ranking[0][0] == NONE_OF_OURS)

    def save(self, folder: Path) -> None:
        """Write two files: numbers as `.npz`, names as `.json`; no pickle."""
        linear = self.linear
        np.savez_compressed(
            folder / "intents.npz",
            meaning=linear.meaning,
            letters=linear.letters.astype(np.float16),
            named=linear.named,
            bias=linear.bias,
            weights=linear.ngrams.weights,
            known=self.known.astype(np.float16),
        )
        names = {
            "labels": linear.labels,
            "pieces": list(linear.ngrams.places),
            "temperature": self.temperature,
            "gate": asdict(self.gate),
        }
        (folder / "intents.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        names = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        with np.load(folder / "intents.npz", allow_pickle=False) as kept:
            numbers = {name: kept[name].astype(np.float32) for name in kept.files}
        ngrams = Ngrams({piece: column for column, piece in enumerate(names["pieces"])}, numbers["weights"])
        linear = Linear(
            tuple(names["labels"]),
            ngrams,
            numbers["meaning"],
            numbers["letters"],
            numbers["named"],
            numbers["bias"],
        )
        return cls(linear, names["temperature"], Gate(**names["gate"]), numbers["known"])
