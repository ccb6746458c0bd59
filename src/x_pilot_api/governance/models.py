"""Tables of what an exit leaves to be done."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class TeachOutKind(StrEnum):
    """What an exit concerns."""

    STUDENTS_IN_TRAINING = "students_in_training"
    UNUSED_ATTEMPTS = "unused_attempts"
    MAPPING = "mapping"
    REGISTRATIONS = "registrations"


class TeachOutItem(TenantRow, Base):
    """One thing that an exit leaves to be done: how many it concerns, until when, and who sees to it.

    The subject is a programme, a conversion rule or an exam plan, as the kind says.
    """

    __tablename__ = "teach_out_items"
    __table_args__ = (
        within("review_id", to="certificate_reviews"),
        one_of("kind", TeachOutKind),
        CheckConstraint("concerned > 0", name="concerns_somebody"),
        UniqueConstraint("institution_id", "review_id", "kind", "subject_id"),
        about(Reach.TENANT, append_only=True, updates=("due_on", "owner_id", "done_on", "remark")),
    )

    review_id: Mapped[UUID]
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    concerned: Mapped[int]
    due_on: Mapped[date]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    done_on: Mapped[date | None]
    remark: Mapped[str | None]
