"""Tables of the yearly collection of programme data."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.participations.models import QUOTA_MAX

FIGURE_MAX = 100_000


class RoundState(StrEnum):
    """Whether a collection still takes data."""

    OPEN = "open"
    CLOSED = "closed"


class ReturnState(StrEnum):
    """Where one programme's data of a year are on their way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class CollectionRound(TenantRow, Base):
    """One year's collection of programme data, which the office opens with the day it is due."""

    __tablename__ = "collection_rounds"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "academic_year"),
        one_of("state", RoundState),
        CheckConstraint("academic_year ~ '^[0-9]{4}-[0-9]{4}$'", name="academic_year_spelt"),
        about(Reach.TENANT),
    )

    academic_year: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=RoundState.OPEN)


class ProgrammeReturn(TenantRow, Base):
    """One pilot programme's data in one collection, as they are being filled in."""

    __tablename__ = "programme_returns"
    __table_args__ = (
        within("collection_round_id", to="collection_rounds"),
        within("programme_id", to="programmes"),
        within("college_id", to="colleges"),
        UniqueConstraint("institution_id", "collection_round_id", "programme_id"),
        one_of("state", ReturnState),
        CheckConstraint(f"classes BETWEEN 0 AND {FIGURE_MAX}", name="classes_in_range"),
        CheckConstraint(f"students BETWEEN 0 AND {FIGURE_MAX}", name="students_in_range"),
        CheckConstraint(f"teachers BETWEEN 0 AND {FIGURE_MAX}", name="teachers_in_range"),
        CheckConstraint(
            "state = 'draft' OR (version > 0 AND num_nulls(classes, students, teachers, is_late, submitted_by) = 0)",
            name="submitted_is_whole",
        ),
        Index(None, "institution_id", "college_id"),
        about(Reach.TENANT),
    )

    collection_round_id: Mapped[UUID]
    programme_id: Mapped[UUID]
    college_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default=ReturnState.DRAFT)
    classes: Mapped[int | None]
    students: Mapped[int | None]
    teachers: Mapped[int | None]
    remark: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("0"))
    is_late: Mapped[bool | None]
    submitted_by: Mapped[UUID | None]
    comment: Mapped[str | None]


class ProgrammeReturnLevel(Base):
    """One certificate level a programme would take part with, and the quota it asks for."""

    __tablename__ = "programme_return_levels"
    __table_args__ = (
        within("programme_return_id", to="programme_returns"),
        CheckConstraint(f"quota_asked BETWEEN 1 AND {QUOTA_MAX}", name="quota_asked_in_range"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_return_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"), primary_key=True)
    quota_asked: Mapped[int]


class ProgrammeReturnVersion(TenantRow, Base):
    """One submission: the figures as they were confirmed, beside what the register knew at that moment."""

    __tablename__ = "programme_return_versions"
    __table_args__ = (
        within("programme_return_id", to="programme_returns"),
        UniqueConstraint("institution_id", "programme_return_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, append_only=True, server_set=("id", "submitted_at")),
    )

    programme_return_id: Mapped[UUID]
    number: Mapped[int]
    figures: Mapped[JsonObject]
    known: Mapped[JsonObject]
    is_late: Mapped[bool]
    submitted_by: Mapped[UUID]
    submitted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ProgrammeReturnDecision(TenantRow, Base):
    """One answer of the office to a submission: sent back with a comment, or accepted with what was granted."""

    __tablename__ = "programme_return_decisions"
    __table_args__ = (
        within("programme_return_id", to="programme_returns"),
        one_of("state", ReturnState),
        CheckConstraint("state IN ('returned', 'accepted')", name="an_answer"),
        CheckConstraint("(state = 'accepted') = (decision_document IS NOT NULL)", name="acceptance_has_a_document"),
        CheckConstraint("state = 'accepted' OR comment IS NOT NULL", name="sending_back_has_a_comment"),
        Index(None, "institution_id", "programme_return_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "decided_at")),
    )

    programme_return_id: Mapped[UUID]
    version: Mapped[int]
    state: Mapped[str]
    comment: Mapped[str | None]
    decision_document: Mapped[str | None]
    granted: Mapped[JsonObject]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
