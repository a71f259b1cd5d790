"""The mapping: where in a shop's file the parts of an order are.

    delimiter: whitespace          # or one character; the default is a comma
    encoding: utf-8
    header: true                   # the first line names the columns
    date_format: "%Y%m%d"          # as in strptime; without it dates are ISO 8601
    time_zone: Europe/Dublin       # of dates that name none; the default is UTC
    decimal: "."
    columns:
      order_number: {template: "CD-{customer_id}-{placed_at}"}
      customer_id: Customer ID     # a column by its name
      placed_at: 1                 # or by its place, counted from 0
      total: Paid                  # for the line, in major units
      currency: {constant: USD}

`order_number`, `customer_id`, `placed_at`, `total` and `currency` are needed; `quantity`, `title`, `email`
and `name` are not. A template takes other parts of the same line, as they are written in the file. Lines that
make the same order number are one order, and have to follow one another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from crm_store.imports.problem import ImportProblem

NEEDED: Final = ("order_number", "customer_id", "placed_at", "total", "currency")
PARTS: Final = (*NEEDED, "quantity", "title", "email", "name")
WHITESPACE: Final = "whitespace"


@dataclass(frozen=True)
class Column:
    """A column, by its name in the header or its place counted from 0."""

    name: str | int


@dataclass(frozen=True)
class Constant:
    """The same for every line."""

    value: str


@dataclass(frozen=True)
class Template:
    """Put together from other parts of the line, e.g. `CD-{customer_id}-{placed_at}`."""

    text: str

    @property
    def parts(self) -> list[str]:
        """The parts it takes."""
        return [name for _, name, _, _ in Formatter().parse(self.text) if name is not None]


Source = Column | Constant | Template


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """How to read one kind of file."""

    columns: dict[str, Source]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    header: bool = True
    date_format: str | None = None
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    decimal: str = "."

    def __post_init__(self) -> None:
        for part in NEEDED:
            if part not in self.columns:
                raise _problem(f"columns.{part}", "is missing", "Say which column it is.")
        for part, source in self.columns.items():
            _check_source(part, source, self)


def load_mapping(path: Path) -> Mapping:
    """The mapping of a YAML file; `ImportProblem` says what is wrong with it and what to do."""
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise ImportProblem(f"The mapping {path.name} cannot be read: {problem}") from problem
    if not isinstance(read, dict) or not isinstance(read.get("columns"), dict):
        raise _problem("columns", "is missing", "List the columns under it.")
    given = dict(read)
    columns = {str(part): _source(str(part), source) for part, source in given.pop("columns").items()}
    options = {key: _option(str(key), value) for key, value in given.items()}
    return Mapping(columns=columns, **options)


def _source(part: str, given: Any) -> Source:
    match given:
        case bool() | None:
            pass
        case str() | int():
            return Column(given)
        case {"constant": value, **rest} if not rest:
            return Constant(str(value))
        case {"template": str(text), **rest} if not rest:
            return Template(text)
    raise _problem(f"columns.{part}", "is not a column", "Write a name, a place, a constant or a template.")


def _option(key: str, value: Any) -> Any:
    if key not in _OPTIONS:
        raise _problem(key, "is not known", f"Choose of: columns, {', '.join(_OPTIONS)}.")
    parse, advice = _OPTIONS[key]
    try:
        return parse(value)
    except (ValueError, LookupError, ZoneInfoNotFoundError):
        raise _problem(key, f"cannot be {value!r}", advice) from None


def _delimiter(value: Any) -> str:
    if value == WHITESPACE or (isinstance(value, str) and len(value) == 1):
        return str(value)
    raise ValueError


def _encoding(value: Any) -> str:
    "".encode(str(value))
    # A byte order mark is no part of the first column's name.
    return "utf-8-sig" if str(value).lower() in ("utf-8", "utf8") else str(value)


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError


def _decimal(value: Any) -> str:
    if value in (".", ","):
        return str(value)
    raise ValueError


_OPTIONS: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "delimiter": (_delimiter, f"Write one character, or {WHITESPACE}."),
    "encoding": (_encoding, "Write an encoding such as utf-8 or latin-1."),
    "header": (_yes_or_no, "Write true or false."),
    "date_format": (str, "Write a format such as %d/%m/%Y."),
    "time_zone": (lambda value: ZoneInfo(str(value)), "Write a zone such as Europe/Dublin."),
    "decimal": (_decimal, "Write a point or a comma."),
}


def _check_source(part: str, source: Source, mapping: Mapping) -> None:
    where = f"columns.{part}"
    if part not in PARTS:
        raise _problem(where, "is not known", f"Choose of: {', '.join(PARTS)}.")
    if isinstance(source, Column) and isinstance(source.name, str) and not mapping.header:
        raise _problem(where, "is a name, and the file has no header", "Write the column's place.")
    if isinstance(source, Template):
        _check_template(where, source, mapping)


def _check_template(where: str, template: Template, mapping: Mapping) -> None:
    try:
        parts = template.parts
    except ValueError as broken:
        raise _problem(where, f"is not a template: {broken}", "Put each part in {braces}.") from None
    for part in parts:
        if isinstance(mapping.columns.get(part), Template | None):
            raise _problem(where, f"takes {part!r}, which is not a column", "Correct the template.")


def _problem(key: str, what: str, advice: str) -> ImportProblem:
    return ImportProblem(f"In the mapping, {key} {what}. {advice}")
