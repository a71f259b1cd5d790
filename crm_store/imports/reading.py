"""Reading the lines of a shop's file, one after the other: its size does not matter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crm_store.imports.mapping import WHITESPACE, Column, Mapping
from crm_store.imports.problem import ImportProblem


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as it is in the file. `broken` says why it has no cells."""

    number: int
    cells: list[str]
    broken: str = ""


@dataclass
class OpenFile:
    """A file being read: how far we are, and where its columns are."""

    binary: BinaryIO
    text: io.TextIOWrapper
    lines: Iterator[RawLine]
    places: dict[str, int]
    """By part of the order: the place of its column."""
    size: int
    """In bytes."""

    @property
    def done(self) -> int:
        """The bytes read so far."""
        return self.binary.tell()


def open_lines(binary: BinaryIO, path: Path, mapping: Mapping) -> OpenFile:
    """Begin to read; `ImportProblem` when a column of the mapping is not in the file."""
    # Bytes that are not in the encoding come through as lone surrogates, so that only their line is lost.
    text = io.TextIOWrapper(binary, mapping.encoding, errors="surrogateescape", newline="")
    lines = _by_whitespace(text) if mapping.delimiter == WHITESPACE else _by_csv(text, mapping.delimiter)
    header = next(lines, None) if mapping.header else None
    if mapping.header and header is None:
        raise ImportProblem(f"{path.name} is empty.")
    names = [cell.strip() for cell in header.cells] if header else []
    return OpenFile(binary, text, lines, _places(mapping, names, path), path.stat().st_size)


def _places(mapping: Mapping, names: list[str], path: Path) -> dict[str, int]:
    places = {}
    for part, source in mapping.columns.items():
        if not isinstance(source, Column):
            continue
        if isinstance(source.name, int):
            places[part] = source.name
        elif source.name in names:
            places[part] = names.index(source.name)
        else:
            there = ", ".join(names)
            raise ImportProblem(f"{path.name} has no column “{source.name}” ({part}). There are: {there}.")
    return places


def _by_whitespace(text: io.TextIOWrapper) -> Iterator[RawLine]:
    for number, line in enumerate(text, start=1):
        if cells := line.split():
            yield RawLine(number, cells)


def _by_csv(text: io.TextIOWrapper, delimiter: str) -> Iterator[RawLine]:
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            yield RawLine(reader.line_num, [], str(broken))
            continue
        if any(cells):
            yield RawLine(reader.line_num, cells)
