"""What the return form works on in one turn: the draft, its order, and what may come back of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasa_sdk.executor import CollectingDispatcher

from actions.returns.exchange_stock import Shelf
from actions.returns.return_draft import Draft
from actions.turn import Turn
from crm_store import catalogue, orders, returns
from crm_store.models import Order, Resolution, ReturnReason, Variant
from crm_store.returns import LineEligibility, Quote, Standing
from crm_store.returns.eligibility import OUR_FAULT

LEFT, TOLD = "left", "told"
"""Outcomes: the customer left it; the customer was told why it does not go on."""


@dataclass
class Case:
    """A draft in the making, and what the store says about its order."""

    turn: Turn
    customer_id: int
    draft: Draft
    say: CollectingDispatcher
    order: Order | None = None
    shelves: dict[tuple[int, int], Shelf] = field(default_factory=dict)
    """What there is in exchange, by the variant that goes back and how many are needed."""
    _standing: Standing | None = None
    _sound: dict[int, LineEligibility] = field(default_factory=dict)
    _faulty: dict[int, LineEligibility] = field(default_factory=dict)
    """The same lines, were they damaged or not what was ordered."""

    @classmethod
    async def open(cls, turn: Turn, customer_id: int, draft: Draft, say: CollectingDispatcher) -> Case:
        """Look the draft's order up."""
        case = cls(turn, customer_id, draft, say)
        await case.look()
        return case

    async def look(self) -> None:
        """Read the draft's order (again, when it has changed). `NotFound` for an order of somebody else."""
        number, session = self.draft.order, self.turn.session
        if number is None or (self.order is not None and self.order.number == number):
            return
        self.order = await orders.get_order(session, customer_id=self.customer_id, number=number)
        [self._standing] = await returns.standings(session, orders=[self.order])
        self._sound = {line.line_no: line for line in self._standing.lines()}
        self._faulty = {line.line_no: line for line in self._standing.lines(ReturnReason.DAMAGED)}

    def verdict(self, line_no: int) -> LineEligibility:
        """Whether a line may come back, for the reason given so far."""
        told = self.draft.told.reason
        reason = self.draft.reasons.get(line_no) or (ReturnReason(told) if told else None)
        return (self._faulty if reason in OUR_FAULT else self._sound)[line_no]

    @property
    def lines(self) -> list[LineEligibility]:
        """Every line of the order, as `verdict` sees it."""
        return [self.verdict(line_no) for line_no in self._sound]

    @property
    def open_lines(self) -> list[LineEligibility]:
        """The lines between which the customer chooses: those that may come back."""
        among = self.draft.told.lines
        return [line for line in self.lines if line.ok and (not among or line.line_no in among)]

    @property
    def chosen(self) -> list[LineEligibility]:
        """The chosen lines."""
        return [self.verdict(line_no) for line_no in self.draft.items]

    @property
    def chosen_order(self) -> Order:
        """The draft's order. Raises `LookupError` before one is chosen."""
        if self.order is None:
            raise LookupError("No order has been chosen.")
        return self.order

    async def quote(self, resolution: Resolution) -> Quote:
        """What the draft's lines would give. Raises what `returns.quote` raises, and as `chosen_order`."""
        if self._standing is None:
            raise LookupError("No order has been chosen.")
        return await returns.price(
            self.turn.session, standing=self._standing, lines=self.draft.lines(), resolution=resolution
        )

    async def wanted_variant(self) -> Variant | None:
        """What the customer gets in exchange, once it is chosen."""
        own = self.chosen[0].order_item.variant
        if own is None or self.draft.resolution is not Resolution.EXCHANGE:
            return None
        variants = await catalogue.variants_of(self.turn.session, product_id=own.product_id)
        return next((variant for variant in variants if variant.sku == self.draft.variant), None)
