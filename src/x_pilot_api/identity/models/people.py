"""Tables of people and their roles."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, TenantRow, about, of_institution, within


class Role(StrEnum):
    """What somebody is to the pilot; `identity.permissions` says what each may do."""

    OPERATOR = "operator"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    REGISTRAR = "registrar"
    FINANCE = "finance"
    COORDINATOR = "coordinator"
    EXPERT = "expert"
    TEACHER = "teacher"
    STUDENT = "student"
    ORG_STAFF = "org_staff"


class Person(SharedRow, Base):
    """One person; who has no password yet chooses one by a link that an administrator hands over."""

    __tablename__ = "people"
    __table_args__ = (about(Reach.SHARED),)

    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]


class PlatformRole(SharedRow, Base):
    """One role a person holds outside any institution: on the platform, or in an evaluation organisation."""

    __tablename__ = "platform_roles"
    __table_args__ = (
        CheckConstraint("role IN ('operator', 'security_admin', 'auditor', 'org_staff')", name="role_known"),
        CheckConstraint("(role = 'org_staff') = (organisation_id IS NOT NULL)", name="organisation_for_its_staff"),
        CheckConstraint("(granted_by IS NULL) = (granted_at IS NULL)", name="granted_by_somebody_at_some_time"),
        UniqueConstraint("person_id", "role", "organisation_id", postgresql_nulls_not_distinct=True),
        # Who runs the platform, who grants its roles and who audits it are three people.
        Index(
            "platform_roles_powers_apart_key",
            "person_id",
            unique=True,
            postgresql_where=text("role IN ('operator', 'security_admin', 'auditor')"),
        ),
        about(Reach.SHARED),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime | None]


class Membership(TenantRow, Base):
    """One role a person holds in an institution, of a college or programme or as one student where it needs to be."""

    __tablename__ = "memberships"
    __table_args__ = (
        of_institution(),
        CheckConstraint(
            "role IN ('auditor', 'registrar', 'finance', 'coordinator', 'expert', 'teacher', 'student')",
            name="role_known",
        ),
        within("college_id", to="colleges"),
        within("programme_id", to="programmes"),
        within("student_id", to="students"),
        CheckConstraint("(role = 'student') = (student_id IS NOT NULL)", name="student_for_students"),
        CheckConstraint("college_id IS NULL OR role = 'coordinator'", name="college_for_coordinators"),
        CheckConstraint(
            "role <> 'coordinator' OR num_nonnulls(college_id, programme_id) = 1", name="coordinators_of_one_place"
        ),
        CheckConstraint(
            "programme_id IS NULL OR role IN ('coordinator', 'teacher')", name="programme_where_it_narrows"
        ),
        CheckConstraint("(granted_by IS NULL) = (granted_at IS NULL)", name="granted_by_somebody_at_some_time"),
        UniqueConstraint(
            "institution_id",
            "person_id",
            "role",
            "college_id",
            "programme_id",
            name="memberships_one_of_a_kind_key",
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, "person_id"),
        Index(None, "institution_id", "student_id", postgresql_where=text("student_id IS NOT NULL")),
        about(Reach.TENANT),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    college_id: Mapped[UUID | None]
    programme_id: Mapped[UUID | None]
    student_id: Mapped[UUID | None]
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime | None]
