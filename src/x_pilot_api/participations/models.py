"""Tables of the yearly participation in the pilot and of what was decided on it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within

QUOTA_MAX = 100_000


class ParticipationState(StrEnum):
    """Whether a college or programme takes part with a level in a year."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


class Participation(TenantRow, Base):
    """One college's or programme's part in the pilot of one level in one academic year.

    The quota counts registrations: `taken` are the places that registrations of the year's exams hold.
    """

    __tablename__ = "participations"
    __table_args__ = (
        within("college_id", to="colleges"),
        within("programme_id", to="programmes"),
        one_of("state", ParticipationState),
        CheckConstraint(
            "academic_year ~ '^[0-9]{4}-[0-9]{4}$' AND right(academic_year, 4)::int = left(academic_year, 4)::int + 1",
            name="academic_year_spelt",
        ),
        CheckConstraint(f"quota_asked BETWEEN 1 AND {QUOTA_MAX}", name="quota_asked_in_range"),
        CheckConstraint(f"quota BETWEEN 0 AND {QUOTA_MAX}", name="quota_in_range"),
        CheckConstraint("taken >= 0 AND taken <= coalesce(quota, 0)", name="never_oversold"),
        CheckConstraint(
            "(state IN ('approved', 'ended')) = (quota IS NOT NULL) AND (quota IS NULL) = (decision_document IS NULL)",
            name="approval_has_a_document",
        ),
        UniqueConstraint(
            "institution_id",
            "academic_year",
            "certificate_level_id",
            "college_id",
            "programme_id",
            name="participations_one_a_year_key",
            postgresql_nulls_not_distinct=True,
        ),
        about(Reach.TENANT),
    )

    academic_year: Mapped[str]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    college_id: Mapped[UUID]
    programme_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default=ParticipationState.ASKED)
    quota_asked: Mapped[int]
    quota: Mapped[int | None]
    taken: Mapped[int] = mapped_column(server_default=text("0"))
    decision_document: Mapped[str | None]
    asked_by: Mapped[UUID]
    decisions: Mapped[int] = mapped_column(server_default=text("0"))


class ParticipationDecision(TenantRow, Base):
    """One deed on a participation: what was asked or decided, by which document, and how it stood afterwards."""

    __tablename__ = "participation_decisions"
    __table_args__ = (
        within("participation_id", to="participations"),
        one_of("state", ParticipationState),
        UniqueConstraint("institution_id", "participation_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    participation_id: Mapped[UUID]
    number: Mapped[int]
    deed: Mapped[str]
    state: Mapped[str]
    quota_asked: Mapped[int]
    quota: Mapped[int | None]
    taken: Mapped[int]
    decision_document: Mapped[str | None]
    reason: Mapped[str | None]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
