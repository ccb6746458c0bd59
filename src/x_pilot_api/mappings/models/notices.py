"""Tables of the public notices of rules and the objections raised during them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class ObjectionState(StrEnum):
    """Whether an objection still waits, and how it was answered."""

    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class MappingNotice(TenantRow, Base):
    """One showing of a filed rule to everybody, for objections, from its first day to its last."""

    __tablename__ = "mapping_notices"
    __table_args__ = (
        within("mapping_id", to="mappings"),
        CheckConstraint("ends_on > starts_on", name="days_in_order"),
        UniqueConstraint("institution_id", "mapping_id"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    mapping_id: Mapped[UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opened_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=sql("clock_timestamp()"))


class MappingObjection(TenantRow, Base):
    """What one person of the institution has against a rule on notice, and the office's answer."""

    __tablename__ = "mapping_objections"
    __table_args__ = (
        within("notice_id", to="mapping_notices"),
        one_of("state", ObjectionState),
        CheckConstraint(
            "num_nonnulls(answer, answered_by, answered_at) = CASE state WHEN 'raised' THEN 0 ELSE 3 END",
            name="answer_whole",
        ),
        Index(None, "institution_id", "notice_id"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("state", "answer", "answered_by", "answered_at"),
            server_set=("raised_at",),
        ),
    )

    notice_id: Mapped[UUID]
    raised_by: Mapped[UUID]
    raised_at: Mapped[datetime] = mapped_column(server_default=sql("clock_timestamp()"))
    text: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=ObjectionState.RAISED)
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
