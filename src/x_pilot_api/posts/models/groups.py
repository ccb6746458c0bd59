"""Tables of working groups: their leaders, their members, what they cover, and every deed on them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within

DUTIES_MAX = 30
MEMBER_ONCE = "working_group_members_once_excl"
COVERED_ONCE = "working_group_certificates_once_excl"
LEADER_ONCE = "working_group_leaders_one_a_day_key"

_HOLDER = "coalesce(CAST(teacher_id AS text), CAST(person_id AS text), outsider_name || '/' || outsider_unit)"
_ONE_HOLDER = "num_nonnulls(teacher_id, person_id, outsider_name) = 1"
_UNIT = "(outsider_name IS NULL) = (outsider_unit IS NULL)"


class GroupState(StrEnum):
    """Where a working group is on its way; adjusting an established one leaves it established."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    ESTABLISHED = "established"
    DISSOLVED = "dissolved"


class WorkingGroup(TenantRow, Base):
    """One working group of a college, or of a field across colleges; standing until the day it is dissolved.

    A leader leads until the next one begins, so that there can be neither none nor two; that somebody leads from the
    first day on is the foreign key to the leader who begins on it.
    """

    __tablename__ = "working_groups"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("state", GroupState),
        CheckConstraint("num_nonnulls(college_id, field) > 0", name="of_a_college_or_field"),
        CheckConstraint(f"cardinality(duties) BETWEEN 1 AND {DUTIES_MAX}", name="duties_counted"),
        CheckConstraint("(state IN ('proposed', 'declined')) = (established_on IS NULL)", name="established_on_a_day"),
        CheckConstraint("(established_on IS NULL) = (document IS NULL)", name="established_by_a_document"),
        CheckConstraint("(state = 'dissolved') = (dissolved_on IS NOT NULL)", name="dissolved_on_a_day"),
        CheckConstraint("(dissolved_on IS NULL) = (end_document IS NULL)", name="dissolved_by_a_document"),
        CheckConstraint("dissolved_on > established_on", name="days_in_order"),
        ForeignKeyConstraint(
            ["institution_id", "id", "established_on"],
            [
                "working_group_leaders.institution_id",
                "working_group_leaders.working_group_id",
                "working_group_leaders.held_from",
            ],
            name="working_groups_led_from_the_first_day_fkey",
            use_alter=True,
        ),
        Index(None, "institution_id", "college_id"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID | None]
    field: Mapped[str | None]
    name: Mapped[str]
    duties: Mapped[list[str]] = mapped_column(ARRAY(Text))
    state: Mapped[str] = mapped_column(server_default=GroupState.PROPOSED)
    opens_on: Mapped[date]
    """The day it was proposed for; the day it is established counts."""
    established_on: Mapped[date | None]
    document: Mapped[str | None]
    dissolved_on: Mapped[date | None]
    end_document: Mapped[str | None]
    proposed_by: Mapped[UUID]
    deeds: Mapped[int] = mapped_column(server_default=text("0"))


class WorkingGroupLeader(TenantRow, Base):
    """Who leads a group from a day on, until the next one begins; a later row is the only end there is."""

    __tablename__ = "working_group_leaders"
    __table_args__ = (
        within("working_group_id", to="working_groups"),
        within("teacher_id", to="teachers"),
        UniqueConstraint("institution_id", "working_group_id", "held_from", name=LEADER_ONCE),
        CheckConstraint(_ONE_HOLDER, name="one_holder"),
        CheckConstraint(_UNIT, name="outsider_has_a_unit"),
        # The day of the first one moves once, from the day proposed to the day established.
        about(Reach.TENANT, append_only=True, updates=("held_from", "document")),
    )

    working_group_id: Mapped[UUID]
    teacher_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    outsider_name: Mapped[str | None]
    outsider_unit: Mapped[str | None]
    held_from: Mapped[date]
    document: Mapped[str | None]


class WorkingGroupMember(TenantRow, Base):
    """One term of one member of a group, first and last day included; without a last day it goes on."""

    __tablename__ = "working_group_members"
    __table_args__ = (
        within("working_group_id", to="working_groups"),
        within("teacher_id", to="teachers"),
        CheckConstraint(_ONE_HOLDER, name="one_holder"),
        CheckConstraint(_UNIT, name="outsider_has_a_unit"),
        CheckConstraint("held_to >= held_from", name="term_in_order"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("working_group_id", "="),
            (text(_HOLDER), "="),
            (text("daterange(held_from, held_to, '[]')"), "&&"),
            using="gist",
            name=MEMBER_ONCE,
        ),
        about(Reach.TENANT, append_only=True, updates=("held_from", "held_to")),
    )

    working_group_id: Mapped[UUID]
    teacher_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    outsider_name: Mapped[str | None]
    outsider_unit: Mapped[str | None]
    duty: Mapped[str | None]
    held_from: Mapped[date]
    held_to: Mapped[date | None]


class WorkingGroupCertificate(TenantRow, Base):
    """One certificate standard that a group watches, from a day to a day."""

    __tablename__ = "working_group_certificates"
    __table_args__ = (
        within("working_group_id", to="working_groups"),
        CheckConstraint("covered_to >= covered_from", name="days_in_order"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("working_group_id", "="),
            ("certificate_id", "="),
            (text("daterange(covered_from, covered_to, '[]')"), "&&"),
            using="gist",
            name=COVERED_ONCE,
        ),
        Index(None, "institution_id", "certificate_id"),
        about(Reach.TENANT, append_only=True, updates=("covered_from", "covered_to")),
    )

    working_group_id: Mapped[UUID]
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"))
    covered_from: Mapped[date]
    covered_to: Mapped[date | None]


class WorkingGroupDeed(TenantRow, Base):
    """One deed on a group: from which day, by which document, and what it changed, in counts and codes."""

    __tablename__ = "working_group_deeds"
    __table_args__ = (
        within("working_group_id", to="working_groups"),
        UniqueConstraint("institution_id", "working_group_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    working_group_id: Mapped[UUID]
    number: Mapped[int]
    deed: Mapped[str]
    effective_on: Mapped[date]
    document: Mapped[str | None]
    note: Mapped[str | None]
    detail: Mapped[JsonObject]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
