"""Tables of the requirement that teachers have to meet, and of the five years in which each has to."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, within

HOURS_MAX = 10_000
CYCLE_YEARS = 5
"""The notice's own figure: training goes round in five years (N(6))."""


class TrainingRequirement(TenantRow, Base):
    """One version of how many class hours a cycle takes, and how many of them of the X module; loaded, never changed.

    A cycle is judged by the latest version that covers its first day.
    """

    __tablename__ = "training_requirements"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint(f"total_hours BETWEEN 1 AND {HOURS_MAX}", name="total_in_range"),
        CheckConstraint("module_hours BETWEEN 1 AND total_hours", name="module_within_the_total"),
        CheckConstraint("effective_to >= effective_from", name="dates_in_order"),
        about(Reach.TENANT, append_only=True, server_set=("loaded_at",)),
    )

    version: Mapped[int]
    total_hours: Mapped[int]
    module_hours: Mapped[int]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    loaded_by: Mapped[UUID]
    loaded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class TrainingCycle(TenantRow, Base):
    """One teacher's five years: what is completed from its first to its last day counts toward it."""

    __tablename__ = "training_cycles"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        CheckConstraint(
            f"ends_on = (begins_on + interval '{CYCLE_YEARS} years' - interval '1 day')::date", name="five_years"
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("teacher_id", "="),
            (text("daterange(begins_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="training_cycles_one_at_a_time_excl",
        ),
        about(Reach.TENANT, append_only=True, server_set=("opened_at",)),
    )

    teacher_id: Mapped[UUID]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
