"""Tables of the forecast of the guaranteed attempt, and of the graduation days it goes by."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class Outlook(StrEnum):
    """What a student whose guaranteed attempt is not used has to expect."""

    RESERVED = "reserved"
    PLACED = "placed"
    AT_RISK = "at_risk"
    UNKNOWN = "unknown"


class ForecastReason(StrEnum):
    """Why a student is at risk, or nothing can be told."""

    NO_PLAN = "no_plan"
    PLAN_AFTER_GRADUATION = "plan_after_graduation"
    NO_QUOTA = "no_quota"
    NO_SEATS = "no_seats"
    GRADUATION_UNKNOWN = "graduation_unknown"


class GraduationDay(TenantRow, Base):
    """On which day an entry year of a programme graduates, by which document; a later revision goes before it."""

    __tablename__ = "graduation_days"
    __table_args__ = (
        within("programme_id", to="programmes"),
        UniqueConstraint(
            "institution_id", "programme_id", "entry_year", "revision", name="graduation_days_one_revision_key"
        ),
        CheckConstraint("entry_year BETWEEN 1990 AND 2100", name="entry_year_plausible"),
        CheckConstraint("extract(year FROM graduates_on) >= entry_year", name="after_entry"),
        CheckConstraint("revision > 0", name="revision_positive"),
        about(Reach.TENANT, append_only=True, server_set=("loaded_at",)),
    )

    programme_id: Mapped[UUID]
    entry_year: Mapped[int]
    revision: Mapped[int]
    graduates_on: Mapped[date]
    document_number: Mapped[str]
    loaded_by: Mapped[UUID]
    loaded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class GuaranteeForecast(TenantRow, Base):
    """One look ahead at an institution's students whose guaranteed attempt is not used."""

    __tablename__ = "guarantee_forecasts"
    __table_args__ = (
        of_institution(),
        Index(None, "made_at"),
        about(Reach.TENANT, append_only=True, forgets=True, server_set=("made_at",)),
    )

    looked_on: Mapped[date]
    """The day that registration and exams were compared with."""
    made_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    asked_by: Mapped[UUID]


class GuaranteeForecastRow(Base):
    """What one forecast expects for one student, and the day after which no registration helps any more."""

    __tablename__ = "guarantee_forecast_rows"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "forecast_id", "student_id"),
        within("forecast_id", to="guarantee_forecasts"),
        within("student_id", to="students"),
        within("college_id", to="colleges"),
        within("programme_id", to="programmes"),
        within("exam_plan_id", to="exam_plans"),
        one_of("outlook", Outlook),
        one_of("reason", ForecastReason),
        CheckConstraint("(outlook IN ('at_risk', 'unknown')) = (reason IS NOT NULL)", name="risk_has_a_reason"),
        CheckConstraint("(outlook = 'placed') <= (exam_plan_id IS NOT NULL)", name="placed_in_a_plan"),
        CheckConstraint("outlook = 'at_risk' OR NOT is_new", name="only_risk_is_new"),
        Index("guarantee_forecast_rows_by_college_idx", "institution_id", "forecast_id", "college_id", "outlook"),
        about(Reach.TENANT, row_security=True, append_only=True, forgets=True, goes_with="true"),
    )

    institution_id: Mapped[UUID]
    forecast_id: Mapped[UUID]
    student_id: Mapped[UUID]
    college_id: Mapped[UUID]
    programme_id: Mapped[UUID]
    entry_year: Mapped[int]
    graduates_on: Mapped[date | None]
    outlook: Mapped[str]
    reason: Mapped[str | None]
    exam_plan_id: Mapped[UUID | None]
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    last_useful_on: Mapped[date | None]
    """The last close of a registration that still helps; null where none does."""
    is_new: Mapped[bool]
