"""Where a reader stands in the feed."""

import base64
import binascii
import struct
from dataclasses import dataclass
from uuid import UUID

from x_pilot_api.core.errors import Malformed

_SHAPE = struct.Struct(">QQ16s")
_XID_MAX = 2**63 - 1
NIL = UUID(int=0)


@dataclass(frozen=True)
class Cursor:
    """The last event seen: its transaction and id, and the database cluster whose transactions are counted."""

    lineage: int
    xid: int
    id: UUID = NIL

    def written(self) -> str:
        """Write the cursor as clients carry it."""
        return base64.urlsafe_b64encode(_SHAPE.pack(self.lineage, self.xid, self.id.bytes)).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Read a cursor that a client brings back."""
    try:
        packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        lineage, xid, event = _SHAPE.unpack(packed)
    except (UnicodeEncodeError, binascii.Error, struct.error):
        raise Malformed(what="after") from None
    if xid > _XID_MAX:
        raise Malformed(what="after")
    return Cursor(lineage, xid, UUID(bytes=event))


def is_forgotten(cursor: Cursor, *, head: Cursor, horizon: int) -> bool:
    """Tell whether events after a cursor may be missing.

    They were removed; or the cursor is of another database cluster, or of a future that a restored one never had.
    """
    return cursor.lineage != head.lineage or not horizon <= cursor.xid <= head.xid
