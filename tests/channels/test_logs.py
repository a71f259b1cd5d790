"""The log: one line an event, nothing about anybody, and one file for several processes."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from channels import logs

WRITER = """
import logging, sys
from pathlib import Path
from channels import logs
logs.BYTES_A_FILE = 4_000
logs.start_logging("INFO", Path(sys.argv[1]))
for n in range(100):
    logging.getLogger("writer").info("%s %03d", sys.argv[2], n)
"""


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """A log that is on."""
    logs.start_logging("INFO", tmp_path)
    return tmp_path / "logs" / "aftersale.log"


def test_a_line(log_file: Path) -> None:
    logging.getLogger("channels.test").info("outbox row %d sent", 7)
    stamp, level, name, *words = log_file.read_text().split()
    assert (len(stamp), stamp[-1]) == (20, "Z")
    assert (level, name, words) == ("INFO", "channels.test", ["outbox", "row", "7", "sent"])


def test_addresses_and_numbers_are_struck_out(log_file: Path) -> None:
    logging.getLogger("other").warning("mail to maeve.o-brien+x@example.co.uk or call +353 20 910 1234 now")
    assert "mail to <e-mail> or call <number> now" in log_file.read_text()


def test_an_exception_is_its_kind_and_place(log_file: Path) -> None:
    try:
        try:
            raise KeyError("Maeve O'Brien")
        except KeyError as problem:
            raise ValueError("12 Quay Street\nGalway") from problem
    except ValueError:
        logging.getLogger("test").exception("it broke")
    [line] = log_file.read_text().splitlines()
    assert "it broke [ValueError < KeyError at test_logs.py:" in line
    assert "Maeve" not in line
    assert "Quay" not in line


def test_what_rasa_logs_keeps_its_name_only(log_file: Path) -> None:
    structlog.get_logger("rasa.core").warning(
        "processor.message.parse", text="I am Maeve", slots={"email": "m"}
    )
    assert "processor.message.parse" in log_file.read_text()
    assert "Maeve" not in log_file.read_text()


def test_what_rasa_says_below_a_warning_is_left_out(log_file: Path) -> None:
    structlog.get_logger("rasa.core").info("processor.message.parse")
    logging.getLogger("rasa.shared").info("I am Maeve")
    logging.getLogger("test").info("here")
    assert len(log_file.read_text().splitlines()) == 1


def test_several_processes_share_a_file_that_rotates(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name],
            cwd=Path(__file__).parents[2],
            stderr=subprocess.DEVNULL,
        )
        for name in ("first", "second")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    files = sorted((tmp_path / "logs").glob("aftersale.log*"))
    assert len(files) > 1
    assert all(file.stat().st_size <= 4_100 for file in files)
    lines = [line for file in files for line in file.read_text().splitlines()]
    # Only what was rotated away may be gone: the newest lines of both are there, whole and once.
    assert len(lines) == len(set(lines))
    assert all(len(line.split()) == 5 for line in lines)
    assert any("first 099" in line for line in lines)
    assert any("second 099" in line for line in lines)
