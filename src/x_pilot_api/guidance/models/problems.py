"""Tables of problems of the pilot and of what was done about them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class ProblemAbout(StrEnum):
    """What a problem is about."""

    CERTIFICATE = "certificate"
    PLAN = "plan"
    OTHER = "other"


class ProblemSeverity(StrEnum):
    """How much a problem stands in the way."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ProblemState(StrEnum):
    """Where a problem is on its way."""

    RAISED = "raised"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"


class PilotProblem(TenantRow, Base):
    """One problem of the pilot at a college; its state, owner, day due, resolution and end are written by its deeds."""

    __tablename__ = "pilot_problems"
    __table_args__ = (
        within("college_id", to="colleges"),
        one_of("about", ProblemAbout),
        one_of("severity", ProblemSeverity),
        one_of("state", ProblemState),
        CheckConstraint("(about = 'certificate') = (certificate_id IS NOT NULL)", name="certificate_named"),
        CheckConstraint("(about = 'plan') = (plan_code IS NOT NULL)", name="plan_named"),
        CheckConstraint(
            "(state = 'raised') = (owner_id IS NULL) AND (owner_id IS NULL) = (due_on IS NULL)", name="assigned_whole"
        ),
        CheckConstraint(
            "state NOT IN ('resolved', 'confirmed') OR resolution IS NOT NULL", name="resolved_by_something"
        ),
        CheckConstraint("(state = 'confirmed') = (confirmed_on IS NOT NULL)", name="confirming_has_a_day"),
        # Two persons: who raises a problem says whether what another did has solved it.
        CheckConstraint("owner_id <> raised_by", name="owner_is_another"),
        Index(None, "institution_id", "college_id"),
        Index(None, "institution_id", "owner_id"),
        Index(None, "institution_id", "raised_by"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    about: Mapped[str]
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificates.id"))
    plan_code: Mapped[str | None]
    severity: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'raised'"))
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    raised_on: Mapped[date]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date | None]
    resolution: Mapped[str | None]
    confirmed_on: Mapped[date | None]
    steps: Mapped[int] = mapped_column(server_default=text("0"))


class PilotProblemStep(TenantRow, Base):
    """One deed on a problem: who did it, what was said, and who owned it until when afterwards."""

    __tablename__ = "pilot_problem_steps"
    __table_args__ = (
        within("problem_id", to="pilot_problems"),
        one_of("state", ProblemState),
        UniqueConstraint("institution_id", "problem_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    problem_id: Mapped[UUID]
    number: Mapped[int]
    deed: Mapped[str]
    state: Mapped[str]
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date | None]
    remark: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
