"""The table of issued certificates."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class AwardState(StrEnum):
    """Whether an issued certificate stands."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class Award(TenantRow, Base):
    """One certificate level issued to one person; `verification_code` carries the institution and cannot be guessed."""

    __tablename__ = "awards"
    __table_args__ = (
        within("identity_document_id", to="identity_documents"),
        within("student_id", to="students"),
        one_of("state", AwardState),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name="revocation_has_an_instant"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revocation_has_a_reason"),
        UniqueConstraint("institution_id", "verification_code"),
        # A revoked certificate's number may be issued again.
        Index(
            "awards_number_key",
            "institution_id",
            "certificate_level_id",
            "number",
            unique=True,
            postgresql_where=text("state <> 'revoked'"),
        ),
        Index(
            "awards_one_per_person_and_level_key",
            "institution_id",
            "identity_document_id",
            "certificate_level_id",
            unique=True,
            postgresql_where=text("state <> 'revoked'"),
        ),
        Index(None, "institution_id", "student_id"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("state", "revoked_at", "revoked_reason"),
            server_set=("recorded_at",),
        ),
    )

    identity_document_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    holder_name: Mapped[str]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    number: Mapped[str]
    verification_code: Mapped[str]
    issued_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=AwardState.VALID)
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
