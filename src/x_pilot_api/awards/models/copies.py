"""Certificates issued anew on other paper, and where each paper is; the award itself, and its date, stay."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.awards.models.lives import PrintState
from x_pilot_api.core import leaves
from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class ReissueGround(StrEnum):
    """Why a certificate is issued anew."""

    LOST = "lost"
    DAMAGED = "damaged"
    NAME_CORRECTED = "name_corrected"


class ReissueState(StrEnum):
    """Where a wish for another paper stands."""

    PROPOSED = "proposed"
    ISSUED = "issued"
    REFUSED = "refused"


class AwardReissue(TenantRow, Base):
    """One wish that a certificate be issued anew; somebody else decides it than proposed it."""

    __tablename__ = "award_reissues"
    __table_args__ = (
        within("award_id", to="awards"),
        one_of("ground", ReissueGround),
        one_of("state", ReissueState),
        CheckConstraint("(ground = 'name_corrected') = (holder_name IS NOT NULL)", name="correction_has_a_name"),
        CheckConstraint(
            "(state <> 'proposed') = (decided_by IS NOT NULL) AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decision_whole",
        ),
        CheckConstraint("state <> 'issued' OR decided_by <> proposed_by", name="issued_by_a_second"),
        Index(
            "award_reissues_one_open_key",
            "institution_id",
            "award_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
        about(Reach.TENANT),
    )

    award_id: Mapped[UUID]
    ground: Mapped[str]
    holder_name: Mapped[str | None]
    number: Mapped[str | None]
    reason: Mapped[str]
    evidence: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]


class AwardCopy(TenantRow, Base):
    """One paper that took the place of the one before: another number and code for the same award."""

    __tablename__ = "award_copies"
    __table_args__ = (
        within("award_id", to="awards"),
        within("reissue_id", to="award_reissues"),
        CheckConstraint("serial > 0", name="serial_positive"),
        UniqueConstraint("institution_id", "award_id", "serial"),
        UniqueConstraint("institution_id", "verification_code"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    award_id: Mapped[UUID]
    serial: Mapped[int]
    reissue_id: Mapped[UUID]
    holder_name: Mapped[str]
    number: Mapped[str]
    verification_code: Mapped[str]
    issued_at: Mapped[datetime]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "award_copies",
        institution_id="uuid",
        id="uuid",
        award_id="uuid",
        serial="integer",
        reissue_id="uuid",
        holder_name="text",
        number="text",
        verification_code="text",
        issued_at="instant",
        actor_id="uuid",
        recorded_at="instant",
    )


class AwardPrintChange(TenantRow, Base):
    """One step of a certificate's paper, the first one's being 0; the award itself only shows the last of them."""

    __tablename__ = "award_print_changes"
    __table_args__ = (
        within("award_id", to="awards"),
        one_of("state", PrintState),
        Index(None, "institution_id", "award_id"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    award_id: Mapped[UUID]
    copy_serial: Mapped[int]
    state: Mapped[str]
    changed_at: Mapped[datetime]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "award_print_changes",
        institution_id="uuid",
        id="uuid",
        award_id="uuid",
        copy_serial="integer",
        state="text",
        changed_at="instant",
        actor_id="uuid",
        recorded_at="instant",
    )
