"""The table of fee standards; amounts are whole fen."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class FeeStandardState(StrEnum):
    """Where a fee standard is on its way."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FeeSide(StrEnum):
    """Who proposed a fee: the other side has to agree to it."""

    ORGANISATION = "organisation"
    INSTITUTION = "institution"


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
        CheckConstraint("cost_fen >= 0 AND (cost_fen IS NULL) = (cost_sheet_id IS NULL)", name="cost_of_its_sheet"),
        CheckConstraint("(agreed_at IS NULL) = (agreed_by IS NULL)", name="agreement_names_somebody"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approval_names_somebody"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="publication_names_somebody"),
        CheckConstraint("agreed_by <> proposed_by", name="agreed_by_a_second_person"),
        CheckConstraint("approved_by <> proposed_by AND approved_by <> agreed_by", name="approved_by_a_second_person"),
        CheckConstraint("state NOT IN ('published', 'superseded') OR published_at IS NOT NULL", name="published"),
        CheckConstraint(
            "ended_on IS NULL OR published_at IS NOT NULL AND state IN ('superseded', 'suspended')",
            name="only_what_was_published_ends",
        ),
        CheckConstraint(
            "ended_on >= effective_from AND ended_on <= coalesce(effective_to, ended_on)", name="ends_within_its_days"
        ),
        CheckConstraint("state <> 'superseded' OR ended_on IS NOT NULL", name="superseded_on_a_day"),
        one_of("side", FeeSide),
        within("cost_sheet_id", to="cost_sheets"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("certificate_level_id", "="),
            ("exam_form", "="),
            (text("daterange(effective_from, least(effective_to, ended_on))"), "&&"),
            using="gist",
            name="fee_standards_no_overlap_excl",
            where=text("published_at IS NOT NULL"),
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("certificate_level_id", "="),
            ("exam_form", "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="fee_standards_one_proposal_excl",
            where=text("state IN ('proposed', 'agreed', 'approved')"),
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
    side: Mapped[str] = mapped_column(server_default=FeeSide.ORGANISATION)
    cost_sheet_id: Mapped[UUID | None]
    cost_fen: Mapped[int | None]
    """What the sheet came to per candidate, in cash, when the fee was proposed."""
    reason: Mapped[str | None]
    """Why it was refused or withdrawn."""
    proposed_by: Mapped[UUID | None]
    """Not known of those from before proposals were kept with their persons."""
    agreed_by: Mapped[UUID | None]
    agreed_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    """The first day on which it is in force no longer, because it was superseded or suspended."""
