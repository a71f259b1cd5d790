"""Lines that cannot be taken are named one by one, and never harm the others."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from crm_store import clock
from crm_store.imports import Column, Constant, ImportReport, Mapping, import_orders
from crm_store.models import Customer, Order
from crm_store.session import Store

MAPPING = Mapping(
    columns={
        "order_number": Column("order"),
        "customer_id": Column("customer"),
        "email": Column("email"),
        "name": Column("name"),
        "placed_at": Column("date"),
        "total": Column("paid"),
        "quantity": Column("pieces"),
        "title": Column("title"),
        "currency": Column("currency"),
    }
)
HEADER = "order,customer,email,name,date,paid,pieces,title,currency"
GOOD = "1,c1,a@example.com,Ann,2026-01-02,10.00,1,Mug,EUR"


async def _import(store: Store, folder: Path, *lines: str, encoding: str = "utf-8") -> ImportReport:
    path = folder / "orders.csv"
    path.write_bytes("\n".join([HEADER, *lines]).encode(encoding, "surrogateescape") + b"\n")
    return await import_orders(store, path, MAPPING, rejected_path=folder / "rejected.csv")


async def _numbers(store: Store) -> list[str]:
    async with store.reading() as session:
        return list(await session.scalars(select(Order.number).order_by(Order.number)))


@pytest.mark.parametrize(
    ("line", "column", "why"),
    [
        (",c2,,,2026-01-02,1.00,1,Mug,EUR", "order_number", "empty"),
        ("2,,,,2026-01-02,1.00,1,Mug,EUR", "customer_id", "empty"),
        ("2,c2,nobody,,2026-01-02,1.00,1,Mug,EUR", "email", "not an e-mail address"),
        ("2,c2,,,02/01/2026,1.00,1,Mug,EUR", "placed_at", "not a date like 2026-03-31"),
        ("2,c2,,,0001-01-01T00:00:00+14:00,1.00,1,Mug,EUR", "placed_at", "not a date"),
        ("2,c2,,,2026-01-02,ten,1,Mug,EUR", "total", "not an amount of money"),
        ("2,c2,,,2026-01-02,NaN,1,Mug,EUR", "total", "not an amount of money"),
        ("2,c2,,,2026-01-02,1.005,1,Mug,EUR", "total", "not an amount that can be paid in EUR"),
        ("2,c2,,,2026-01-02,1e30,1,Mug,EUR", "total", "not an amount of money"),
        ("2,c2,,,2026-01-02,99999999999999999999,1,Mug,EUR", "total", "not an amount that can be paid"),
        ("2,c2,,,2026-01-02,-5.00,1,Mug,EUR", "total", "less than nothing: returns are not orders"),
        ("2,c2,,,2026-01-02,1.00,0,Mug,EUR", "quantity", "not a number from 1"),
        ("2,c2,,,2026-01-02,1.00,²,Mug,EUR", "quantity", "not a number from 1"),
        ("2,c2,,,2026-01-02,1.00,1,Mug,Euro", "currency", "not a currency's three letters"),
        (f"2,c2,,,2026-01-02,1.00,1,{'M' * 241},EUR", "title", "longer than 240 characters"),
        ("2,c2,,,2026-01-02,1.00,1,M\udce9g,EUR", "title", "characters that are none"),
        ("2,c2,,,2026-01-02,1.00,1,M\x00g,EUR", "title", "characters that are none"),
        ("2,c2,,,2026-01-02,1.00,1,Mug", "currency", "the line has 8 columns only"),
        ("2,c2,A@EXAMPLE.com,,2026-01-02,1.00,1,Mug,EUR", "order_number", "belongs to customer c1"),
        ("1,c1,a@example.com,Ann,2026-01-02,1.00,1,Mug,USD", "order_number", "differ in currency"),
        ("1,c2,b@example.com,Ann,2026-01-02,1.00,1,Mug,EUR", "order_number", "differ in customer_id"),
    ],
)
async def test_a_bad_line_is_named_with_its_reason(
    store: Store, tmp_path: Path, line: str, column: str, why: str
) -> None:
    last = GOOD.replace("1,c1,a@", "3,c3,c@")
    report = await _import(store, tmp_path, GOOD, line, last)
    refused = next(one for one in report.rejected if one.line == 3)
    assert (refused.column, why in refused.why) == (column, True)
    assert "3" in await _numbers(store)
    assert "2" not in await _numbers(store)
    with (tmp_path / "rejected.csv").open(encoding="utf-8", newline="") as opened:
        written = list(csv.DictReader(opened))
    assert [int(one["line"]) for one in written] == [one.line for one in report.rejected]


async def test_an_order_is_taken_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    bad = GOOD.replace("10.00", "?")
    report = await _import(store, tmp_path, GOOD, bad, GOOD)
    assert await _numbers(store) == []
    assert [(one.line, one.column) for one in report.rejected] == [
        (2, "order_number"),
        (3, "total"),
        (4, "order_number"),
    ]
    assert report.rejected[0].why == "line 3 of the same order was rejected"
    repaired = await _import(store, tmp_path, GOOD, GOOD, GOOD)
    assert (repaired.created_orders, repaired.rejected) == (1, [])


async def test_lines_of_one_order_that_stand_apart_are_told(store: Store, tmp_path: Path) -> None:
    other = GOOD.replace("1,c1,a@", "2,c2,b@")
    report = await _import(store, tmp_path, GOOD, other, GOOD)
    assert [(one.line, "stand apart" in one.why) for one in report.rejected] == [(4, True)]
    assert await _numbers(store) == ["1", "2"]


async def test_a_number_of_another_customers_order_is_refused(store: Store, tmp_path: Path) -> None:
    await _import(store, tmp_path, GOOD)
    report = await _import(store, tmp_path, GOOD.replace("c1,a@", "c2,b@"))
    assert (report.existing, report.created_orders) == (0, 0)
    assert "another customer" in report.rejected[0].why


async def test_an_address_of_somebody_in_the_database_is_not_given_away(store: Store, tmp_path: Path) -> None:
    async with store.unit() as session:
        session.add(Customer(number="C-1", email="A@example.com", joined_at=clock.now()))
    report = await _import(store, tmp_path, GOOD)
    assert "its e-mail address belongs to customer C-1" in report.rejected[0].why
    assert await _numbers(store) == []


async def test_a_value_is_no_formula_in_the_list_of_rejections(store: Store, tmp_path: Path) -> None:
    await _import(store, tmp_path, GOOD.replace("10.00", '"=HYPERLINK(""http://x"")"'))
    text = (tmp_path / "rejected.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text


async def test_a_file_of_spreadsheets_with_a_byte_order_mark_is_read(store: Store, tmp_path: Path) -> None:
    report = await _import(store, tmp_path, GOOD, encoding="utf-8-sig")
    assert report.created_orders == 1


async def test_other_shops_write_other_files(store: Store, tmp_path: Path) -> None:
    mapping = Mapping(
        columns={
            "order_number": Column(0),
            "customer_id": Column(1),
            "placed_at": Column(2),
            "total": Column(3),
            "title": Column(4),
            "currency": Constant("eur"),
        },
        delimiter=";",
        encoding="latin-1",
        header=False,
        date_format="%d.%m.%Y %H:%M",
        decimal=",",
    )
    path = tmp_path / "bestellungen.csv"
    path.write_bytes("7;k9;02.01.2026 23:30;1234,50;Kännchen\n".encode("latin-1"))
    report = await import_orders(store, path, mapping)
    assert (report.read, report.created_orders, report.rejected) == (1, 1, [])
    async with store.reading() as session:
        order = (await session.scalars(select(Order))).one()
    assert (order.total_cents, order.currency) == (123450, "EUR")
