"""The evaluation: figures are right, and cross-validation looks at every message once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluation import cross_validate
from bot.evaluation_report import Case, Report

NLU = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello
    - hi there
    - good morning
    - hey you
- intent: track_order
  examples: |
    - where is my order [A-10042](order_number)
    - track [10099](order_number)
    - has my parcel been sent
    - when will the parcel come
- intent: out_of_scope
  examples: |
    - who won the match
    - tell me a joke
    - what is the weather like
    - write a poem
"""


def case(intent: str, likeliest: str, answer: str, **things: set[tuple[str, int, int]]) -> Case:
    return Case(
        "some text",
        intent,
        likeliest,
        answer,
        named=frozenset(things.get("named", ())),
        found=frozenset(things.get("found", ())),
    )


REPORT = Report(
    [
        case("greet", "greet", "greet", named={("size", 0, 1)}, found={("size", 0, 1), ("date", 2, 4)}),
        case("greet", "track", "track", named={("size", 3, 4)}),
        case("track", "track", "nlu_fallback"),
        case("out_of_scope", "track", "nlu_fallback"),
        case("out_of_scope", "out_of_scope", "out_of_scope"),
        case("out_of_scope", "greet", "greet"),
    ]
)


class TestReport:
    def test_a_rejection_is_right_for_what_is_none_of_ours(self) -> None:
        assert REPORT.accuracy == pytest.approx(3 / 6)
        assert REPORT.out_of_scope_recall == pytest.approx(2 / 3)

    def test_the_likeliest_counts_without_the_gate(self) -> None:
        assert REPORT.likeliest_accuracy == pytest.approx(3 / 6)

    def test_asked_back_and_misunderstood(self) -> None:
        assert REPORT.asked_back == pytest.approx(1 / 3)
        assert REPORT.misunderstood == pytest.approx(1 / 3)

    def test_intents(self) -> None:
        scores = {score.name: score for score in REPORT.intents()}
        assert (scores["track"].precision, scores["track"].recall) == (pytest.approx(1 / 3), 1)
        assert scores["greet"].f1 == pytest.approx(0.5)
        assert REPORT.macro_f1 == pytest.approx((0.5 + 0.5 + 0.5) / 3)

    def test_entities_need_the_same_characters(self) -> None:
        scores = {score.name: score for score in REPORT.entities()}
        assert (scores["size"].precision, scores["size"].recall) == (1, 0.5)
        assert (scores["date"].precision, scores["date"].recall) == (0, 0)

    def test_confusions(self) -> None:
        assert REPORT.confusions()[0][:2] == ("greet", "track")
        assert len(REPORT.confusions()) == 3

    def test_it_can_be_shown(self) -> None:
        console = Console(width=120)
        with console.capture() as shown:
            REPORT.show(console)
        assert "Weakest intents" in shown.get()

    def test_nothing_looked_at_is_no_error(self) -> None:
        assert Report([]).accuracy == Report([]).macro_f1 == 0


def test_cross_validation_looks_at_every_message_once(tmp_path: Path) -> None:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "all.yml").write_text(NLU, encoding="utf-8")
    report = cross_validate(tmp_path, folds=2)
    assert len(report.cases) == len({one.text for one in report.cases}) == 12
    assert {score.name: score.f1 for score in report.entities()} == {"order_number": 1}
    assert report.likeliest_accuracy > 0.5
