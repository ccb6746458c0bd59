"""Tables of conversion rules and the limits they live under."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.registry.rules import courses

# What a rule takes from a course was measured against the course's credits, from the proposal on.
courses.hold_credits(
    "mapping",
    "EXISTS (SELECT FROM mapping_courses AS used JOIN mappings AS rule ON rule.institution_id = used.institution_id"
    " AND rule.id = used.mapping_id WHERE used.institution_id = :institution_id AND used.course_id = target.id"
    " AND rule.state <> 'withdrawn')",
)


class Direction(StrEnum):
    """Which way a rule converts."""

    CERTIFICATE_TO_COURSE = "certificate_to_course"
    COURSE_TO_ASSESSMENT = "course_to_assessment"


class MappingState(StrEnum):
    """Where a rule is on its way."""

    DRAFT = "draft"
    AGREED = "agreed"
    APPROVED = "approved"
    FILED = "filed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class LimitCode(StrEnum):
    """Which limit of policy a setting is."""

    PER_CERTIFICATE = "per_certificate"
    CREDIT_BANK = "credit_bank"


class Mapping(TenantRow, Base):
    """One version of a conversion rule between a certificate level and courses of a programme's entry years."""

    __tablename__ = "mappings"
    __table_args__ = (
        within("programme_id", to="programmes"),
        one_of("direction", Direction),
        one_of("state", MappingState),
        CheckConstraint("entry_year_from <= entry_year_to", name="entry_years_in_order"),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint(
            "state NOT IN ('published', 'superseded') OR (effective_from IS NOT NULL AND filing_number IS NOT NULL"
            " AND college_agreed_hash = content_hash AND organisation_agreed_hash = content_hash)",
            name="published_has_all_it_needs",
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("programme_id", "="),
            ("certificate_level_id", "="),
            ("direction", "="),
            (text("int8range(entry_year_from, entry_year_to, '[]')"), "&&"),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="mappings_one_rule_in_force_excl",
            where=text("state IN ('published', 'superseded')"),
        ),
        UniqueConstraint("institution_id", "programme_id", "certificate_level_id", "direction", "version"),
        about(Reach.TENANT),
    )

    programme_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    direction: Mapped[str]
    entry_year_from: Mapped[int]
    entry_year_to: Mapped[int]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=MappingState.DRAFT)
    content_hash: Mapped[str]
    college_agreed_hash: Mapped[str | None]
    organisation_agreed_hash: Mapped[str | None]
    filing_number: Mapped[str | None]
    filed_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    published_at: Mapped[datetime | None]


class MappingCourse(Base):
    """One course a rule converts to or from: its credits are hundredths, its grade is what is entered or asked for."""

    __tablename__ = "mapping_courses"
    __table_args__ = (
        within("mapping_id", to="mappings"),
        within("course_id", to="courses"),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    mapping_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    credit_hundredths: Mapped[int]
    grade: Mapped[str]


class CreditLimit(TenantRow, Base):
    """One limit of policy in one period: at most so many hundredths of a credit, for one level or for all."""

    __tablename__ = "credit_limits"
    __table_args__ = (
        of_institution(),
        one_of("code", LimitCode),
        CheckConstraint("credit_hundredths >= 0", name="credit_not_negative"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("code", "="),
            (text("coalesce(certificate_level_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="credit_limits_one_in_force_excl",
        ),
        about(Reach.TENANT),
    )

    code: Mapped[str]
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    credit_hundredths: Mapped[int]
    basis: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
