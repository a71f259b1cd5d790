"""What an evaluation found, in figures and as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rich.console import Console
from rich.table import Table

from bot.understanding.trial import NONE_OF_OURS

REJECTIONS: Final = frozenset({NONE_OF_OURS, FALLBACK})
_SHOWN: Final = 15

Place = tuple[str, int, int]
"""An entity and the characters it covers."""


@dataclass(frozen=True)
class Case:
    """One message: what it is, and what it was taken for before the gate (`likeliest`) and after."""

    text: str
    intent: str
    likeliest: str
    answer: str
    named: frozenset[Place]
    found: frozenset[Place]

    @property
    def is_right(self) -> bool:
        """A message that is none of ours is right when it is rejected, by whatever name."""
        return self.answer in REJECTIONS if self.intent == NONE_OF_OURS else self.answer == self.intent


@dataclass(frozen=True)
class Score:
    """Hits, false alarms and misses of one intent or entity."""

    name: str
    hits: int
    alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / max(1, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.hits / max(1, 2 * self.hits + self.alarms + self.misses)


@dataclass(frozen=True)
class Report:
    """All cases of an evaluation."""

    cases: Sequence[Case]

    @property
    def accuracy(self) -> float:
        """The share of messages answered right: with their intent, or rejected where they have none."""
        return self._share(self.cases, lambda case: case.is_right)

    @property
    def likeliest_accuracy(self) -> float:
        """The share of messages whose likeliest intent is right, believed or not."""
        return self._share(self.cases, lambda case: case.likeliest == case.intent)

    @property
    def macro_f1(self) -> float:
        """The mean of the intents' F1, by the likeliest intent."""
        scores = self.intents()
        return sum(score.f1 for score in scores) / max(1, len(scores))

    @property
    def out_of_scope_recall(self) -> float:
        """The share of messages about nothing of ours that were rejected."""
        return self._share(
            [case for case in self.cases if case.intent == NONE_OF_OURS], lambda case: case.is_right
        )

    @property
    def asked_back(self) -> float:
        """The share of messages with an intent of ours that were not believed (`nlu_fallback`)."""
        return self._share(self._ours(), lambda case: case.answer == FALLBACK)

    @property
    def misunderstood(self) -> float:
        """The share of messages with an intent of ours that got another one."""
        return self._share(self._ours(), lambda case: not case.is_right and case.answer != FALLBACK)

    def intents(self) -> list[Score]:
        """Each intent's score by the likeliest intent, weakest first."""
        there, said = Counter(c.intent for c in self.cases), Counter(c.likeliest for c in self.cases)
        hits = Counter(case.intent for case in self.cases if case.intent == case.likeliest)
        return _scores(hits, said, there)

    def entities(self) -> list[Score]:
        """Each entity's score, weakest first. Only the very same characters count as found."""
        there = Counter(place[0] for case in self.cases for place in case.named)
        said = Counter(place[0] for case in self.cases for place in case.found)
        hits = Counter(place[0] for case in self.cases for place in case.found & case.named)
        return _scores(hits, said, there)

    def confusions(self) -> list[tuple[str, str, list[str]]]:
        """Intent, the other it was taken for, and the texts; the most frequent first."""
        pairs: dict[tuple[str, str], list[str]] = {}
        for case in self.cases:
            if case.likeliest != case.intent:
                pairs.setdefault((case.intent, case.likeliest), []).append(case.text)
        return sorted(((a, b, texts) for (a, b), texts in pairs.items()), key=lambda pair: -len(pair[2]))

    def show(self, console: Console) -> None:
        """Print the figures as tables."""
        console.print(_figures(self))
        console.print(_table("Weakest intents", self.intents()[:_SHOWN]))
        console.print(_table("Entities", self.entities()))
        confusions = Table("intent", "taken for", "times", "for example", title="Most frequent confusions")
        for intent, other, texts in self.confusions()[:_SHOWN]:
            confusions.add_row(intent, other, str(len(texts)), texts[0])
        console.print(confusions)

    def _ours(self) -> list[Case]:
        return [case for case in self.cases if case.intent != NONE_OF_OURS]

    @staticmethod
    def _share(cases: Sequence[Case], wanted: Callable[[Case], bool]) -> float:
        return sum(map(wanted, cases)) / max(1, len(cases))


def _scores(hits: Counter[str], said: Counter[str], there: Counter[str]) -> list[Score]:
    scores = [
        Score(name, hits[name], said[name] - hits[name], there[name] - hits[name]) for name in said | there
    ]
    return sorted(scores, key=lambda score: score.f1)


def _figures(report: Report) -> Table:
    figures = Table(
        "figure", "value", title=f"Understanding, cross-validated on {len(report.cases)} messages"
    )
    for name, value in (
        ("accuracy: right intent, or rightly rejected", report.accuracy),
        ("accuracy of the likeliest intent", report.likeliest_accuracy),
        ("macro F1 of the likeliest intent", report.macro_f1),
        ("out of scope: rejected", report.out_of_scope_recall),
        ("in scope: asked back", report.asked_back),
        ("in scope: misunderstood", report.misunderstood),
    ):
        figures.add_row(name, f"{value:.3f}")
    return figures


def _table(title: str, scores: Sequence[Score]) -> Table:
    table = Table("name", "precision", "recall", "F1", "there are", title=title)
    for score in scores:
        table.add_row(
            score.name,
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            str(score.hits + score.misses),
        )
    return table
