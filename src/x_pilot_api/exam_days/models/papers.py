"""Table of what is printed for a sitting."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, within
from x_pilot_api.core.sealed import sealed


class SittingPapers(TenantRow, Base):
    """One bundle of tickets and lists that somebody asked for: a zip file, sealed, and forgotten after a while."""

    __tablename__ = "sitting_papers"
    __table_args__ = (
        within("sitting_id", to="exam_sittings"),
        CheckConstraint("(made_at IS NULL) = (tickets IS NULL)", name="made_has_figures"),
        CheckConstraint("sealed_file IS NULL OR made_at IS NOT NULL", name="file_was_made"),
        Index(None, "institution_id", "sitting_id"),
        Index(None, "asked_at", postgresql_where=text("sealed_file IS NOT NULL")),
        about(Reach.TENANT, server_set=("asked_at",)),
    )

    sitting_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    job_id: Mapped[UUID | None]
    revision: Mapped[int | None]
    """Of the arrangement that was printed."""
    tickets: Mapped[int | None]
    rooms: Mapped[int | None]
    size_bytes: Mapped[int | None]
    made_at: Mapped[datetime | None]
    sealed_file: Mapped[bytes | None] = sealed()
    key_id: Mapped[str]
