"""Nothing of a customer is forgotten: not by the copy of their data, and not by the erasure."""

from __future__ import annotations

import enum
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Enum, LargeBinary, String, Table

from crm_store.models import AuditEntry, Base, ContactPoint, Customer
from crm_store.privacy.belongings import BELONGINGS
from crm_store.privacy.columns import BLANKED, DELETED, KEPT
from crm_store.privacy.exporting import LEFT_OUT

BY_HAND = {Customer, ContactPoint}
"""Emptied row by row, see test_erasing."""


def about_customers() -> set[str]:
    """Every table from which foreign keys lead to a customer, over any number of steps."""
    found = {"customers"}
    while True:
        more = {
            table.name
            for table in Base.metadata.tables.values()
            if {key.column.table.name for key in table.foreign_keys} & found
        }
        if more <= found:
            return found
        found |= more


def table_of(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]


def test_every_table_with_a_way_to_a_customer_is_in_the_list() -> None:
    listed = {model.__tablename__ for model in BELONGINGS}
    assert about_customers() - listed == set()
    assert listed - about_customers() == {AuditEntry.__tablename__}


def test_what_a_copy_leaves_out_has_a_reason() -> None:
    assert LEFT_OUT.keys() <= BELONGINGS.keys()
    assert all(LEFT_OUT.values())


def is_free(column: Column[Any]) -> bool:
    """Whether the column can hold what somebody wrote."""
    kind = column.type
    if (
        isinstance(kind, Enum)
        and isinstance(kind.enum_class, type)
        and issubclass(kind.enum_class, enum.Enum)
    ):
        return False
    return isinstance(kind, String | JSON | LargeBinary)


@pytest.mark.parametrize("model", BELONGINGS, ids=lambda model: model.__name__)
def test_every_text_is_deleted_blanked_or_kept_for_a_reason(model: type[Base]) -> None:
    if model in DELETED or model in BY_HAND:
        return
    spoken_of = {*BLANKED.get(model, {}), *KEPT.get(model, {})}
    free = {column.name for column in table_of(model).columns if is_free(column)}
    assert free - spoken_of == set()


def test_only_columns_that_are_there_are_spoken_of() -> None:
    for model, columns in [*BLANKED.items(), *KEPT.items()]:
        assert columns.keys() <= set(table_of(model).columns.keys()), model
    assert all(reason for columns in KEPT.values() for reason in columns.values())
