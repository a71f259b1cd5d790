"""The turn an action runs in: the open transaction, who is speaking, and what the house offers to actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import ContactPoint, Conversation, Level


class Article(Protocol):
    """An article of the help centre, as far as an action needs it."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def url(self) -> str: ...


class Hit(Protocol):
    """An article and how well it fits the question (cosine, at most 1)."""

    @property
    def article(self) -> Article: ...
    @property
    def score(self) -> float: ...


class HelpDesk(Protocol):
    """Finds the articles that answer a question, best first; nothing when none is relevant."""

    def find(self, question: str, limit: int = 3) -> Sequence[Hit]: ...
    def get(self, slug: str) -> Article | None: ...


class CatalogueFinder(Protocol):
    """Says how near things come to a wish in the customer's own words."""

    def nearness(self, wish: str, things: Mapping[int, Sequence[str]]) -> Mapping[int, float]:
        """By key of the thing: how near its texts come (cosine, at most 1); empty when it cannot tell."""
        ...


class NoFinder:
    """Where there is no encoder: wishes are matched by their words alone."""

    def nearness(self, wish: str, things: Mapping[int, Sequence[str]]) -> Mapping[int, float]:
        """It cannot tell."""
        return {}


@dataclass(frozen=True)
class House:
    """What does not change from turn to turn."""

    help_desk: HelpDesk
    secret: bytes
    """Keys the hashes of one-time codes."""
    shop_name: str
    demo: bool
    """Demo: mails can be read at /mailbox, and the bot says so."""
    help_url: str
    """Where the help centre's pages begin, without a slash at the end."""
    can_mail: bool
    """Whether mails, and so codes, can reach a customer."""
    address: str
    """Where customers find this installation, without a slash at the end."""
    instant_refund_cents: int = 5000
    """Up to this amount a claim is paid back at once; beyond it a human looks."""
    finder: CatalogueFinder = NoFinder()  # noqa: RUF009 - it has no state
    erasure_grace: timedelta = timedelta(days=7)
    """How long a wish to be erased waits, and can be taken back."""

    def link(self, article: Article) -> str:
        """The full address of the article's page."""
        return f"{self.help_url}/{article.slug}"


@dataclass(frozen=True)
class Turn:
    """One inbound message and everything it causes, inside one transaction."""

    session: AsyncSession
    conversation: Conversation
    contact_point: ContactPoint
    house: House
    photos: tuple[str, ...] = ()
    """Keys of the photos that came with the message."""

    @property
    def verified_id(self) -> int | None:
        """The id of the customer who proved to be here, else None. Nothing else may decide whose data is
        shown.
        """
        return self.contact_point.customer_id if self.contact_point.level is Level.VERIFIED else None

    @property
    def actor(self) -> str:
        """How the audit log calls whoever speaks."""
        return f"contact:{self.contact_point.id}"


_turn: ContextVar[Turn] = ContextVar("turn")


def current_turn() -> Turn:
    """The turn this action runs in.

    Raises:
        LookupError: no turn is running; actions only run inside one.
    """
    return _turn.get()


@contextmanager
def running(turn: Turn) -> Iterator[None]:
    """Make `turn` the current one of this context."""
    token = _turn.set(turn)
    try:
        yield
    finally:
        _turn.reset(token)
