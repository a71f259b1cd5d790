"""From the text of a line to an order's line, or to the reason why not. Money is never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from crm_store.imports.mapping import Constant, Mapping, Template
from crm_store.imports.reading import RawLine
from crm_store.imports.report import Rejected
from crm_store.money import decimals

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_LONGEST: Final = {"order_number": 64, "customer_id": 32, "title": 240, "email": 320, "name": 200}
_LONG: Final = 100
_MOST_PIECES: Final = 1_000_000
_MOST_MONEY: Final = 10**15
_DEFAULTS: Final = {"quantity": "1", "title": "Item", "email": "", "name": ""}
_MAY_BE_EMPTY: Final = frozenset({"email", "name"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order."""

    number: int
    """In the file."""
    order_number: str
    customer: str
    email: str | None
    name: str
    placed_at: datetime
    quantity: int
    total_cents: int
    currency: str
    title: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, of the order `order_number`, as far as that can be read."""

    rejected: Rejected
    order_number: str = ""


class _Bad(Exception):
    def __init__(self, part: str, value: str, why: str) -> None:
        super().__init__(why)
        self.part, self.value, self.why = part, value, why


class Parser:
    """Parses the lines of one file."""

    def __init__(self, mapping: Mapping, places: dict[str, int]) -> None:
        self._mapping = mapping
        self._places = places
        self._constants = _DEFAULTS | {
            part: source.value for part, source in mapping.columns.items() if isinstance(source, Constant)
        }
        self._templates = {
            part: source.text for part, source in mapping.columns.items() if isinstance(source, Template)
        }
        self._amount = re.compile(rf"-?\d+(?:{re.escape(mapping.decimal)}\d+)?")

    def parse(self, raw: RawLine) -> Line | BadLine:
        """The order's line, or why it is none."""
        order_number = ""
        try:
            texts = self._texts(raw)
            order_number = texts["order_number"]
            return self._line(raw.number, texts)
        except _Bad as bad:
            return BadLine(Rejected(raw.number, bad.part, bad.value, bad.why), order_number)

    def _line(self, number: int, texts: dict[str, str]) -> Line:
        for part, text in texts.items():
            _check_text(part, text)
        currency = texts["currency"].upper()
        if not re.fullmatch("[A-Z]{3}", currency):
            raise _Bad("currency", texts["currency"], "not a currency's three letters")
        if texts["email"] and "@" not in texts["email"]:
            raise _Bad("email", texts["email"], "not an e-mail address")
        return Line(
            number=number,
            order_number=texts["order_number"],
            customer=texts["customer_id"],
            email=texts["email"] or None,
            name=texts["name"],
            placed_at=self._moment(texts["placed_at"]),
            quantity=_pieces(texts["quantity"]),
            total_cents=self._cents(texts["total"], currency),
            currency=currency,
            title=texts["title"],
        )

    def _texts(self, raw: RawLine) -> dict[str, str]:
        """By part: the text of the line."""
        if raw.broken:
            raise _Bad("", "", raw.broken)
        texts = dict(self._constants)
        for part, place in self._places.items():
            if place >= len(raw.cells):
                raise _Bad(part, "", f"the line has {len(raw.cells)} columns only")
            texts[part] = raw.cells[place].strip()
        for part, template in self._templates.items():
            texts[part] = template.format_map(texts)
        return texts

    def _moment(self, text: str) -> datetime:
        layout = self._mapping.date_format
        try:
            moment = _read_date(text, layout)
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=self._mapping.time_zone)
            return zoned.astimezone(UTC)
        except (ValueError, OverflowError):
            raise _Bad("placed_at", text, f"not a date like {layout or '2026-03-31'}") from None

    def _cents(self, text: str, currency: str) -> int:
        if not self._amount.fullmatch(text):
            raise _Bad("total", text, "not an amount of money")
        cents = Decimal(text.replace(self._mapping.decimal, ".")).scaleb(decimals(currency))
        if cents < 0:
            raise _Bad("total", text, "less than nothing: returns are not orders")
        if cents > _MOST_MONEY or cents != cents.to_integral_value():
            raise _Bad("total", text, f"not an amount that can be paid in {currency}")
        return int(cents)


def _read_date(text: str, layout: str | None) -> datetime:
    if layout is None:
        return datetime.fromisoformat(text)
    return datetime.strptime(text, layout)  # noqa: DTZ007 - the caller adds the zone when the text has none


def _pieces(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= _MOST_PIECES:
        raise _Bad("quantity", text, f"not a number from 1 to {_MOST_PIECES}")
    return int(text)


def _check_text(part: str, text: str) -> None:
    if not text and part not in _MAY_BE_EMPTY:
        raise _Bad(part, text, "empty")
    if _UNSTORABLE.search(text):
        raise _Bad(part, text, "characters that are none: is the encoding of the mapping right?")
    if len(text) > _LONGEST.get(part, _LONG):
        raise _Bad(part, text, f"longer than {_LONGEST.get(part, _LONG)} characters")
