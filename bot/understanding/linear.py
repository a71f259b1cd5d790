"""A linear model over a text's meaning (the encoder's vector) and its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from bot.understanding.ngrams import Ngrams
from bot.understanding.reading import Reading

Floats = npt.NDArray[np.float32]

_LETTERS: Final = 0.6
"""The weight of the letters beside the meaning; cross-validated, like the next."""

_FREEDOM: Final = 20.0
"""scikit-learn's C."""


@dataclass(frozen=True)
class Examples:
    """Texts as the model sees them, one a row."""

    vectors: Floats
    readings: Sequence[Reading]

    def __len__(self) -> int:
        return len(self.readings)

    def of(self, rows: Sequence[int]) -> Examples:
        """Some of the rows."""
        return Examples(self.vectors[list(rows)], [self.readings[row] for row in rows])


@dataclass(frozen=True)
class Linear:
    """The weights of one fit: a score a label is `vector @ meaning + letters + named + bias`."""

    labels: tuple[str, ...]
    ngrams: Ngrams
    meaning: Floats
    letters: Floats
    named: Floats
    bias: Floats

    @classmethod
    def fit(cls, examples: Examples, labels: Sequence[str]) -> Self:
        """Fit to examples of at least two labels."""
        masked = [reading.masked for reading in examples.readings]
        ngrams = Ngrams.learn(masked)
        named = np.array([[reading.named] for reading in examples.readings], dtype=np.float32)
        columns = hstack([csr_matrix(examples.vectors), ngrams.matrix(masked) * _LETTERS, csr_matrix(named)])
        # Intents have as many examples as somebody cared to write; that says nothing about how often they
        # come.
        fitted = LogisticRegression(C=_FREEDOM, max_iter=300, tol=1e-3, class_weight="balanced")
        fitted.fit(columns.tocsr().astype(np.float32), list(labels))
        weights, bias = _both_sides(fitted.coef_, fitted.intercept_)
        width = examples.vectors.shape[1]
        return cls(
            tuple(str(label) for label in fitted.classes_),
            ngrams,
            meaning=weights[:width],
            letters=weights[width:-1] * _LETTERS,
            named=weights[-1],
            bias=bias,
        )

    def scores(self, examples: Examples) -> Floats:
        """One row a text, one column a label."""
        found = examples.vectors @ self.meaning + self.bias
        for row, reading in enumerate(examples.readings):
            columns, values = self.ngrams.row(reading.masked)
            found[row] += values @ self.letters[columns] + reading.named * self.named
        return found


def _both_sides(weights: npt.NDArray[np.float64], bias: npt.NDArray[np.float64]) -> tuple[Floats, Floats]:
    """scikit-learn gives two labels one column; we want one each, and float32."""
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32)


def softmax(scores: Floats, temperature: float) -> Floats:
    """Probabilities, one row a text."""
    heated = scores / temperature
    powers = np.exp(heated - heated.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def nearest(vectors: Floats, known: Floats) -> Floats:
    """The cosine of each vector to the nearest of `known`; -1 where there is none."""
    # A product of this size is given to several threads, which on a busy machine wait for each other: for
    # one text
    # it is quicker without.
    cosines = np.einsum("nd,kd->nk", vectors, known) if len(vectors) == 1 else vectors @ known.T
    closest: Floats = cosines.max(axis=1, initial=-1.0)
    return closest
