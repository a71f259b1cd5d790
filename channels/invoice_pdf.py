"""An invoice as a PDF."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from actions.addresses.address import COUNTRIES, town
from channels.settings import Settings
from crm_store.clock import SHOP_ZONE
from crm_store.invoices import Invoice
from crm_store.money import format_money

FONT: Final = "Roboto"
_INK, _GREY, _RULE, _TINT = (31, 41, 38), (105, 115, 112), (214, 220, 217), (243, 246, 244)
_ACCENT: Final = (31, 94, 82)
_LEFT: Final = 18.0
_WIDTH: Final = 174.0
_COLUMNS: Final = (84.0, 16.0, 28.0, 22.0, 24.0)
"""Millimetres: what, how many, each, VAT, total."""
_PAYMENTS: Final = {
    "card": "card",
    "apple_pay": "Apple Pay",
    "google_pay": "Google Pay",
    "paypal": "PayPal",
    "klarna": "Klarna",
    "gift_card": "gift card",
}


def draw(invoice: Invoice, settings: Settings) -> bytes:
    """The file (a tenth of a second of computing)."""
    pdf = _paper(invoice, settings)
    _head(pdf, invoice, settings)
    _parties(pdf, invoice)
    _table(pdf, invoice)
    _totals(pdf, invoice)
    _credit_notes(pdf, invoice)
    _foot(pdf, invoice, settings)
    return bytes(pdf.output())


@cache
def _fonts() -> Path:
    """The folder of the typefaces: they know more letters than the PDF's own.

    Raises:
        LookupError: the package font-roboto is not installed.
    """
    found = importlib.util.find_spec("font_roboto")
    if found is None or found.origin is None:
        raise LookupError("The package font-roboto is missing.")
    return Path(found.origin).parent / "files"


def _paper(invoice: Invoice, settings: Settings) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_margins(_LEFT, 18, _LEFT)
    pdf.set_auto_page_break(True, margin=22)
    pdf.add_font(FONT, "", _fonts() / "Roboto-Regular.ttf")
    pdf.add_font(FONT, "B", _fonts() / "Roboto-Bold.ttf")
    pdf.set_title(f"Invoice {invoice.number}")
    pdf.set_author(settings.shop_name)
    pdf.set_lang("en")
    pdf.set_creation_date(invoice.order.placed_at)
    pdf.add_page()
    return pdf


def _text(pdf: FPDF, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
    pdf.set_font(FONT, "B" if bold else "", size)
    pdf.set_text_color(*colour)


def _line(pdf: FPDF, text: str, width: float = 0, height: float = 5, align: str = "L") -> None:
    pdf.cell(width, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _rule(pdf: FPDF) -> None:
    pdf.set_draw_color(*_RULE)
    pdf.line(_LEFT, pdf.get_y(), _LEFT + _WIDTH, pdf.get_y())


def _day(moment: datetime) -> str:
    local = moment.astimezone(SHOP_ZONE)
    return f"{local.day} {local:%B %Y}"


def _head(pdf: FPDF, invoice: Invoice, settings: Settings) -> None:
    top = pdf.get_y()
    _text(pdf, 20, bold=True, colour=_ACCENT)
    _line(pdf, settings.shop_name, height=9)
    _text(pdf, 9, colour=_GREY)
    for part in (settings.shop_address, f"VAT no. {settings.vat_number}" if settings.vat_number else ""):
        if part:
            _line(pdf, part, height=4.6)
    below = pdf.get_y()
    pdf.set_xy(_LEFT, top)
    _text(pdf, 20, bold=True)
    _line(pdf, "Invoice", height=9, align="R")
    _text(pdf, 9, colour=_GREY)
    _line(pdf, invoice.number, height=4.6, align="R")
    _line(pdf, f"Date: {_day(invoice.order.placed_at)}", height=4.6, align="R")
    pdf.set_y(max(below, pdf.get_y()) + 6)
    _rule(pdf)
    pdf.ln(6)


def _parties(pdf: FPDF, invoice: Invoice) -> None:
    order, customer = invoice.order, invoice.customer
    billed = [customer.name, customer.address_line, _town(customer.postcode, customer.city, customer.country)]
    sent = [
        order.ship_name,
        order.ship_address,
        _town(order.ship_postcode, order.ship_city, order.ship_country),
    ]
    paid = _PAYMENTS.get(order.payment_method, order.payment_method.replace("_", " ") or "not known")
    about = [order.number, f"Placed {_day(order.placed_at)}", f"Paid by {paid}"]
    shown = [("Billed to", billed), ("Order", about)]
    if any(sent[1:]):
        shown.insert(1, ("Sent to", sent))
    top, width, lowest = pdf.get_y(), _WIDTH / 3, pdf.get_y()
    for place, (title, lines) in enumerate(shown):
        pdf.set_y(top)
        _block(pdf, _LEFT + place * width, width - 4, title, [line for line in lines if line])
        lowest = max(lowest, pdf.get_y())
    pdf.set_y(lowest + 8)


def _town(postcode: str, city: str, country: str) -> str:
    return ", ".join(filter(None, (town(postcode, city, country), COUNTRIES.get(country, country))))


def _block(pdf: FPDF, x: float, width: float, title: str, lines: Sequence[str]) -> None:
    pdf.set_x(x)
    _text(pdf, 8, bold=True, colour=_GREY)
    pdf.cell(width, 5, title.upper(), new_x=XPos.LEFT, new_y=YPos.NEXT)
    _text(pdf, 10)
    for line in lines:
        pdf.set_x(x)
        pdf.multi_cell(width, 5, line, align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)


def _table(pdf: FPDF, invoice: Invoice) -> None:
    currency = invoice.order.currency
    rows = [
        (line.title, str(line.quantity), _money(line.unit_cents, currency), f"{line.vat_percent} %", line)
        for line in invoice.lines
    ]
    _row(pdf, ("Item", "Qty", "Each", "VAT", "Total"), head=True)
    for title, quantity, each, vat, line in rows:
        _row(pdf, (title, quantity, each, vat, _money(line.total_cents, currency)))
        if line.discount_cents:
            _row(pdf, (f"includes {_money(line.discount_cents, currency)} off", "", "", "", ""), small=True)
    if invoice.order.shipping_cents:
        vat = f"{invoice.vat[0].percent} %"
        cost = _money(invoice.order.shipping_cents, currency)
        _row(pdf, ("Delivery", "1", cost, vat, cost))
    _rule(pdf)
    pdf.ln(4)


def _row(pdf: FPDF, cells: Sequence[str], *, head: bool = False, small: bool = False) -> None:
    height = 5.0 if small else 7.5
    if head:
        pdf.set_fill_color(*_TINT)
        _text(pdf, 8.5, bold=True, colour=_GREY)
    else:
        _text(pdf, 8.5 if small else 10, colour=_GREY if small else _INK)
    parts = pdf.multi_cell(_COLUMNS[0], height, cells[0], dry_run=True, output="LINES")
    full = height * (len(parts) if isinstance(parts, list) else 1)
    if pdf.will_page_break(full):
        pdf.add_page()
    top = pdf.get_y()
    pdf.multi_cell(_COLUMNS[0], height, cells[0], align="L", fill=head, new_x=XPos.RIGHT, new_y=YPos.TOP)
    for width, cell in zip(_COLUMNS[1:], cells[1:], strict=True):
        pdf.cell(width, height, cell, align="R", fill=head)
    pdf.set_xy(_LEFT, top + full)


def _totals(pdf: FPDF, invoice: Invoice) -> None:
    currency = invoice.order.currency
    _sum(pdf, "Total", _money(invoice.order.total_cents, currency), bold=True)
    for vat in invoice.vat:
        label = f"of which VAT {vat.percent} % on {_money(vat.gross_cents, currency)}"
        _sum(pdf, label, _money(vat.vat_cents, currency), small=True)


def _sum(pdf: FPDF, label: str, amount: str, *, bold: bool = False, small: bool = False) -> None:
    _text(pdf, 8.5 if small else 11, bold=bold, colour=_GREY if small else _INK)
    height = 5.0 if small else 7.5
    pdf.cell(_WIDTH - _COLUMNS[-1], height, label, align="R")
    _line(pdf, amount, width=_COLUMNS[-1], height=height, align="R")


def _credit_notes(pdf: FPDF, invoice: Invoice) -> None:
    currency = invoice.order.currency
    if not invoice.credit_notes:
        return
    pdf.ln(5)
    _text(pdf, 8, bold=True, colour=_GREY)
    _line(pdf, "PAID BACK", height=6)
    for note in invoice.credit_notes:
        way = "as store credit" if note.as_store_credit else "the way it was paid"
        state = "" if note.is_sent else ", on its way"
        _text(pdf, 10)
        pdf.cell(_WIDTH - _COLUMNS[-1], 6, f"Credit note {note.number}, {_day(note.at)}: {way}{state}")
        _line(pdf, f"-{_money(note.cents, currency)}", width=_COLUMNS[-1], height=6, align="R")
    _rule(pdf)
    pdf.ln(2)
    _sum(pdf, "Left after refunds", _money(invoice.left_cents, currency), bold=True)


def _foot(pdf: FPDF, invoice: Invoice, settings: Settings) -> None:
    pdf.ln(10)
    _text(pdf, 9, colour=_GREY)
    lines = ["Paid in full. All prices include VAT."]
    if any(not line.vat_percent for line in invoice.lines):
        lines.append("Gift cards carry no VAT when they are bought; it is charged when they are used.")
    if settings.is_demo:
        lines.append("This is a demo: the shop is fictional, and this is no invoice for anybody's taxes.")
    for line in lines:
        _line(pdf, line, height=4.8)


def _money(cents: int, currency: str) -> str:
    return format_money(cents, currency)
