"""Pieces of words as features: what the encoder's meaning misses, such as a rare word or a typing error."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

_SHORTEST, _LONGEST = 2, 4
_MAX_CHARACTERS: Final = 600
"""Of a long text the beginning says what it wants."""

_LEAST_TEXTS: Final = 2
"""Pieces that only one training text has teach nothing."""


@dataclass(frozen=True)
class Ngrams:
    """Pieces of two to four letters within words, weighed by how telling they are (tf-idf, rows of length
    1).
    """

    places: dict[str, int]
    """Each piece's column."""
    weights: npt.NDArray[np.float32]
    """Each column's inverse document frequency."""

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Self:
        """Learn which pieces there are."""
        found = Counter(piece for text in texts for piece in set(_pieces(text)))
        kept = sorted(piece for piece, count in found.items() if count >= _LEAST_TEXTS)
        weights = [math.log((1 + len(texts)) / (1 + found[piece])) + 1 for piece in kept]
        return cls({piece: column for column, piece in enumerate(kept)}, np.array(weights, dtype=np.float32))

    def row(self, text: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """The columns that are not 0, and their values."""
        places = self.places
        found = Counter(column for piece in _pieces(text) if (column := places.get(piece)) is not None)
        columns = np.fromiter(found.keys(), dtype=np.int32, count=len(found))
        counts = np.fromiter(found.values(), dtype=np.float32, count=len(found))
        values = (1 + np.log(counts)) * self.weights[columns]
        return columns, values / max(float(np.linalg.norm(values)), 1e-9)

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([columns for columns, _ in rows] or [np.zeros(0, dtype=np.int32)])
        values = np.concatenate([values for _, values in rows] or [np.zeros(0, dtype=np.float32)])
        return csr_matrix((values, columns, ends), shape=(len(texts), len(self.places)), dtype=np.float32)


def _pieces(text: str) -> Iterator[str]:
    for word in text[:_MAX_CHARACTERS].lower().split():
        padded = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]
