"""Where a device stands in the feed of changes, and how it carries that along."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.pagination import read_token, token_after

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NIL = UUID(int=0)
_NUMBER_MAX = 2**63 - 1
_MICROSECONDS_MAX = 250_000_000_000_000_000
XIDS_APART_MAX = 2**31
"""A row knows the lower half of its transaction's number; what is further apart could be taken for something newer."""

SKEW = timedelta(minutes=1)
"""How far the clocks of two of our servers may differ."""


@dataclass(frozen=True)
class Place:
    """A row of the feed: the number of the transaction that wrote it last, 0 for one that time alone has changed."""

    xid: int = 0
    kind: str = ""
    id: UUID = _NIL


@dataclass(frozen=True)
class Cursor:
    """Where a device stands: it has all that was written below `floor`, and all that time has shown up to `at`.

    While it pages, `place` is the last row it was given, and `next_floor` and `next_at` are where it will stand after.
    """

    lineage: int
    floor: int
    at: datetime
    next_floor: int | None = None
    next_at: datetime | None = None
    place: Place = Place()

    def written(self) -> str:
        """Write the cursor as devices carry it."""
        keys = [str(self.lineage), str(self.floor), _number(self.at)]
        if self.next_floor is not None and self.next_at is not None:
            keys += [str(self.next_floor), _number(self.next_at)]
            keys += [str(self.place.xid), self.place.kind, str(self.place.id)]
        return token_after(*keys)


def _number(at: datetime) -> str:
    return str((at - _EPOCH) // _MICROSECOND)


def _instant(text: str) -> datetime:
    number = int(text)
    if not 0 <= number <= _MICROSECONDS_MAX:
        raise ValueError("no instant")
    return _EPOCH + number * _MICROSECOND


def _xid(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _NUMBER_MAX:
        raise ValueError("no transaction")
    return number


def read_since(text: str) -> Cursor | datetime:
    """Read what a device brings back: the token of its last answer, or an instant."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        if at.tzinfo is None:
            raise Malformed(what="modified_since")
        return at
    try:
        keys = read_token(text)
        if len(keys) == len(("lineage", "floor", "at")):
            return Cursor(int(keys[0]), _xid(keys[1]), _instant(keys[2]))
        lineage, floor, at_, next_floor, next_at, xid, kind, id_ = keys
        return Cursor(
            int(lineage),
            _xid(floor),
            _instant(at_),
            _xid(next_floor),
            _instant(next_at),
            Place(_xid(xid), kind, UUID(id_)),
        )
    except (ValueError, Malformed):
        raise Malformed(what="modified_since") from None


def is_forgotten(cursor: Cursor, *, lineage: int, head: int) -> bool:
    """Tell whether a cursor is of another database, of a future it never had, or of a past too far away."""
    return cursor.lineage != lineage or cursor.floor > head or (0 < cursor.floor < head - XIDS_APART_MAX)
