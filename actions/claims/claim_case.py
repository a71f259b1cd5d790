"""What the claim form works on in one turn: the draft, its order, and what can be claimed of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.claims.claim_draft import Draft
from actions.claims.claim_orders import arrived_lines
from actions.claims.parcel_check import Check, check
from actions.language.item_choice import Listed
from actions.orders.parcel_words import goods
from actions.turn import Turn
from crm_store import claims, orders
from crm_store.claims import ClaimStanding, Decision, claim_standings
from crm_store.delivery import Goods
from crm_store.models import ClaimKind, Order, OrderItem
from crm_store.returns.windows import delivered

LEFT, TOLD = "left", "told"
"""Outcomes: the customer left it; the customer was told all there is to tell."""


@dataclass
class Case:
    """A draft in the making, and what the store says about its order."""

    turn: Turn
    customer_id: int
    draft: Draft
    say: CollectingDispatcher
    standing: ClaimStanding | None = None

    @classmethod
    async def open(cls, turn: Turn, customer_id: int, draft: Draft, say: CollectingDispatcher) -> Case:
        """Look the draft's order up. `NotFound` for an order of somebody else."""
        case = cls(turn, customer_id, draft, say)
        if draft.order is not None:
            order = await orders.get_order(turn.session, customer_id=customer_id, number=draft.order)
            await case.choose(order)
        return case

    async def choose(self, order: Order) -> None:
        """It is about this order."""
        if self.draft.order != order.number:
            self.draft.change_order(order.number)
        [self.standing] = await claim_standings(self.turn.session, orders=[order])

    @property
    def chosen(self) -> ClaimStanding:
        """The draft's order. Raises `LookupError` before one is chosen."""
        if self.standing is None:
            raise LookupError("No order has been chosen.")
        return self.standing

    def parcel_check(self) -> Check:
        """What the carrier says about the order's parcels."""
        return check(self.chosen, delivered_part=self.draft.told.delivered_part)

    def pieces(self) -> dict[int, int]:
        """By line number, how many of it this kind of claim can be about."""
        if self.draft.kind is ClaimKind.MISSING_PARCEL:
            return self.parcel_check().pieces
        arrived = arrived_lines(self.chosen)
        if self.draft.kind is not ClaimKind.MISSING_ITEM:
            return arrived
        # What has not come yet can be named, too: then the customer hears where it is.
        return _not_come(self.chosen.order) | arrived

    def offered(self) -> list[OrderItem]:
        """The lines between which the customer chooses."""
        pieces = self.pieces()
        return [item for item in self.chosen.order.items if pieces.get(item.line_no)]

    def things(self) -> list[Listed]:
        """The same for `item_choice`."""
        return [Listed(item.line_no, item.title, item.quantity, _texts(item)) for item in self.offered()]

    def goods(self) -> str:
        """What was chosen, in words: `2 × Puffin Enamel Mug, red and Cairn Tent`."""
        names = {item.line_no: item.title for item in self.chosen.order.items}
        return goods(
            Goods(line, names[line], self.draft.quantities.get(line, 1)) for line in self.draft.items
        )

    async def decision(self) -> Decision:
        """What may be done at once about the draft, which is complete."""
        return await claims.decide(
            self.turn.session,
            customer_id=self.customer_id,
            number=self.chosen.order.number,
            kind=self.draft.kind,
            lines=self.draft.lines(),
            limit_cents=self.turn.house.instant_refund_cents,
        )


def _not_come(order: Order) -> dict[int, int]:
    """By line number, the goods of which nothing has arrived yet."""
    return {
        item.line_no: item.quantity
        for item in order.items
        if not delivered(order, item)[0] and not (item.variant and item.variant.product.digital)
    }


_WEIGHTS: Final = (0.8, 0.7)


def _texts(item: OrderItem) -> tuple[tuple[str, float], ...]:
    """More words for a line, which weigh less than its title."""
    if item.variant is None:
        return ()
    product = item.variant.product
    return (" ".join(map(str, product.tags)), _WEIGHTS[0]), (product.category.name, _WEIGHTS[1])
