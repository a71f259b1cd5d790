"""Mappings: what is wrong with one is said before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_store.imports import Column, Constant, ImportProblem, Template, import_orders, load_mapping
from crm_store.session import Store

COLUMNS = """
columns:
  order_number: {template: "X-{customer_id}"}
  customer_id: Customer
  placed_at: 2
  total: Paid
  currency: {constant: EUR}
"""


def _load(folder: Path, text: str) -> object:
    path = folder / "mapping.yml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def test_a_mapping_is_what_its_file_says(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(f"time_zone: Europe/Dublin\ndelimiter: ';'\nencoding: utf-8\n{COLUMNS}", encoding="utf-8")
    mapping = load_mapping(path)
    assert mapping.columns == {
        "order_number": Template("X-{customer_id}"),
        "customer_id": Column("Customer"),
        "placed_at": Column(2),
        "total": Column("Paid"),
        "currency": Constant("EUR"),
    }
    assert (mapping.delimiter, mapping.encoding, str(mapping.time_zone)) == (
        ";",
        "utf-8-sig",
        "Europe/Dublin",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "columns is missing"),
        ("columns: [1]", "columns is missing"),
        ("a: [", "The mapping mapping.yml cannot be read"),
        (COLUMNS.replace("  total: Paid\n", ""), "columns.total is missing. Say which column it is."),
        (COLUMNS + "  colour: Colour\n", "columns.colour is not known"),
        (COLUMNS.replace("Paid", "{from: Paid}"), "columns.total is not a column"),
        (COLUMNS.replace("Paid", "true"), "columns.total is not a column"),
        (COLUMNS.replace("X-{customer_id}", "X-{order}"), "takes 'order', which is not a column"),
        (COLUMNS.replace("X-{customer_id}", "X-{order_number}"), "takes 'order_number', which is not"),
        (COLUMNS.replace("X-{customer_id}", "X-{customer_id"), "columns.order_number is not a template"),
        (f"header: false\n{COLUMNS}", "columns.customer_id is a name, and the file has no header"),
        (f"delimiter: '||'\n{COLUMNS}", "delimiter cannot be '||'"),
        (f"encoding: klingon\n{COLUMNS}", "encoding cannot be 'klingon'"),
        (f"time_zone: Dublin\n{COLUMNS}", "time_zone cannot be 'Dublin'"),
        (f"header: maybe\n{COLUMNS}", "header cannot be 'maybe'"),
        (f"decimal: ';'\n{COLUMNS}", "decimal cannot be ';'"),
        (f"dateformat: x\n{COLUMNS}", "dateformat is not known. Choose of: columns, delimiter"),
    ],
)
def test_a_wrong_mapping_is_refused_with_advice(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImportProblem) as problem:
        _load(tmp_path, text)
    assert message in problem.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "orders.csv is empty"),
        ("Customer,Sum\n", "orders.csv has no column “Paid” (total). There are: Customer, Sum."),
    ],
)
async def test_a_file_that_does_not_fit_is_refused(
    empty_sqlite: Path, tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(COLUMNS, encoding="utf-8")
    orders = tmp_path / "orders.csv"
    orders.write_text(text, encoding="utf-8")
    store = Store(f"sqlite+aiosqlite:///{empty_sqlite}")
    with pytest.raises(ImportProblem) as problem:
        await import_orders(store, orders, load_mapping(path))
    assert message in problem.value.message
    await store.close()
