"""The table of marks that tie instants to transactions."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about


class ChangeMark(SharedRow, Base):
    """One instant by which every transaction below `xid` had ended; an older instant is never said than was true."""

    __tablename__ = "change_marks"
    __table_args__ = (
        Index(None, "marked_at", "xid"),
        Index(None, "xid", "marked_at"),
        about(Reach.LOCAL, append_only=True, forgets=True, server_set=("id", "xid")),
    )

    # Both come from one statement: its snapshot is taken before the clock is read.
    xid: Mapped[int] = mapped_column(server_default=text("((pg_snapshot_xmin(pg_current_snapshot()))::text)::bigint"))
    marked_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
