"""A claim in the making: what the form has gathered so far, and how it is kept in the dialogue's slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from crm_store.claims import ClaimLine
from crm_store.models import ClaimKind, Remedy

ORDER: Final = "claim_order"
LOOKED: Final = "claim_looked"
ITEMS: Final = "claim_items"
QUANTITY: Final = "claim_quantity"
WORDS: Final = "claim_words"
PHOTO: Final = "claim_photo"
REMEDY: Final = "claim_remedy"
CONFIRM: Final = "claim_confirm"
TOLD: Final = "claim_told"
SLOTS: Final = (ORDER, LOOKED, ITEMS, QUANTITY, WORDS, PHOTO, REMEDY, CONFIRM, TOLD)

SPARE_PHOTOS: Final = "spare_photos"
"""The slot with photos that came before anything was said about them."""
SHOWN: Final = frozenset({ClaimKind.DAMAGED, ClaimKind.WRONG_ITEM})
"""What can be described and photographed."""


@dataclass
class Told:
    """What was said besides the answers, and what was found out."""

    kind: str = ""
    text: str = ""
    """Words of the first message: they may name the items."""
    goods: str = ""
    """What of them surely speaks of goods."""
    quantity: int | None = None
    photos: list[str] = field(default_factory=list)
    wish: str = ""
    """The remedy that was wished for before it was asked about."""
    must_look: bool = False
    """The carrier says that it was delivered: the customer looks around first."""
    delivered_part: bool = False
    """Of several parcels, one that was delivered is missing."""

    @classmethod
    def from_slot(cls, value: Mapping[str, Any]) -> Told:
        """Read the slot; what an older version kept in it and this one does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: kept for name, kept in value.items() if name in known})


@dataclass
class Draft:
    """Order, lines, quantities, what is wrong, photos, what is to be done, and the final word."""

    order: str | None = None
    looked: bool | None = None
    items: list[int] = field(default_factory=list)
    quantities: dict[int, int] = field(default_factory=dict)
    words: str | None = None
    photo: bool | None = None
    """Whether the question for a photo is answered, and with one."""
    remedy: Remedy | None = None
    confirm: bool | None = None
    told: Told = field(default_factory=Told)

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Draft:
        """Read the form's slots."""
        remedy = slots.get(REMEDY)
        return cls(
            order=slots.get(ORDER),
            looked=slots.get(LOOKED),
            items=list(slots.get(ITEMS) or []),
            quantities={int(line): count for line, count in (slots.get(QUANTITY) or {}).items()},
            words=slots.get(WORDS),
            photo=slots.get(PHOTO),
            remedy=Remedy(remedy) if remedy else None,
            confirm=slots.get(CONFIRM),
            told=Told.from_slot(slots.get(TOLD) or {}),
        )

    def as_slots(self) -> dict[str, Any]:
        """The form's slots; what is not known yet is None."""
        return {
            ORDER: self.order,
            LOOKED: self.looked,
            ITEMS: self.items or None,
            QUANTITY: {str(line): count for line, count in self.quantities.items()} or None,
            WORDS: self.words,
            PHOTO: self.photo,
            REMEDY: self.remedy.value if self.remedy else None,
            CONFIRM: self.confirm,
            TOLD: vars(self.told).copy(),
        }

    @property
    def kind(self) -> ClaimKind:
        """What went wrong."""
        return ClaimKind(self.told.kind or ClaimKind.DAMAGED)

    def missing(self) -> str | None:
        """The slot to ask for next; None when everything is said."""
        if self.order is None:
            return ORDER
        if self.told.must_look and self.looked is None:
            return LOOKED
        if not self.items:
            return ITEMS
        if any(line not in self.quantities for line in self.items):
            return QUANTITY
        if self.kind in SHOWN and self.words is None:
            return WORDS
        if self.kind in SHOWN and self.photo is None and not self.told.photos:
            return PHOTO
        if self.remedy is None:
            return REMEDY
        return CONFIRM if self.confirm is None else None

    def is_complete(self) -> bool:
        """Whether all is known that a decision needs."""
        return self.missing() in {REMEDY, CONFIRM, None}

    def lines(self) -> list[ClaimLine]:
        """What the store is told; quantities must be known."""
        return [ClaimLine(line, self.quantities[line]) for line in self.items]

    def change_order(self, number: str | None) -> None:
        """Another order: what was chosen of the old one means nothing any more."""
        if self.order is not None:
            self.looked = None
        self.order, self.items, self.quantities = number, [], {}
        self.remedy = self.confirm = None
        self.told.must_look = False

    def change_items(self, items: list[int]) -> None:
        """Other lines."""
        self.items = sorted(dict.fromkeys(items))
        self.quantities = {line: count for line, count in self.quantities.items() if line in self.items}
        self.remedy = self.confirm = None
