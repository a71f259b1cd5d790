"""A return in the making: what the form has gathered so far, and how it is kept in the dialogue's slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from crm_store.models import Resolution, ReturnReason
from crm_store.returns import ReturnLine

ORDER: Final = "return_order"
ITEMS: Final = "return_items"
QUANTITY: Final = "return_quantity"
REASON: Final = "return_reason"
RESOLUTION: Final = "return_resolution"
VARIANT: Final = "exchange_variant"
CONFIRM: Final = "return_confirm"
TOLD: Final = "return_told"
SLOTS: Final = (ORDER, ITEMS, QUANTITY, REASON, RESOLUTION, VARIANT, CONFIRM, TOLD)


@dataclass
class Told:
    """What the customer said before it could be used: kept until its question would come."""

    text: str = ""
    """Words that may name the items."""
    everything: bool = False
    """Every piece of what was chosen."""
    quantity: int | None = None
    reason: str | None = None
    resolution: str | None = None
    money: bool = False
    """Money back is wanted, whichever way."""
    wish: str = ""
    """Words about the size and colour wanted instead."""
    sizes: list[str] = field(default_factory=list)
    colors: list[str] = field(default_factory=list)
    asked: bool = False
    """The wish answers the question for it."""
    orders: list[str] = field(default_factory=list)
    """The orders between which the customer is to choose."""
    lines: list[int] = field(default_factory=list)
    """The lines between which the customer is to choose."""
    refused: list[int] = field(default_factory=list)
    """Lines that were refused, and may come back if they are damaged or not what was ordered."""

    @classmethod
    def from_slot(cls, value: Mapping[str, Any]) -> Told:
        """Read the slot; what an older version kept in it and this one does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: kept for name, kept in value.items() if name in known})


@dataclass
class Draft:
    """Order, line numbers, quantity and reason of each line, what is wanted for it, and the final word."""

    order: str | None = None
    items: list[int] = field(default_factory=list)
    quantities: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, ReturnReason] = field(default_factory=dict)
    resolution: Resolution | None = None
    variant: str | None = None
    """The SKU wanted in exchange."""
    confirm: bool | None = None
    told: Told = field(default_factory=Told)

    @classmethod
    def from_slots(cls, slots: dict[str, Any]) -> Draft:
        """Read the form's slots."""
        resolution = slots.get(RESOLUTION)
        return cls(
            order=slots.get(ORDER),
            items=list(slots.get(ITEMS) or []),
            quantities={int(line): count for line, count in (slots.get(QUANTITY) or {}).items()},
            reasons={int(line): ReturnReason(word) for line, word in (slots.get(REASON) or {}).items()},
            resolution=Resolution(resolution) if resolution else None,
            variant=slots.get(VARIANT),
            confirm=slots.get(CONFIRM),
            told=Told.from_slot(slots.get(TOLD) or {}),
        )

    def as_slots(self) -> dict[str, Any]:
        """The form's slots; what is not known yet is None."""
        return {
            ORDER: self.order,
            ITEMS: self.items or None,
            QUANTITY: {str(line): count for line, count in self.quantities.items()} or None,
            REASON: {str(line): reason.value for line, reason in self.reasons.items()} or None,
            RESOLUTION: self.resolution.value if self.resolution else None,
            VARIANT: self.variant,
            CONFIRM: self.confirm,
            TOLD: vars(self.told).copy(),
        }

    def missing(self) -> str | None:
        """The slot to ask for next; None when everything is said."""
        if self.order is None:
            return ORDER
        if not self.items:
            return ITEMS
        if any(line not in self.quantities for line in self.items):
            return QUANTITY
        if self.without_reason():
            return REASON
        if self.resolution is None:
            return RESOLUTION
        if self.resolution is Resolution.EXCHANGE and self.variant is None:
            return VARIANT
        return CONFIRM if self.confirm is None else None

    def without_reason(self) -> list[int]:
        """The chosen lines whose reason is not known."""
        return [line for line in self.items if line not in self.reasons]

    def lines(self) -> list[ReturnLine]:
        """What the store is asked to take back; quantities and reasons must be known."""
        return [ReturnLine(line, self.quantities[line], self.reasons[line]) for line in self.items]

    def change_order(self, number: str | None) -> None:
        """Another order: what was chosen of the old one means nothing any more."""
        self.order, self.items, self.quantities, self.reasons = number, [], {}, {}
        self.variant = self.confirm = None
        self.told = replace(self.told, everything=False, orders=[], lines=[], refused=[])

    def change_items(self, items: list[int]) -> None:
        """Other lines: quantities and reasons of those that stay are kept."""
        self.items = sorted(dict.fromkeys(items))
        self.quantities = {line: count for line, count in self.quantities.items() if line in self.items}
        self.reasons = {line: reason for line, reason in self.reasons.items() if line in self.items}
        self.variant = self.confirm = None
        self.told.lines = self.told.refused = []

    def change_quantity(self, line: int, count: int) -> None:
        """So many of a line; the stock for an exchange has to be looked at again."""
        self.quantities[line] = count
        self.variant = self.confirm = None

    def change_reason(self, reason: ReturnReason) -> None:
        """One reason for everything chosen."""
        self.reasons = dict.fromkeys(self.items, reason)
        self.confirm = None

    def change_resolution(self, resolution: Resolution | None) -> None:
        """Money, credit or exchange."""
        self.resolution, self.variant, self.confirm = resolution, None, None
