"""Tables of result batches and results."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, one_of, within
from x_pilot_api.core.sealed import sealed


class Activity(StrEnum):
    """Whether the candidate took part."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    BREACH = "breach"


class Grading(StrEnum):
    """How final a result is; only final and corrected ones issue a certificate, a voided one revokes it."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    CORRECTED = "corrected"
    VOIDED = "voided"


class Standing(StrEnum):
    """Whether a revision is in effect, waits for a second person's look, or was followed by a later one."""

    EFFECTIVE = "effective"
    QUARANTINED = "quarantined"
    SUPERSEDED = "superseded"


class RowOutcome(StrEnum):
    """What became of one pushed row."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


class ResultBatch(TenantRow, Base):
    """One push of results: the bytes as they came, sealed, and what became of them in numbers."""

    __tablename__ = "result_batches"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        # A test client's batch can only lie in a test institution, a live one's only in a real one.
        ForeignKeyConstraint(["institution_id", "is_test"], ["institutions.id", "institutions.is_test"]),
        ForeignKeyConstraint(["machine_client_id", "is_test"], ["machine_clients.id", "machine_clients.is_test"]),
        CheckConstraint("num_nulls(signature, signature_base, client_key_id) IN (0, 3)", name="signature_whole"),
        Index(None, "id"),
        Index(None, "institution_id", "exam_plan_id"),
        about(Reach.TENANT, row_security=True, append_only=True, updates=("counts",), server_set=("received_at",)),
    )

    exam_plan_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    caller_id: Mapped[UUID]
    is_test: Mapped[bool]
    machine_client_id: Mapped[UUID | None]
    sealed_body: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    signature: Mapped[bytes | None]
    signature_base: Mapped[str | None]
    client_key_id: Mapped[UUID | None] = mapped_column(ForeignKey("client_keys.id"))
    row_count: Mapped[int]
    counts: Mapped[JsonObject]
    received_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Result(TenantRow, Base):
    """One revision of one candidate's result: what the organisation sent beside what we computed; hundredths."""

    __tablename__ = "results"
    __table_args__ = (
        within("registration_id", to="registrations"),
        within("award_id", to="awards"),
        within("batch_id", to="result_batches"),
        one_of("activity", Activity),
        one_of("grading", Grading),
        one_of("standing", Standing),
        CheckConstraint("revision > 0", name="revision_positive"),
        CheckConstraint("(standing = 'superseded') = (superseded_at IS NOT NULL)", name="superseding_has_an_instant"),
        UniqueConstraint("institution_id", "organisation_id", "org_result_id", "revision"),
        Index(
            "results_one_in_effect_key", "institution_id", "registration_id",
            unique=True, postgresql_where=text("standing = 'effective'"),
        ),
        Index(None, "institution_id", "award_id"),
        Index(None, "institution_id", "batch_id"),
        about(
            Reach.TENANT,
            row_security=True,
            append_only=True,
            updates=("standing", "superseded_at"),
            server_set=("recorded_at",),
        ),
    )  # fmt: skip

    organisation_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    org_result_id: Mapped[str]
    revision: Mapped[int]
    activity: Mapped[str]
    grading: Mapped[str]
    components: Mapped[JsonObject]
    total_hundredths: Mapped[int | None]
    passed: Mapped[bool | None]
    claimed_total_hundredths: Mapped[int | None]
    claimed_passed: Mapped[bool | None]
    certificate_number: Mapped[str | None]
    reason: Mapped[str | None]
    standing: Mapped[str]
    quarantine_code: Mapped[str | None]
    superseded_at: Mapped[datetime | None]
    award_id: Mapped[UUID | None]
    batch_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ResultRow(Base):
    """What became of one row of a batch; the row as it came is in the batch's sealed body."""

    __tablename__ = "result_rows"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "batch_id", "row_number"),
        within("batch_id", to="result_batches"),
        one_of("outcome", RowOutcome),
        CheckConstraint("(outcome IN ('rejected', 'quarantined')) = (code IS NOT NULL)", name="refusal_has_a_code"),
        about(Reach.TENANT, row_security=True, append_only=True),
    )

    institution_id: Mapped[UUID]
    batch_id: Mapped[UUID]
    row_number: Mapped[int] = mapped_column(Integer)
    org_result_id: Mapped[str | None]
    outcome: Mapped[str]
    code: Mapped[str | None]
    field: Mapped[str | None]
    figures: Mapped[JsonObject | None]
    result_id: Mapped[UUID | None]
