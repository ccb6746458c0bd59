"""Tables of exam plans."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, within


class ExamPlan(TenantRow, Base):
    """One exam of an evaluation organisation at one institution."""

    __tablename__ = "exam_plans"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "organisation_id", "code"),
        CheckConstraint("registration_closes_on >= registration_opens_on", name="registration_in_order"),
        CheckConstraint("exam_on >= registration_closes_on", name="exam_after_registration"),
        CheckConstraint("last_serial >= 0", name="last_serial_not_negative"),
        Index(None, "organisation_id"),
        about(Reach.TENANT),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    name: Mapped[str]
    registration_opens_on: Mapped[date]
    registration_closes_on: Mapped[date]
    exam_on: Mapped[date]
    objections_until: Mapped[datetime | None]
    last_serial: Mapped[int] = mapped_column(server_default=text("0"))


class ExamPlanLevel(Base):
    """One certificate level examined in a plan, by one version of its assessment scheme."""

    __tablename__ = "exam_plan_levels"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    exam_plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"), primary_key=True)
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_schemes.id"))
