"""Logs: one line an event, to stderr and to HOME/logs/aftersale.log, and nothing in them about anybody.

An exception is logged by its kind and its place: messages of exceptions quote what people wrote. What other
packages log goes through the same mask: e-mail addresses and long numbers are struck out of every line.
"""

from __future__ import annotations

import logging
import re
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from os import fstat
from os.path import samestat
from pathlib import Path
from typing import Any

import portalocker
import structlog

BYTES_A_FILE = 10_000_000
OLD_FILES = 5
NAME = "aftersale.log"

_QUIET = ("rasa", "rasa_sdk", "alembic", "aiosqlite", "asyncio", "httpx", "sqlalchemy", "numexpr")
_MASKED = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<e-mail>"),
    (re.compile(r"\+?\d[\d ()/-]{7,}\d"), "<number>"),
)


class LineFormatter(logging.Formatter):
    """`2026-11-21T20:15:02Z INFO channels.worker text`, always one line."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as its line."""
        stamp = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{stamp} {masked(super().format(record))}"

    def formatException(self, ei: Any) -> str:
        """The kinds of the exceptions in the chain, and where the last one was raised."""
        return f"[{described(ei[1])}]"


def masked(line: str) -> str:
    """The line without e-mail addresses and long numbers, and without line breaks."""
    for pattern, instead in _MASKED:
        line = pattern.sub(instead, line)
    return " ".join(line.split())


def described(problem: BaseException | None) -> str:
    """An exception without its message: `IntegrityError < UniqueViolationError at inbox.py:41`."""
    kinds: list[str] = []
    cause = problem
    while cause is not None and len(kinds) < 4:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(problem.__traceback__)[-3:] if problem else []
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return " < ".join(kinds) + (f" at {places}" if places else "")


class SharedFileHandler(RotatingFileHandler):
    """A rotating file that several processes write: each line and each rotation under a lock file."""

    def __init__(self, file: Path) -> None:
        self._lock_file = file.with_suffix(".lock")
        super().__init__(file, maxBytes=BYTES_A_FILE, backupCount=OLD_FILES, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line, into the file that has the name now."""
        with portalocker.Lock(self._lock_file, "a"):
            self._follow_rotation()
            super().emit(record)

    def _follow_rotation(self) -> None:
        file = Path(self.baseFilename)
        if self.stream and not (file.exists() and samestat(file.stat(), fstat(self.stream.fileno()))):
            self.stream.close()
            self.stream = self._open()


def start_logging(level: str, home: Path | None = None) -> None:
    """Log to stderr, and to the file in `home` where one is given. Replaces whatever logged before."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if home is not None:
        (home / "logs").mkdir(parents=True, exist_ok=True)
        handlers.append(SharedFileHandler(home / "logs" / NAME))
    for handler in handlers:
        handler.setFormatter(LineFormatter())
    logging.basicConfig(level=level, handlers=handlers, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    _tame_structlog()


def _tame_structlog() -> None:
    """Rasa logs through structlog, with the customer's text in its fields: keep the event's name only."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _event_only(logger: object, method: str, event: Any) -> str:
    return str(event.get("event", ""))
