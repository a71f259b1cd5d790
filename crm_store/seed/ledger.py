"""One customer's points ledger, written after the fact by the rules that write it day by day."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from crm_store import loyalty
from crm_store.loyalty.lots import Lot, expiry_key, read
from crm_store.loyalty.rules import EARNING, GIVING, YEAR
from crm_store.models import PointsEntry, PointsKind, Tier
from crm_store.returns.creating import points_key
from crm_store.seed.deeds import ComingBack, Deed, Given, Purchase
from crm_store.seed.problem import SeedProblem

_FOR_TIER: Final = EARNING | {PointsKind.REVERSE}


class Ledger:
    """The lines so far, in the order of time."""

    def __init__(self, customer_id: int) -> None:
        self.customer_id = customer_id
        self.lines: list[PointsEntry] = []
        self._earned: dict[int, PointsEntry] = {}
        self._taken: dict[int, int] = {}

    def write(self, at: datetime, deed: Deed) -> None:
        """Note what happened then; later deeds come later."""
        match deed:
            case Purchase():
                self._earn(at, deed)
            case ComingBack():
                self._take_back(at, deed)
            case Given():
                self._give(at, deed)

    def tier(self, at: datetime) -> Tier:
        """The tier the lines make at that moment."""
        counted = [
            line.points for line in self.lines if line.kind in _FOR_TIER and at - YEAR < line.created_at <= at
        ]
        return loyalty.tier_for(sum(counted))

    def close(self, now: datetime, last_id: int) -> None:
        """Write off what expired until now, and number the lines from `last_id` on."""
        for number, line in enumerate(self.lines):
            line.id = number
        lots = read(self.lines, now)
        if lots.debt:
            what = f"Customer {self.customer_id} redeemed {lots.debt} points more than there were."
            raise SeedProblem(what, "Redeem less, or later.", file="points_entries.csv")
        expired = {lot.entry.id: self._expiry(lot) for lot in lots.gone if lot.expired}
        whose = {id(line): self.lines[number] for number, line in expired.items()}
        self.lines = sorted([*self.lines, *expired.values()], key=lambda line: line.created_at)
        for number, line in enumerate(self.lines, start=last_id + 1):
            line.id = number
        for line in expired.values():
            line.key = expiry_key(whose[id(line)].id)

    def _earn(self, at: datetime, bought: Purchase) -> None:
        order = bought.order
        points = loyalty.points_for(loyalty.earning_cents(order), self.tier(at))
        if points:
            line = self._line(PointsKind.EARN, points, loyalty.earn_key(order.id), at)
            line.order_id, line.note = order.id, f"Order {order.number}"
            self._live_from(line, bought.available_at)
            self._earned[order.id] = line

    def _take_back(self, at: datetime, back: ComingBack) -> None:
        order = back.order
        earned = self._earned.get(order.id)
        if earned is None:
            return
        taken = self._taken.get(order.id, 0)
        points = earned.points * back.part // back.whole - taken
        if points > 0:
            line = self._line(PointsKind.REVERSE, -points, points_key(back.return_id), at)
            line.order_id, line.note = order.id, f"Return {back.number} of order {order.number}"
            line.available_at = max(at, earned.available_at)
            self._taken[order.id] = taken + points

    def _give(self, at: datetime, given: Given) -> None:
        brings = given.kind in GIVING and given.points > 0
        if not brings and not (given.kind is PointsKind.REDEEM and given.points < 0):
            what = f"{given.points} points do not go with “{given.kind}”."
            raise given.row.problem("points", what, "Only redeem is negative; earn follows from the orders.")
        line = self._line(given.kind, given.points, f"{given.kind}:seed:{given.row.line}", at)
        line.note = given.row.optional("note")
        if brings:
            self._live_from(line, at)

    def _line(self, kind: PointsKind, points: int, key: str, at: datetime) -> PointsEntry:
        line = PointsEntry(
            customer_id=self.customer_id,
            kind=kind,
            points=points,
            key=key,
            order_id=None,
            note="",
            created_at=at,
            available_at=at,
            expires_at=None,
        )
        self.lines.append(line)
        return line

    def _live_from(self, line: PointsEntry, available_at: datetime) -> None:
        line.available_at = available_at
        line.expires_at = available_at + loyalty.EXPIRY

    def _expiry(self, lot: Lot) -> PointsEntry:
        at = lot.entry.expires_at or lot.entry.available_at
        return PointsEntry(
            customer_id=self.customer_id,
            kind=PointsKind.EXPIRE,
            points=-lot.expired,
            key="",
            order_id=lot.entry.order_id,
            note="Expired",
            created_at=at,
            available_at=at,
            expires_at=None,
        )
