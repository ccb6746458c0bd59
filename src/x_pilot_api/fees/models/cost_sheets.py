"""Tables of cost sheets, their lines, and from which change of a cost on one is warned; amounts are whole fen."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

FIRST_YEAR, LAST_YEAR = 2019, 2100
CANDIDATES_MAX = 1_000_000
SPREAD_MAX = 100_000_000
QUANTITY_MAX = 99_999_999
"""In hundredths."""
UNIT_COST_MAX = 999_999_999
LINES_MAX = 200
PERCENT_MAX = 1_000


class CostSheetState(StrEnum):
    """Where a cost sheet is on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"


class CostElement(StrEnum):
    """What an exam costs something for."""

    QUESTION_BANK = "question_bank"
    PAPER_SETTING = "paper_setting"
    PRINTING = "printing"
    MARKING = "marking"
    CERTIFICATE_PRINTING = "certificate_printing"
    ASSESSORS = "assessors"
    SYSTEM_SUPPORT = "system_support"
    VENUE = "venue"
    ADMINISTRATION = "administration"
    CONSUMABLES = "consumables"


class CostPayer(StrEnum):
    """Who bears a line."""

    INSTITUTION = "institution"
    COLLEGE = "college"
    ORGANISATION = "organisation"
    SUBSIDY = "subsidy"
    STUDENT = "student"


class InKind(StrEnum):
    """What an institution contributes without paying for it."""

    VENUE = "venue"
    EQUIPMENT = "equipment"
    STAFF = "staff"


_OPEN = "state IN ('draft', 'submitted', 'returned')"


class CostSheet(TenantRow, Base):
    """What the exam of one certificate level in one form costs a college in a year, in one version."""

    __tablename__ = "cost_sheets"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("exam_form", ExamForm),
        one_of("state", CostSheetState),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_in_range"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint(f"candidates BETWEEN 1 AND {CANDIDATES_MAX}", name="candidates_in_range"),
        CheckConstraint("cash_fen >= 0 AND in_kind_fen >= 0", name="costs_not_negative"),
        CheckConstraint("(submitted_at IS NULL) = (submitted_by IS NULL)", name="submission_names_somebody"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decision_names_somebody"),
        CheckConstraint("decided_by <> submitted_by", name="decided_by_a_second_person"),
        CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="submitted"),
        CheckConstraint("state IN ('draft', 'submitted') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("state <> 'returned' OR reason IS NOT NULL", name="return_has_a_reason"),
        UniqueConstraint(
            "institution_id",
            "college_id",
            "certificate_level_id",
            "exam_form",
            "year",
            "version",
            name="cost_sheets_one_version_key",
        ),
        Index(
            "cost_sheets_one_open_key",
            "institution_id",
            "college_id",
            "certificate_level_id",
            "exam_form",
            "year",
            unique=True,
            postgresql_where=text(_OPEN),
        ),
        Index(
            "cost_sheets_one_accepted_key",
            "institution_id",
            "college_id",
            "certificate_level_id",
            "exam_form",
            "year",
            unique=True,
            postgresql_where=text("state = 'accepted'"),
        ),
        Index(None, "organisation_id"),
        about(Reach.TENANT, row_security=True),
    )

    college_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    exam_form: Mapped[str]
    year: Mapped[int]
    version: Mapped[int]
    machine_marked: Mapped[bool]
    """Whether the paper is objective and a machine marks it."""
    candidates: Mapped[int]
    """For how many its lines are reckoned."""
    cash_fen: Mapped[int]
    """Per candidate, rounded once by the written rule; what is contributed in kind is not in it."""
    in_kind_fen: Mapped[int]
    """Per candidate, what is contributed in kind."""
    state: Mapped[str] = mapped_column(server_default=CostSheetState.DRAFT)
    reason: Mapped[str | None]
    """Why it was returned."""
    drawn_up_by: Mapped[UUID]
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class CostSheetLine(TenantRow, Base):
    """One cost of a sheet: so many at so much each, for the sheet's candidates or for all it is spread over."""

    __tablename__ = "cost_sheet_lines"
    __table_args__ = (
        within("cost_sheet_id", to="cost_sheets"),
        one_of("element", CostElement),
        one_of("payer", CostPayer),
        one_of("in_kind", InKind),
        CheckConstraint(f"position BETWEEN 1 AND {LINES_MAX}", name="position_in_range"),
        CheckConstraint(f"quantity_hundredths BETWEEN 0 AND {QUANTITY_MAX}", name="quantity_in_range"),
        CheckConstraint(f"unit_cost_fen BETWEEN 0 AND {UNIT_COST_MAX}", name="unit_cost_in_range"),
        CheckConstraint(f"spread_over BETWEEN 1 AND {SPREAD_MAX}", name="spread_in_range"),
        CheckConstraint(
            "in_kind IS NULL OR payer IN ('institution', 'college')", name="in_kind_is_the_institutions_own"
        ),
        UniqueConstraint("institution_id", "cost_sheet_id", "position"),
        about(Reach.TENANT),
    )

    cost_sheet_id: Mapped[UUID]
    position: Mapped[int]
    element: Mapped[str]
    payer: Mapped[str]
    in_kind: Mapped[str | None]
    quantity_hundredths: Mapped[int]
    unit_cost_fen: Mapped[int]
    spread_over: Mapped[int | None]
    """Candidates a year the cost is spread over; null: the sheet's own."""
    basis: Mapped[str]


class CostChangeLimit(TenantRow, Base):
    """From a day on: by how many per cent a cost may change against last year's sheet before one is warned of it."""

    __tablename__ = "cost_change_limits"
    __table_args__ = (
        of_institution(),
        CheckConstraint(f"percent BETWEEN 1 AND {PERCENT_MAX}", name="percent_in_range"),
        UniqueConstraint("institution_id", "effective_from"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    percent: Mapped[int]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
