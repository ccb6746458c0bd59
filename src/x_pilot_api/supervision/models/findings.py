"""Tables of what supervision found at a college, what is done about it, and what its owner was reminded of."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class FindingState(StrEnum):
    """Where a finding is on its way: it is put right by a measure, and checked by another person."""

    RAISED = "raised"
    PLANNED = "planned"
    DONE = "done"
    RETURNED = "returned"
    CLOSED = "closed"


class FindingReminderStage(StrEnum):
    """When an owner was reminded: the day before the measure is due, or after it was."""

    TOMORROW = "tomorrow"
    OVERDUE = "overdue"


class SupervisionFinding(TenantRow, Base):
    """One thing supervision found at a college; its state, measure, owner, day due and check are set by its deeds."""

    __tablename__ = "supervision_findings"
    __table_args__ = (
        within("college_id", to="colleges"),
        within("assessment_id", to="college_assessments"),
        one_of("state", FindingState),
        CheckConstraint("indicator_code IS NULL OR assessment_id IS NOT NULL", name="indicator_of_an_assessment"),
        CheckConstraint(
            "(state = 'raised') = (owner_id IS NULL) AND (owner_id IS NULL) = (due_on IS NULL)"
            " AND (owner_id IS NULL) = (measure IS NULL)",
            name="planned_whole",
        ),
        CheckConstraint("state NOT IN ('done', 'closed') OR done_by IS NOT NULL", name="done_by_somebody"),
        CheckConstraint("(done_by IS NULL) = (evidence IS NULL)", name="done_with_evidence"),
        CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL) AND (closed_on IS NULL OR checked_by IS NOT NULL)",
            name="closed_whole",
        ),
        # Two persons: who put it right does not check it.
        CheckConstraint("checked_by <> done_by", name="checked_by_another"),
        Index(None, "institution_id", "college_id"),
        Index(None, "institution_id", "owner_id"),
        Index(None, "institution_id", "assessment_id"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    assessment_id: Mapped[UUID | None]
    indicator_code: Mapped[str | None]
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificates.id"))
    title: Mapped[str]
    description: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=FindingState.RAISED)
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    raised_on: Mapped[date]
    measure: Mapped[str | None]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date | None]
    evidence: Mapped[str | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    closed_on: Mapped[date | None]
    steps: Mapped[int] = mapped_column(server_default=text("0"))


class SupervisionFindingStep(TenantRow, Base):
    """One deed on a finding: who did it, what was said, and who owned it until when afterwards."""

    __tablename__ = "supervision_finding_steps"
    __table_args__ = (
        within("finding_id", to="supervision_findings"),
        one_of("state", FindingState),
        UniqueConstraint("institution_id", "finding_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    finding_id: Mapped[UUID]
    number: Mapped[int]
    deed: Mapped[str]
    state: Mapped[str]
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date | None]
    remark: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class SupervisionReminder(Base):
    """One reminder of a finding's owner: each stage of each day due is told once."""

    __tablename__ = "supervision_reminders"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "finding_id", "owner_id", "due_on", "stage"),
        within("finding_id", to="supervision_findings"),
        one_of("stage", FindingReminderStage),
        about(Reach.TENANT, append_only=True, server_set=("reminded_at",)),
    )

    institution_id: Mapped[UUID]
    finding_id: Mapped[UUID]
    owner_id: Mapped[UUID]
    due_on: Mapped[date]
    stage: Mapped[str]
    reminded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
