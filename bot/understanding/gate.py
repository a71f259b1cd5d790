"""The gate: does the classifier know what the text is about, or is it none of its intents?

A softmax is sure of something even for texts unlike anything it was taught. The gate weighs how sure it is
together with how near the text is to the nearest training text. Both weights and the threshold are learnt
from the training data alone, by leaving whole intents out and looking at what the rest makes of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

UNKNOWN_SHARE: Final = 0.2
"""How much of what customers write is taken to be about something that no intent covers."""

ASKING_BACK: Final = 0.1
"""What it is worth to offer the likeliest intents as buttons, where understanding at once is worth 1 and
misunderstanding 0.
"""

_LEAST_KNOWN, _LEAST_UNKNOWN = 40, 20
"""Below, nothing can be learnt, and the softmax alone decides."""

_SUREST: Final = 6.0


@dataclass(frozen=True)
class Gate:
    """`score` is the estimated probability that the likeliest intent is the right one; below `threshold` it
    is not believed.
    """

    sure: float = 1.0
    near: float = 0.0
    bias: float = 0.0
    threshold: float = 0.4

    def score(self, probability: Floats, nearest: Floats) -> Floats:
        """Of each text: the likeliest intent's probability, and the cosine to the nearest training text."""
        logit = self.sure * _logit(probability) + self.near * nearest + self.bias
        scores: Floats = (1 / (1 + np.exp(-logit))).astype(np.float32)
        return scores

    @classmethod
    def learn(cls, probability: Floats, nearest: Floats, *, right: Flags, unknown: Flags) -> Self:
        """Learn from texts that the classifier had not seen: which it got `right`, and which no intent
        covered.
        """
        if (
            (~unknown).sum() < _LEAST_KNOWN
            or unknown.sum() < _LEAST_UNKNOWN
            or right.all()
            or not right.any()
        ):
            return cls()
        shares = np.where(unknown, UNKNOWN_SHARE / unknown.sum(), (1 - UNKNOWN_SHARE) / (~unknown).sum())
        signals = np.column_stack([_logit(probability), nearest])
        fitted = LogisticRegression(C=100.0).fit(signals, right, sample_weight=shares * len(shares))
        sure, near = (float(weight) for weight in fitted.coef_[0])
        gate = cls(sure, near, float(fitted.intercept_[0]))
        best = _best_threshold(gate.score(probability, nearest), right, unknown, shares)
        return cls(sure, near, gate.bias, best)


def _best_threshold(scores: Floats, right: Flags, unknown: Flags, shares: npt.NDArray[np.float64]) -> float:
    """The threshold at which the answers are worth most."""
    candidates = np.linspace(0.1, 0.9, 81)
    rejected = np.where(unknown, 1.0, ASKING_BACK)
    worth = [float((shares * np.where(scores >= limit, right, rejected)).sum()) for limit in candidates]
    return float(candidates[int(np.argmax(worth))])


def _logit(probability: Floats) -> Floats:
    inside = np.clip(probability, 1e-6, 1 - 1e-6)
    logits: Floats = np.clip(np.log(inside / (1 - inside)), -_SUREST, _SUREST)
    return logits
