"""Tables of what takes two persons: quarantined results, and results that people upload."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, one_of, within
from x_pilot_api.core.sealed import sealed


class Decision(StrEnum):
    """What somebody proposes about a quarantined result."""

    CONFIRM_OURS = "confirm_ours"
    REJECT_ROW = "reject_row"
    ASK_ORGANISATION = "ask_organisation"


class ResultReviewState(StrEnum):
    """Whether a proposal waits for a second person, was confirmed or declined by one, or was only a question."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    ASKED = "asked"


class ResultReview(TenantRow, Base):
    """One proposal about one quarantined revision, and what a second person made of it."""

    __tablename__ = "result_reviews"
    __table_args__ = (
        within("result_id", to="results"),
        within("batch_id", to="result_batches"),
        one_of("decision", Decision),
        one_of("state", ResultReviewState),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("(state IN ('confirmed', 'declined')) = (decided_by IS NOT NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_at_an_instant"),
        Index(
            "result_reviews_one_open_key", "institution_id", "result_id",
            unique=True, postgresql_where=text("state = 'proposed'"),
        ),
        about(Reach.TENANT, row_security=True, server_set=("proposed_at",)),
    )  # fmt: skip

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    result_id: Mapped[UUID]
    decision: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decided_reason: Mapped[str | None]
    batch_id: Mapped[UUID | None]


class UploadState(StrEnum):
    """Whether an uploaded file waits for a second person, was confirmed by one, or refused."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class ResultUpload(TenantRow, Base):
    """One file of results that a person uploaded, sealed; it becomes a batch when another one confirms it."""

    __tablename__ = "result_uploads"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        within("batch_id", to="result_batches"),
        one_of("state", UploadState),
        CheckConstraint("decided_by <> uploaded_by", name="second_person"),
        CheckConstraint("(state = 'waiting') = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_at_an_instant"),
        CheckConstraint("(state = 'confirmed') = (batch_id IS NOT NULL)", name="confirmed_has_a_batch"),
        Index(None, "organisation_id", "id"),
        about(Reach.TENANT, row_security=True, server_set=("uploaded_at",)),
    )

    exam_plan_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    file_kind: Mapped[str]
    is_atomic: Mapped[bool]
    reason: Mapped[str]
    sealed_body: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    row_count: Mapped[int]
    preview: Mapped[JsonObject | None]
    state: Mapped[str]
    uploaded_by: Mapped[UUID]
    uploaded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decided_reason: Mapped[str | None]
    batch_id: Mapped[UUID | None]
