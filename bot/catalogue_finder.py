"""The search over the catalogue by what words mean: `something warm for hiking`.

The texts of the catalogue come with every search; their vectors are kept for as long as the texts stay the
same, in memory and on disk, so that a search encodes one sentence and multiplies one matrix.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.encoder import Encoder, Vectors

_KEPT: Final = "catalogue"
_BEST, _MEAN = 0.7, 0.3
"""How much a thing's nearest text counts, and how much the mean of all of them."""


@dataclass(frozen=True)
class _Index:
    things: Mapping[int, Sequence[str]]
    keys: tuple[int, ...]
    vectors: Vectors
    starts: npt.NDArray[np.intp]
    counts: npt.NDArray[np.intp]


class CatalogueFinder:
    """How near the things of a catalogue come to a wish. Safe to use from several threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._index: _Index | None = None
        self._lock = threading.Lock()

    def nearness(self, wish: str, things: Mapping[int, Sequence[str]]) -> Mapping[int, float]:
        """By key of the thing: how near its texts come to the wish (at most 1); empty for an empty wish.

        The first time for new texts takes as long as encoding them does (3 ms a text); every other time finds
        their vectors kept.
        """
        if not wish.strip() or not things:
            return {}
        index = self._indexed(things)
        cosines = index.vectors @ self._encoder.encode([wish])[0]
        best = np.maximum.reduceat(cosines, index.starts)
        mean = np.add.reduceat(cosines, index.starts) / index.counts
        return dict(zip(index.keys, (_BEST * best + _MEAN * mean).tolist(), strict=True))

    def _indexed(self, things: Mapping[int, Sequence[str]]) -> _Index:
        index = self._index
        if index is not None and (index.things is things or index.things == things):
            return index
        with self._lock:
            index = self._index = self._built(things)
            return index

    def _built(self, things: Mapping[int, Sequence[str]]) -> _Index:
        texts = {key: [text for text in some if text.strip()] or [" "] for key, some in things.items()}
        vectors = self._encoder.encode_kept([text for some in texts.values() for text in some], _KEPT)
        counts = np.array([len(some) for some in texts.values()], dtype=np.intp)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)
        return _Index(things, tuple(texts), vectors, starts, counts)
