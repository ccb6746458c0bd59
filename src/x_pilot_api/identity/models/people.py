"""Tables of people and their roles."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, TenantRow, about, of_institution, one_of, within


class Role(StrEnum):
    """What somebody is to the pilot; `identity.permissions` says what each may do."""

    OPERATOR = "operator"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    REGISTRAR = "registrar"
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


class Membership(TenantRow, Base):
    """One role a person holds in an institution, within a college or as one student where the role asks for it."""

    __tablename__ = "memberships"
    __table_args__ = (
        of_institution(),
        one_of("role", Role),
        within("college_id", to="colleges"),
        within("student_id", to="students"),
        CheckConstraint("(role = 'student') = (student_id IS NOT NULL)", name="student_for_students"),
        CheckConstraint("(role = 'coordinator') = (college_id IS NOT NULL)", name="college_for_coordinators"),
        UniqueConstraint("institution_id", "person_id", "role", "college_id", postgresql_nulls_not_distinct=True),
        Index(None, "person_id"),
        about(Reach.TENANT),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    college_id: Mapped[UUID | None]
    student_id: Mapped[UUID | None]
