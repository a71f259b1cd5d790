"""The ledger replayed as lots: whatever happens in whatever order, the sums hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_store.loyalty.lots import expiry_key, read
from crm_store.models import PointsEntry, PointsKind

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


class Book:
    """A ledger in the making."""

    def __init__(self) -> None:
        self.lines: list[PointsEntry] = []

    def line(
        self,
        kind: PointsKind,
        points: int,
        at: float,
        *,
        ends: float | None = None,
        key: str = "",
        order_id: int | None = None,
        written: float | None = None,
    ) -> PointsEntry:
        number = len(self.lines) + 1
        entry = PointsEntry(
            id=number,
            kind=kind,
            points=points,
            key=key or f"key:{number}",
            order_id=order_id,
            created_at=day(at if written is None else written),
            available_at=day(at),
            expires_at=None if ends is None else day(ends),
        )
        self.lines.append(entry)
        return entry

    def earn(
        self, points: int, at: float, ends: float | None = 365, order_id: int | None = None
    ) -> PointsEntry:
        return self.line(PointsKind.EARN, points, at, ends=ends, order_id=order_id)

    def redeem(self, points: int, at: float) -> PointsEntry:
        return self.line(PointsKind.REDEEM, -points, at)

    def balance(self, at: float) -> int:
        return read(self.lines, day(at)).balance


def test_points_are_pending_then_active_then_gone() -> None:
    book = Book()
    book.earn(100, at=10, ends=20)
    assert [book.balance(at) for at in (9, 10, 19.9, 20, 30)] == [0, 100, 100, 0, 0]
    assert [lot.left for lot in read(book.lines, day(9)).pending] == [100]


def test_the_oldest_expiry_is_spent_first() -> None:
    book = Book()
    book.earn(100, at=0, ends=100)
    book.earn(100, at=1, ends=50)
    book.redeem(100, at=10)
    assert book.balance(60) == 100
    assert [lot.expired for lot in read(book.lines, day(60)).gone] == [0]


def test_spending_after_an_expiry_does_not_eat_what_was_gone() -> None:
    book = Book()
    book.earn(100, at=0, ends=50)
    book.earn(100, at=1, ends=100)
    book.redeem(100, at=60)
    assert book.balance(61) == 0
    assert [lot.expired for lot in read(book.lines, day(61)).gone] == [100]


def test_the_written_expiry_changes_nothing() -> None:
    book = Book()
    lot = book.earn(100, at=0, ends=50)
    book.redeem(30, at=10)
    before = book.balance(60)
    book.line(PointsKind.EXPIRE, -70, 50, key=expiry_key(lot.id))
    assert book.balance(60) == before == 0
    assert sum(line.points for line in book.lines) == 0


def test_a_clock_set_back_gives_nothing_back() -> None:
    book = Book()
    lot = book.earn(100, at=0, ends=50)
    book.earn(100, at=0, ends=300)
    book.redeem(100, at=60)
    book.line(PointsKind.EXPIRE, -100, 50, key=expiry_key(lot.id))
    assert book.balance(40) == 0


def test_a_reversal_takes_from_its_own_order_first_and_waits_with_it() -> None:
    book = Book()
    book.earn(50, at=0, ends=20)
    book.earn(50, at=10, ends=300, order_id=7)
    book.line(PointsKind.REVERSE, -30, 10, order_id=7, written=5)
    assert (book.balance(5), book.balance(10), book.balance(25)) == (50, 70, 20)
    assert [lot.left for lot in read(book.lines, day(5)).pending] == [20]


def test_spent_without_cover_is_a_debt_that_the_next_points_pay() -> None:
    book = Book()
    book.redeem(100, at=0)
    assert book.balance(5) == -100
    book.earn(150, at=10)
    assert (book.balance(5), book.balance(10)) == (0, 50)


def test_a_writer_whose_clock_is_behind_does_not_rewrite_what_was_decided() -> None:
    book = Book()
    lot = book.earn(100, at=0, ends=50)
    book.earn(100, at=0, ends=300)
    book.line(PointsKind.EXPIRE, -100, 50, key=expiry_key(lot.id))
    book.redeem(100, at=49)
    assert (book.balance(49), book.balance(60)) == (0, 0)
    assert sum(line.points for line in book.lines) == 0


def test_points_without_an_end_are_spent_last() -> None:
    book = Book()
    book.earn(100, at=0, ends=None)
    book.earn(100, at=1, ends=50)
    book.redeem(100, at=10)
    assert book.balance(10_000) == 100


moves = st.lists(
    st.tuples(st.sampled_from(["earn", "redeem", "expire"]), st.integers(1, 300), st.integers(-20, 40)),
    max_size=40,
)


@settings(max_examples=300)
@given(moves)
def test_what_is_kept_by_the_rules_never_goes_below_zero_and_never_drifts(
    steps: list[tuple[str, int, int]],
) -> None:
    """Redeem only what is there, write every expiry, with clocks that go back at times: the sums hold."""
    book, now = Book(), 0
    for what, points, later in steps:
        now += later
        if what == "earn":
            starts = now + points % 30
            book.line(PointsKind.EARN, points, starts, ends=starts + 60, written=now)
        elif what == "redeem" and points <= book.balance(now):
            book.redeem(points, at=now)
        elif what == "expire":
            _expire(book, now)
        lots = read(book.lines, day(now))
        held = lots.active + lots.pending + lots.gone
        assert sum(line.points for line in book.lines) == sum(lot.left + lot.expired for lot in held)
        assert lots.debt == 0
        assert lots.balance >= 0


def _expire(book: Book, now: int) -> None:
    recorded = {line.key for line in book.lines}
    for lot in read(book.lines, day(now)).gone:
        if lot.expired:
            assert expiry_key(lot.entry.id) not in recorded
            book.line(PointsKind.EXPIRE, -lot.expired, now, key=expiry_key(lot.entry.id))
