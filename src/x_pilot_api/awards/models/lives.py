"""Issued certificates, and every change of where one stands."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import leaves
from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class AwardState(StrEnum):
    """Whether an issued certificate stands."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class PrintState(StrEnum):
    """Where the paper of a certificate is."""

    TO_PRINT = "to_print"
    PRINTED = "printed"
    HANDED_OVER = "handed_over"
    COLLECTED = "collected"
    RETURNED = "returned"


class Award(TenantRow, Base):
    """One certificate level issued to one person; `verification_code` carries the institution and cannot be guessed.

    Number, code and name are those of the first paper; `copies` counts the papers that took its place since.
    """

    __tablename__ = "awards"
    __table_args__ = (
        within("identity_document_id", to="identity_documents"),
        within("student_id", to="students"),
        one_of("state", AwardState),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name="revocation_has_an_instant"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revocation_has_a_reason"),
        UniqueConstraint("institution_id", "verification_code"),
        one_of("print_state", PrintState),
        CheckConstraint("copies >= 0", name="copies_counted"),
        Index(
            "awards_one_per_person_and_level_key",
            "institution_id",
            "identity_document_id",
            "certificate_level_id",
            unique=True,
            postgresql_where=text("state <> 'revoked'"),
        ),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "recorded_at"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("state", "revoked_at", "revoked_reason", "print_state", "copies"),
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
    print_state: Mapped[str] = mapped_column(server_default=PrintState.TO_PRINT)
    copies: Mapped[int] = mapped_column(server_default=text("0"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "awards",
        institution_id="uuid",
        id="uuid",
        identity_document_id="uuid",
        student_id="uuid",
        holder_name="text",
        certificate_level_id="uuid",
        number="text",
        verification_code="text",
        issued_on="date",
        recorded_at="instant",
    )


class AwardChange(TenantRow, Base):
    """One change of where an issued certificate stands; the award itself only shows the last of them."""

    __tablename__ = "award_changes"
    __table_args__ = (
        within("award_id", to="awards"),
        one_of("state", AwardState),
        Index(None, "institution_id", "award_id"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    award_id: Mapped[UUID]
    state: Mapped[str]
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "award_changes",
        institution_id="uuid",
        id="uuid",
        award_id="uuid",
        state="text",
        reason="text",
        changed_at="instant",
        actor_id="uuid",
        recorded_at="instant",
    )
