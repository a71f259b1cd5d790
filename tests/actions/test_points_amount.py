"""Reading how many points somebody wants to redeem."""

from __future__ import annotations

import pytest

from actions.points.points_amount import (
    Fit,
    Share,
    around,
    choices,
    fit,
    only_amount,
    read_amount,
    wants_points,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("200", 200),
        ("redeem 250 pts please", 250),
        ("two hundred", 200),
        ("a thousand points", 1000),
        ("1,000 points", 1000),
        ("€10", 200),
        ("10 euro worth", 200),
        ("a voucher of 12 euros", 300),
        ("all of them", Share.ALL),
        ("as much as possible", Share.ALL),
        ("the max", Share.ALL),
        ("half of it", Share.HALF),
        ("not at all", None),
        ("all right", None),
        ("order A-10042", None),
        ("hello", None),
        ("", None),
    ],
)
def test_what_is_typed(text: str, amount: int | Share | None) -> None:
    assert read_amount(text) == amount


def test_a_button_has_no_text() -> None:
    assert read_amount("", "400") == 400


@pytest.mark.parametrize(
    "text", ["200", "I'd like 200 points please", "ok, make it 300", "all of them", "€10"]
)
def test_an_amount_and_nothing_else(text: str) -> None:
    assert only_amount(text)


@pytest.mark.parametrize("text", ["when do my 200 points expire", "that's all, thanks", "where is A-10042"])
def test_a_number_in_another_question(text: str) -> None:
    assert not only_amount(text)


@pytest.mark.parametrize(
    ("wanted", "balance", "found"),
    [
        (200, 640, Fit(200)),
        (Share.ALL, 640, Fit(600)),
        (Share.HALF, 640, Fit(300)),
        (Share.HALF, 120, Fit(100)),
        (Share.ALL, 99, Fit(None, "too_few")),
        (100, 0, Fit(None, "too_few")),
        (250, 640, Fit(None, "step")),
        (50, 640, Fit(None, "step")),
        (0, 640, Fit(None, "step")),
        (700, 640, Fit(None, "too_many")),
    ],
)
def test_what_the_balance_allows(wanted: int | Share, balance: int, found: Fit) -> None:
    assert fit(wanted, balance) == found


@pytest.mark.parametrize("balance", [0, 99, 100, 340, 640, 1250, 10_000])
def test_every_choice_can_be_redeemed(balance: int) -> None:
    offered = choices(balance)
    assert len(offered) <= 4
    assert all(fit(amount, balance).points == amount for amount in offered)
    assert not balance // 100 or offered[-1] == balance // 100 * 100


def test_the_steps_around_a_number() -> None:
    assert around(250, 640) == [200, 300]
    assert around(250, 260) == [200]
    assert around(50, 640) == [100]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("redeem 300 again", True),
        ("turn 150 into a voucher", True),
        ("the 20% one", False),
        ("use my voucher", False),
    ],
)
def test_a_voucher_that_means_points(text: str, wanted: bool) -> None:
    assert wants_points(text) is wanted
