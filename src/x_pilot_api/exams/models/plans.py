"""Tables of exam plans and of what has to be done for them by when."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

_UP_TO_EXAM = ("registration_closes_on", "candidates_locked_on", "seats_arranged_on", "tickets_on", "exam_on")
_FROM_EXAM_ON = ("exam_on", "results_due_on")


def out_of_order(days: Mapping[str, date | None]) -> tuple[str, str] | None:
    """Find two steps of a plan whose days do not follow each other; a step without a day is passed over."""
    for names in (_UP_TO_EXAM, _FROM_EXAM_ON):
        known = [(name, day) for name in names if (day := days.get(name)) is not None]
        for (first, first_on), (second, second_on) in pairwise(known):
            if first_on > second_on:
                return first, second
    return None


class PlanState(StrEnum):
    """Where a plan is on its way; it is stored nowhere, but follows from its days and from what is there."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REGISTRATION_OPEN = "registration_open"
    REGISTRATION_CLOSED = "registration_closed"
    ARRANGED = "arranged"
    HELD = "held"
    RESULTS_ENTERED = "results_entered"
    PUBLIC_NOTICE = "public_notice"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PlanTaskKind(StrEnum):
    """What has to be done for a plan by a day, in the order in which it is done."""

    CLOSE_REGISTRATION = "close_registration"
    LOCK_CANDIDATES = "lock_candidates"
    ARRANGE_SEATS = "arrange_seats"
    ISSUE_TICKETS = "issue_tickets"
    HOLD_SITTINGS = "hold_sittings"
    ENTER_RESULTS = "enter_results"
    END_NOTICE = "end_notice"


class ExamPlan(TenantRow, Base):
    """One exam of an evaluation organisation at one institution."""

    __tablename__ = "exam_plans"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "organisation_id", "code"),
        CheckConstraint("registration_closes_on >= registration_opens_on", name="registration_in_order"),
        CheckConstraint("exam_on >= registration_closes_on", name="exam_after_registration"),
        CheckConstraint("last_serial >= 0", name="last_serial_not_negative"),
        CheckConstraint("candidates_locked_on BETWEEN registration_closes_on AND exam_on", name="locked_in_order"),
        CheckConstraint("seats_arranged_on BETWEEN registration_closes_on AND exam_on", name="arranged_in_order"),
        CheckConstraint("tickets_on BETWEEN registration_closes_on AND exam_on", name="tickets_in_order"),
        CheckConstraint("results_due_on >= exam_on", name="results_after_exam"),
        CheckConstraint("(cancelled_at IS NULL) = (cancellation_reason IS NULL)", name="cancellation_has_a_reason"),
        Index(None, "organisation_id"),
        about(Reach.TENANT),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    name: Mapped[str]
    registration_opens_on: Mapped[date]
    registration_closes_on: Mapped[date]
    exam_on: Mapped[date]
    candidates_locked_on: Mapped[date | None]
    seats_arranged_on: Mapped[date | None]
    tickets_on: Mapped[date | None]
    results_due_on: Mapped[date | None]
    objections_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(server_default=text("now()"))
    """Null while it is a draft, which says so; a plan of before there were drafts was published when it was made."""
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]
    last_serial: Mapped[int] = mapped_column(server_default=text("0"))


class ExamPlanLevel(Base):
    """One certificate level examined in a plan, by one version of its assessment scheme."""

    __tablename__ = "exam_plan_levels"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        about(Reach.TENANT, append_only=True, forgets=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    exam_plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"), primary_key=True)
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_schemes.id"))


class PlanTask(Base):
    """One dated task of a published plan; where evidence shows that it is done, nobody ticks it."""

    __tablename__ = "exam_plan_tasks"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "exam_plan_id", "kind"),
        within("exam_plan_id", to="exam_plans"),
        one_of("kind", PlanTaskKind),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="tick_names_somebody"),
        Index(None, "institution_id", "due_on", postgresql_where=text("done_at IS NULL")),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    exam_plan_id: Mapped[UUID]
    kind: Mapped[str]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
