"""Tables of schemes by which colleges are assessed, and of the years they are assessed for."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

WHOLE_WEIGHT = 100
YEAR_MIN, YEAR_MAX = 2000, 2999
TARGET_MAX = 100_000
"""In hundredths of a percent: ten times the denominator."""


class CollegeSchemeState(StrEnum):
    """Whether a version of the scheme is being written, is the one in force, or was followed by another."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class RankingState(StrEnum):
    """Whether the office shows the colleges of a year in their order."""

    WITHHELD = "withheld"
    PUBLISHED = "published"


class CollegeScheme(TenantRow, Base):
    """One version of the scheme by which an institution assesses its colleges; a draft alone is changed.

    The service writes its state and, when another version comes into force, the last year it holds for.
    """

    __tablename__ = "college_schemes"
    __table_args__ = (
        of_institution(),
        one_of("state", CollegeSchemeState),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(f"first_year BETWEEN {YEAR_MIN} AND {YEAR_MAX}", name="first_year_in_range"),
        # One that was followed before it held for any year ends with the year before its first.
        CheckConstraint("last_year >= first_year - 1", name="years_in_order"),
        CheckConstraint("(state = 'superseded') = (last_year IS NOT NULL)", name="superseded_has_an_end"),
        CheckConstraint("(state = 'draft') = (enacted_by IS NULL)", name="enacted_by_somebody"),
        UniqueConstraint("institution_id", "number"),
        Index(
            "college_schemes_one_draft_key",
            "institution_id",
            unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            (text("int8range(first_year, last_year + 1)"), "&&"),
            using="gist",
            where=text("state <> 'draft'"),
            name="college_schemes_one_a_year_excl",
        ),
        about(Reach.TENANT),
    )

    number: Mapped[int]
    name: Mapped[str]
    basis: Mapped[str]
    first_year: Mapped[int]
    last_year: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default=CollegeSchemeState.DRAFT)
    drafted_by: Mapped[UUID]
    enacted_by: Mapped[UUID | None]


class CollegeIndicator(Base):
    """One indicator of a version: a figure of the catalogue, or what a college states with evidence; its weight."""

    __tablename__ = "college_indicators"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "scheme_id", "code"),
        within("scheme_id", to="college_schemes"),
        UniqueConstraint("institution_id", "scheme_id", "position"),
        UniqueConstraint("institution_id", "scheme_id", "figure_code"),
        CheckConstraint("position >= 0", name="position_not_negative"),
        CheckConstraint(f"weight BETWEEN 1 AND {WHOLE_WEIGHT}", name="weight_in_range"),
        CheckConstraint(f"target_hundredths BETWEEN 1 AND {TARGET_MAX}", name="target_in_range"),
        CheckConstraint(
            "(figure_code IS NULL) = (figure_version IS NULL) AND (figure_code IS NULL) = (numerator IS NOT NULL)"
            " AND (numerator IS NULL) = (denominator IS NULL)",
            name="counted_or_stated",
        ),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    scheme_id: Mapped[UUID]
    code: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    figure_code: Mapped[str | None]
    figure_version: Mapped[int | None]
    numerator: Mapped[str | None]
    """What a college counts above the line, in words; a figure's words are in its definition."""
    denominator: Mapped[str | None]
    weight: Mapped[int]
    """Whole points; those of a version add up to 100, which its deeds see to."""
    target_hundredths: Mapped[int]
    """The ratio that brings the whole weight, in hundredths of a percent."""


class AssessmentYear(TenantRow, Base):
    """One calendar year the colleges are assessed for, with the scheme it was opened with.

    The service writes whether its ranking is shown, who decided so, and why it was withdrawn last.
    """

    __tablename__ = "assessment_years"
    __table_args__ = (
        within("scheme_id", to="college_schemes"),
        one_of("ranking", RankingState),
        CheckConstraint(f"year BETWEEN {YEAR_MIN} AND {YEAR_MAX}", name="year_in_range"),
        CheckConstraint("ranking = 'withheld' OR ranked_by IS NOT NULL", name="published_by_somebody"),
        UniqueConstraint("institution_id", "year"),
        about(Reach.TENANT),
    )

    year: Mapped[int]
    scheme_id: Mapped[UUID]
    closes_at: Mapped[datetime]
    """The instant as of which its figures are computed."""
    ranking: Mapped[str] = mapped_column(server_default=RankingState.WITHHELD)
    ranked_by: Mapped[UUID | None]
    withdrawal_reason: Mapped[str | None]
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
