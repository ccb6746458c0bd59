"""Tables of seed teachers, training consortia and qualifications."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class SeedTeacherState(StrEnum):
    """Where a seed teacher is on the way; `active` and `lapsed` follow from the days of the term."""

    NOMINATED = "nominated"
    CERTIFIED = "certified"
    ACTIVE = "active"
    LAPSED = "lapsed"
    DECLINED = "declined"
    REVOKED = "revoked"


class StoredSeedState(StrEnum):
    """What is written down of a seed teacher's state: the decisions of people, and nothing that the day decides."""

    NOMINATED = "nominated"
    CERTIFIED = "certified"
    DECLINED = "declined"
    REVOKED = "revoked"


class MemberKind(StrEnum):
    """What is a member of a training consortium."""

    COLLEGE = "college"
    ORGANISATION = "organisation"
    PARTNER = "partner"


class MemberRole(StrEnum):
    """What a member is in a training consortium."""

    LEAD = "lead"
    MEMBER = "member"


class QualificationKind(StrEnum):
    """What somebody may do for a certificate level."""

    TEACH = "teach"
    EXAMINE = "examine"


class QualificationState(StrEnum):
    """Where a qualification is on its way; it follows from its days."""

    UPCOMING = "upcoming"
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


class CertificateCategory(TenantRow, Base):
    """One category an institution sorts certificates into; the national catalogue knows none."""

    __tablename__ = "certificate_categories"
    __table_args__ = (of_institution(), UniqueConstraint("institution_id", "code"), about(Reach.TENANT))

    code: Mapped[str]
    name: Mapped[str]


class CategorisedCertificate(Base):
    """The one category a certificate is in, at one institution."""

    __tablename__ = "categorised_certificates"
    __table_args__ = (
        within("category_id", to="certificate_categories"),
        Index(None, "institution_id", "category_id"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
    category_id: Mapped[UUID]


class SeedTeacher(TenantRow, Base):
    """One nomination of a teacher as a seed teacher of a category and tier, and the term that came of it.

    A renewal is another nomination that names the one before. Both days of a term are its own.
    """

    __tablename__ = "seed_teachers"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        within("certificate_category_id", to="certificate_categories"),
        within("renews_id", to="seed_teachers"),
        one_of("tier", Level),
        one_of("state", StoredSeedState),
        CheckConstraint("valid_until >= valid_from", name="term_in_order"),
        CheckConstraint(
            "num_nonnulls(valid_from, valid_until, document_number)"
            " = CASE WHEN state IN ('certified', 'revoked') THEN 3 ELSE 0 END",
            name="certified_by_a_document_for_a_term",
        ),
        CheckConstraint("(state = 'nominated') = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("decided_by <> nominated_by", name="two_persons"),
        CheckConstraint("(state IN ('declined', 'revoked')) = (reason IS NOT NULL)", name="refused_with_a_reason"),
        CheckConstraint("(state = 'revoked') = (revoked_on IS NOT NULL)", name="revoked_on_a_day"),
        Index(
            "seed_teachers_one_open_key",
            "institution_id",
            "teacher_id",
            "certificate_category_id",
            "tier",
            unique=True,
            postgresql_where=text("state = 'nominated'"),
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("teacher_id", "="),
            ("certificate_category_id", "="),
            ("tier", "="),
            (text("daterange(valid_from, valid_until, '[]')"), "&&"),
            using="gist",
            name="seed_teachers_one_term_at_a_time_excl",
            where=text("state = 'certified'"),
        ),
        Index(None, "institution_id", "certificate_category_id"),
        about(Reach.TENANT),
    )

    teacher_id: Mapped[UUID]
    certificate_category_id: Mapped[UUID]
    tier: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=StoredSeedState.NOMINATED)
    evidence: Mapped[str]
    evidence_references: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    renews_id: Mapped[UUID | None]
    nominated_by: Mapped[UUID]
    nominated_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    document_number: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    reason: Mapped[str | None]
    revoked_on: Mapped[date | None]


class TrainingConsortium(TenantRow, Base):
    """One consortium that trains teachers for a category of certificates; both days of its time are its own."""

    __tablename__ = "training_consortia"
    __table_args__ = (
        within("certificate_category_id", to="certificate_categories"),
        UniqueConstraint("institution_id", "name"),
        CheckConstraint("until_on >= from_on", name="time_in_order"),
        about(Reach.TENANT),
    )

    certificate_category_id: Mapped[UUID]
    name: Mapped[str]
    purpose: Mapped[str]
    document_number: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]


_MEMBERS_TIME = (text("daterange(from_on, until_on, '[]')"), "&&")


def _once(column: str, name: str) -> ExcludeConstraint:
    """Let somebody be a member of a consortium once at a time, whatever they are in it."""
    return ExcludeConstraint(
        ("institution_id", "="), ("consortium_id", "="), (column, "="), _MEMBERS_TIME, using="gist", name=name
    )


class ConsortiumMember(TenantRow, Base):
    """One member of a consortium in one role for a time: a college of its own, an organisation, or a partner by name.

    Who becomes or stops being the lead is a member anew, so that what was stays to be read.
    """

    __tablename__ = "consortium_members"
    __table_args__ = (
        within("consortium_id", to="training_consortia"),
        within("college_id", to="colleges"),
        one_of("kind", MemberKind),
        one_of("role", MemberRole),
        CheckConstraint("num_nonnulls(college_id, organisation_id, partner_name) = 1", name="one_member"),
        CheckConstraint(
            "CASE kind WHEN 'college' THEN college_id IS NOT NULL WHEN 'organisation' THEN organisation_id IS NOT NULL"
            " ELSE partner_name IS NOT NULL END",
            name="member_of_its_kind",
        ),
        CheckConstraint("until_on >= from_on", name="time_in_order"),
        CheckConstraint("until_on IS NOT NULL OR ending IS NULL", name="ending_has_a_day"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("consortium_id", "="),
            _MEMBERS_TIME,
            using="gist",
            name="consortium_members_one_lead_at_a_time_excl",
            where=text("role = 'lead'"),
        ),
        _once("college_id", "consortium_members_college_once_at_a_time_excl"),
        _once("organisation_id", "consortium_members_organisation_once_at_a_time_excl"),
        _once("partner_name", "consortium_members_partner_once_at_a_time_excl"),
        about(Reach.TENANT, append_only=True, updates=("until_on", "ending")),
    )

    consortium_id: Mapped[UUID]
    kind: Mapped[str]
    college_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    partner_name: Mapped[str | None]
    role: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    ending: Mapped[str | None]


class TeacherQualification(TenantRow, Base):
    """What one teacher may do for one certificate level from a day on: by a document, or as a seed teacher vouches.

    `valid_until` is its last day; `revoked_on` the first on which it holds no longer. The service updates nothing but
    the revocation.
    """

    __tablename__ = "teacher_qualifications"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        within("seed_teacher_id", to="seed_teachers"),
        one_of("kind", QualificationKind),
        CheckConstraint("num_nonnulls(document_number, seed_teacher_id) = 1", name="document_or_seed_teacher"),
        CheckConstraint("valid_until >= valid_from", name="days_in_order"),
        CheckConstraint("revoked_on >= valid_from", name="revoked_not_before"),
        CheckConstraint(
            "num_nulls(revoked_on, revocation_reason, revoked_by) IN (0, 3)", name="revocation_has_a_reason"
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("teacher_id", "="),
            ("certificate_level_id", "="),
            ("kind", "="),
            (text("daterange(valid_from, least(valid_until + 1, revoked_on))"), "&&"),
            using="gist",
            name="teacher_qualifications_no_overlap_excl",
        ),
        Index("teacher_qualifications_of_level_idx", "institution_id", "certificate_level_id", "kind"),
        about(Reach.TENANT, append_only=True, updates=("revoked_on", "revocation_reason", "revoked_by")),
    )

    teacher_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    document_number: Mapped[str | None]
    seed_teacher_id: Mapped[UUID | None]
    granted_by: Mapped[UUID]
    granted_at: Mapped[datetime]
    revoked_on: Mapped[date | None]
    revocation_reason: Mapped[str | None]
    revoked_by: Mapped[UUID | None]
