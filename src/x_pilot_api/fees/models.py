"""Tables of cost ceilings and fee standards; amounts are whole fen."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.db import Base, Reach, SharedRow, TenantRow, about, of_institution, one_of


class FeeStandardState(StrEnum):
    """Where a fee standard is on its way."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"


class FeeCeiling(SharedRow, Base):
    """The most an exam of one form may cost in a period, with the document that says so."""

    __tablename__ = "fee_ceilings"
    __table_args__ = (
        one_of("exam_form", ExamForm),
        one_of("level", Level),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        CheckConstraint("category IS NULL OR level IS NOT NULL", name="category_within_a_level"),
        UniqueConstraint("id", "amount_fen"),
        ExcludeConstraint(
            ("exam_form", "="),
            (text("coalesce(level, '')"), "="),
            (text("coalesce(category, '')"), "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="fee_ceilings_no_overlap_excl",
        ),
        about(Reach.SHARED, append_only=True, server_set=("recorded_at",)),
    )

    exam_form: Mapped[str]
    level: Mapped[str | None]
    category: Mapped[str | None]
    amount_fen: Mapped[int]
    document_number: Mapped[str]
    issuing_body: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class FeeStandard(TenantRow, Base):
    """The fee of one certificate level in one exam form and period, beside the ceiling it was measured against."""

    __tablename__ = "fee_standards"
    __table_args__ = (
        of_institution(),
        ForeignKeyConstraint(["ceiling_id", "ceiling_fen"], ["fee_ceilings.id", "fee_ceilings.amount_fen"]),
        one_of("exam_form", ExamForm),
        one_of("state", FeeStandardState),
        CheckConstraint("fee_fen > 0", name="fee_positive"),
        CheckConstraint("fee_fen <= ceiling_fen", name="fee_within_ceiling"),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("certificate_level_id", "="),
            ("exam_form", "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="fee_standards_no_overlap_excl",
            where=text("state NOT IN ('superseded', 'suspended')"),
        ),
        Index(None, "organisation_id"),
        about(Reach.TENANT, row_security=True),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    exam_form: Mapped[str]
    category: Mapped[str | None]
    fee_fen: Mapped[int]
    ceiling_id: Mapped[UUID]
    ceiling_fen: Mapped[int]
    basis: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    state: Mapped[str] = mapped_column(server_default=FeeStandardState.PROPOSED)
