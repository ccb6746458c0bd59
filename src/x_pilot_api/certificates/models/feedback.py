"""Tables of quality feedback to evaluation organisations."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class FeedbackState(StrEnum):
    """Where a piece of feedback is on its way."""

    OPEN = "open"
    SENT = "sent"
    ANSWERED = "answered"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"


class Feedback(TenantRow, Base):
    """One thing an institution, or a college of it, asks an organisation to set right about its certificate."""

    __tablename__ = "quality_feedback"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("state", FeedbackState),
        CheckConstraint("(state = 'open') = (asked_at IS NULL)", name="asked_once_sent"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closing_has_an_instant"),
        Index(None, "certificate_id"),
        about(Reach.TENANT),
    )

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"))
    college_id: Mapped[UUID | None]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=FeedbackState.OPEN)
    due_on: Mapped[date]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    remark: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class FeedbackAnswer(TenantRow, Base):
    """One answer of the organisation, beside the instant it was asked: sent first, or reopened."""

    __tablename__ = "feedback_answers"
    __table_args__ = (
        within("feedback_id", to="quality_feedback"),
        Index(None, "institution_id", "feedback_id"),
        about(Reach.TENANT, append_only=True),
    )

    feedback_id: Mapped[UUID]
    answer: Mapped[str]
    answered_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime]
