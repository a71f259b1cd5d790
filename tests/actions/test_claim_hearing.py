"""What words say about a claim: the kind, whether somebody looked, what is wanted, what is left."""

from __future__ import annotations

import pytest

from actions.claims import claim_hearing
from actions.heard import Heard
from crm_store.models import ClaimKind, Remedy


def heard(text: str, intent: str = "inform", **entities: str) -> Heard:
    return Heard(text, intent, 0.9, tuple(entities.items()))


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("my parcel never arrived", "report_missing_parcel", ClaimKind.MISSING_PARCEL),
        ("it says delivered but it's not here", "report_missing_parcel", ClaimKind.MISSING_PARCEL),
        ("the neighbour doesn't have it", "report_missing_parcel", ClaimKind.MISSING_PARCEL),
        ("the beanie wasn't in the parcel", "report_missing_parcel", ClaimKind.MISSING_ITEM),
        ("One item wasn't in the box", "report_missing_parcel", ClaimKind.MISSING_ITEM),
        ("half of my order is missing", "report_missing_parcel", ClaimKind.MISSING_ITEM),
        ("my mug is cracked", "report_damaged_item", ClaimKind.DAMAGED),
        ("faulty product", "report_damaged_item", ClaimKind.DAMAGED),
        ("wrong item sent", "report_damaged_item", ClaimKind.WRONG_ITEM),
        ("I received somebody else's order", "report_damaged_item", ClaimKind.WRONG_ITEM),
        ("i recieved a mug instead of a bottle", "report_damaged_item", ClaimKind.WRONG_ITEM),
    ],
)
def test_the_kind(text: str, intent: str, kind: ClaimKind) -> None:
    assert claim_hearing.kind_of(heard(text, intent)) is kind


def test_a_button_names_the_kind() -> None:
    pressed = heard("", "report_damaged_item", reason="wrong_item")
    assert claim_hearing.kind_of(pressed) is ClaimKind.WRONG_ITEM


@pytest.mark.parametrize(
    ("text", "looked"),
    [
        ("still not there", True),
        ("I asked all of them and nobody has it", True),
        ("the neighbour hasn't got it, he doesn't have it", True),
        ("found it, thanks", False),
        ("oh it turned up", False),
        ("what?", None),
    ],
)
def test_whether_somebody_looked(text: str, looked: bool | None) -> None:
    assert claim_hearing.has_looked(heard(text)) is looked


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("send it again", Remedy.RESEND),
        ("a replacement please", Remedy.RESEND),
        ("the money", Remedy.REFUND),
        ("12.60 back please", Remedy.REFUND),
        ("refund", Remedy.REFUND),
        ("1", Remedy.RESEND),
        ("2", Remedy.REFUND),
        ("send me the money", None),
        ("hm", None),
    ],
)
def test_what_is_wanted(text: str, wanted: Remedy | None) -> None:
    assert claim_hearing.remedy_in(heard(text)) is wanted


@pytest.mark.parametrize("text", ["never mind", "ok forget it", "cancel", "drop it please", "Oh, it's fine."])
def test_leaving(text: str) -> None:
    assert claim_hearing.is_leaving(heard(text))


@pytest.mark.parametrize("text", ["never mind the box, the mug is broken", "cancel my order A-10001", "no"])
def test_not_leaving(text: str) -> None:
    assert not claim_hearing.is_leaving(heard(text))


@pytest.mark.parametrize(
    ("text", "intent", "aside"),
    [
        ("how many points do I have", "check_points", True),
        ("show me my offers", "show_offers", True),
        ("the size label says L", "sizing_help", False),
        ("it leaks from the bottom", "product_question", False),
        ("can I have my money back?", "request_refund", False),
        ("the handle came off", "report_damaged_item", False),
    ],
)
def test_asides(text: str, intent: str, aside: bool) -> None:
    assert claim_hearing.is_aside(heard(text, intent)) is aside
