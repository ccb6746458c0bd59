"""Tables of sittings: where and when a level of a plan is examined, in which rooms, by whom."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class SittingState(StrEnum):
    """Where a sitting is on its way; it follows from its times."""

    ARRANGED = "arranged"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    CANCELLED = "cancelled"


class ExaminerDuty(StrEnum):
    """What an examiner does in a sitting."""

    CHIEF = "chief"
    INVIGILATOR = "invigilator"
    ASSESSOR = "assessor"


class CoverageWarning(StrEnum):
    """What a sitting's examiners lack; it is a warning, and forbids nothing."""

    NO_QUALIFIED_EXAMINER = "no_qualified_examiner"
    EXAMINER_NOT_QUALIFIED = "examiner_not_qualified"


class ExamSitting(TenantRow, Base):
    """One sitting: a level of a plan examined at one site at one time; registrations take its seats.

    `seats` is the sum over its rooms, and `taken` what registrations hold of them.
    """

    __tablename__ = "exam_sittings"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        within("site_id", to="assessment_sites"),
        ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
        ),
        CheckConstraint("ends_at > starts_at", name="period_in_order"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_oversold"),
        CheckConstraint("(cancelled_at IS NULL) = (cancellation_reason IS NULL)", name="cancellation_has_a_reason"),
        UniqueConstraint("institution_id", "exam_plan_id", "code"),
        # What a registration refers to, so that it cannot sit where another plan or level is examined.
        UniqueConstraint("institution_id", "exam_plan_id", "certificate_level_id", "id", name="exam_sittings_of_key"),
        Index(None, "institution_id", "site_id"),
        Index(None, "institution_id", "starts_at"),
        about(Reach.TENANT),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    site_id: Mapped[UUID]
    code: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default=text("0"))
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]


class SittingRoom(Base):
    """One room of a sitting with the seats used in it; no room serves two sittings at one time."""

    __tablename__ = "sitting_rooms"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "sitting_id", "room_id"),
        within("sitting_id", to="exam_sittings"),
        within("room_id", to="rooms"),
        CheckConstraint("seats > 0", name="seats_positive"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("room_id", "="),
            ("during", "&&"),
            using="gist",
            name="sitting_rooms_once_at_a_time_excl",
            where=text("NOT is_released"),
        ),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    sitting_id: Mapped[UUID]
    room_id: Mapped[UUID]
    seats: Mapped[int]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    is_released: Mapped[bool] = mapped_column(server_default=false())
    """The sitting was cancelled, so that others may use the room."""


class SittingExaminer(TenantRow, Base):
    """One examiner of a sitting: a teacher of the register, or somebody named with their employer.

    Nobody serves at two sittings at one time.
    """

    __tablename__ = "sitting_examiners"
    __table_args__ = (
        within("sitting_id", to="exam_sittings"),
        within("teacher_id", to="teachers"),
        one_of("duty", ExaminerDuty),
        CheckConstraint("num_nonnulls(teacher_id, outsider_name) = 1", name="teacher_or_outsider"),
        CheckConstraint("(outsider_name IS NULL) = (outsider_employer IS NULL)", name="outsider_has_an_employer"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("teacher_id", "="),
            ("during", "&&"),
            using="gist",
            name="sitting_examiners_teacher_once_at_a_time_excl",
            where=text("NOT is_released"),
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("outsider_name", "="),
            ("outsider_employer", "="),
            ("during", "&&"),
            using="gist",
            name="sitting_examiners_outsider_once_at_a_time_excl",
            where=text("NOT is_released"),
        ),
        Index(None, "institution_id", "sitting_id"),
        about(Reach.TENANT),
    )

    sitting_id: Mapped[UUID]
    teacher_id: Mapped[UUID | None]
    outsider_name: Mapped[str | None]
    outsider_employer: Mapped[str | None]
    duty: Mapped[str]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    is_released: Mapped[bool] = mapped_column(server_default=false())
