"""What a model makes of texts it has not seen: the ground for calibrating it, taken from the training data
alone.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]

from bot.understanding.gate import Flags, Gate
from bot.understanding.linear import Examples, Floats, Linear, nearest, softmax

NONE_OF_OURS: Final = "out_of_scope"
"""The one intent whose examples are about nothing in particular: being near them makes no text familiar."""

ROUNDS: Final = 5
_SEED: Final = 7

Held = tuple[list[int], list[int]]
"""Rows to teach, and rows held back."""


@dataclass(frozen=True)
class Trial:
    """In each of `ROUNDS` rounds a share of every intent's examples is held back, and some intents
    altogether: their texts stand for what no intent covers. One row a text held back that was not taken for
    `NONE_OF_OURS`.
    """

    probability: Floats
    """Of the likeliest intent."""
    near: Floats
    """The cosine to the nearest text taught."""
    right: Flags
    unknown: Flags
    """No intent that was taught covers it."""
    temperature: float
    """Makes the probabilities as high as the model is right."""

    @classmethod
    def run(cls, examples: Examples, labels: Sequence[str]) -> Self:
        """Hold back, fit, look."""
        scored: list[tuple[Floats, int | None]] = []
        looked: list[tuple[Floats, float, bool, bool]] = []
        for taught, held in rounds(labels):
            linear = Linear.fit(examples.of(taught), [labels[row] for row in taught])
            columns = {label: column for column, label in enumerate(linear.labels)}
            ours = [row for row in taught if labels[row] != NONE_OF_OURS]
            scores = linear.scores(examples.of(held))
            near = nearest(examples.vectors[held], examples.vectors[ours])
            for score, row, closeness in zip(scores, held, near, strict=True):
                scored.append((score, columns.get(labels[row])))
                guess = linear.labels[int(score.argmax())]
                if guess != NONE_OF_OURS:
                    covered = labels[row] in columns and labels[row] != NONE_OF_OURS
                    looked.append((score, float(closeness), guess == labels[row], not covered))
        temperature = _temperature(scored)
        return cls(
            probability=np.array([softmax(s[None], temperature).max() for s, *_ in looked], dtype=np.float32),
            near=np.array([closeness for _, closeness, _, _ in looked], dtype=np.float32),
            right=np.array([right for *_, right, _ in looked], dtype=bool),
            unknown=np.array([unknown for *_, unknown in looked], dtype=bool),
            temperature=temperature,
        )

    def gate(self) -> Gate:
        """The gate that these texts teach."""
        return Gate.learn(self.probability, self.near, right=self.right, unknown=self.unknown)


def rounds(labels: Sequence[str]) -> Iterator[Held]:
    """The rounds in which at least two intents can be taught and something is left to look at."""
    shuffled = sorted(set(labels) - {NONE_OF_OURS})
    random.Random(_SEED).shuffle(shuffled)  # noqa: S311 - no secret
    part = deal(labels, ROUNDS)
    for turn in range(ROUNDS):
        left_out = set(shuffled[turn::ROUNDS]) if len(shuffled) >= 2 * ROUNDS else set()
        held = [row for row, label in enumerate(labels) if label in left_out or part[row] == turn]
        taught = sorted(set(range(len(labels))) - set(held))
        if held and len({labels[row] for row in taught}) > 1:
            yield taught, held


def deal(labels: Sequence[str], hands: int) -> list[int]:
    """Deal the rows out so that every hand gets its share of every label's: the hand of each row."""
    rows = list(range(len(labels)))
    random.Random(_SEED).shuffle(rows)  # noqa: S311 - no secret
    dealt: Counter[str] = Counter()
    hand = [0] * len(labels)
    for row in rows:
        hand[row] = dealt[labels[row]] % hands
        dealt[labels[row]] += 1
    return hand


def _temperature(scored: Sequence[tuple[Floats, int | None]]) -> float:
    """The temperature at which the right labels are likeliest; 1 when there is nothing to look at."""
    groups: dict[int, list[tuple[Floats, int]]] = {}
    for score, column in scored:
        if column is not None:
            groups.setdefault(len(score), []).append((score, column))
    if not groups:
        return 1.0
    stacked = [
        (np.stack([s for s, _ in group]), np.array([c for _, c in group])) for group in groups.values()
    ]

    def surprise(temperature: float) -> float:
        return sum(
            float(-np.log(softmax(scores, temperature)[np.arange(len(right)), right] + 1e-9).sum())
            for scores, right in stacked
        )

    return float(minimize_scalar(surprise, bounds=(0.2, 5.0), method="bounded").x)
