"""The customer's words for a reason, and for what they want."""

from __future__ import annotations

import pytest

from actions.language.item_choice import Listed
from actions.returns.return_by_line import reasons_by_line
from actions.returns.return_reasons import LABELS, OFFERED, is_bad_fit, offered_reason, reason_in
from actions.returns.return_resolutions import clear_wish, resolution_in, wants_money
from crm_store.models import Resolution, ReturnReason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("too_small", ReturnReason.TOO_SMALL),
        ("they’re a bit tight around the toes", ReturnReason.TOO_SMALL),
        ("on the small side", ReturnReason.TOO_SMALL),
        ("I need a bigger size", ReturnReason.TOO_SMALL),
        ("it's not damaged, just way too big", ReturnReason.TOO_LARGE),
        ("sleeves are too long", ReturnReason.TOO_LARGE),
        ("one size down please", ReturnReason.TOO_LARGE),
        ("the zip is broken", ReturnReason.DAMAGED),
        ("came with a hole", ReturnReason.DAMAGED),
        ("doesn't work", ReturnReason.DAMAGED),
        ("you sent me the wrong colour", ReturnReason.WRONG_ITEM),
        ("not what I ordered", ReturnReason.WRONG_ITEM),
        ("I ordered the wrong one", ReturnReason.CHANGED_MIND),
        ("looks nothing like the photo", ReturnReason.NOT_AS_DESCRIBED),
        ("heavier than I expected", ReturnReason.NOT_AS_DESCRIBED),
        ("feels cheap", ReturnReason.QUALITY),
        ("got it cheaper elsewhere", ReturnReason.CHANGED_MIND),
        ("came two days late", ReturnReason.ARRIVED_LATE),
        ("don't like the colour", ReturnReason.CHANGED_MIND),
        ("she already has one", ReturnReason.CHANGED_MIND),
        ("I'd rather not say", ReturnReason.CHANGED_MIND),
        ("my dog is called Ben", None),
        ("", None),
    ],
)
def test_reasons(text: str, reason: ReturnReason | None) -> None:
    assert reason_in(text) is reason


def test_what_does_not_fit_may_be_too_small_or_too_large() -> None:
    assert is_bad_fit("it doesn't fit me")
    assert is_bad_fit("wrong size")
    assert not is_bad_fit("it doesn't fit, too small")


def test_a_reason_by_its_place() -> None:
    assert offered_reason("3") is OFFERED[2]
    assert offered_reason("1 and 2") is None
    assert set(LABELS) == set(ReturnReason)


def test_every_item_may_have_its_own_reason() -> None:
    chosen = [Listed(1, "Errigal Hiking Boots, black, 42"), Listed(2, "Puffin Enamel Mug, blue")]
    said = reasons_by_line("the boots are too small and the mug is broken", chosen)
    assert said == {1: ReturnReason.TOO_SMALL, 2: ReturnReason.DAMAGED}
    assert reasons_by_line("the boots and the mug are too small", chosen) == {}


@pytest.mark.parametrize(
    ("text", "resolution"),
    [
        ("store credit please", Resolution.STORE_CREDIT),
        ("the one with 10% more", Resolution.STORE_CREDIT),
        ("gimme the credit", Resolution.STORE_CREDIT),
        ("my credit card", Resolution.REFUND_CARD),
        ("a refund rather than credit, to the card I used", Resolution.REFUND_CARD),
        ("I don't want store credit, I want cash back on my card", Resolution.REFUND_CARD),
        ("back to paypal", Resolution.REFUND_CARD),
        ("money back", Resolution.REFUND_CARD),
        ("Could I have my refund as store credit instead?", Resolution.STORE_CREDIT),
        ("no, exchange it instead", Resolution.EXCHANGE),
        ("no exchange it instead", Resolution.EXCHANGE),
        ("another size", Resolution.EXCHANGE),
        ("I don't want a refund, just the right size", Resolution.EXCHANGE),
        ("I don't want an exchange, I just want to send it back", None),
        ("card or store credit?", None),
        ("hello", None),
    ],
)
def test_resolutions(text: str, resolution: Resolution | None) -> None:
    assert resolution_in(text) is resolution


def test_money_back_leaves_open_which_way() -> None:
    assert wants_money("I want my money back")
    assert clear_wish("I want my money back") is None
    assert clear_wish("money back on my card") is Resolution.REFUND_CARD
    assert not wants_money("no refund please")
