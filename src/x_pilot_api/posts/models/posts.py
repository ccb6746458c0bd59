"""Table of the posts each college fills."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within

IN_CHARGE_ONCE = "college_posts_one_in_charge_excl"
HOLDER_ONCE = "college_posts_holder_once_excl"


class PostKind(StrEnum):
    """What somebody does for the pilot at their college: N(14) asks for the first two, N(17) for the third."""

    PERSON_IN_CHARGE = "person_in_charge"
    DEDICATED_STAFF = "dedicated_staff"
    LIAISON = "liaison"


class PostState(StrEnum):
    """Whether the office has appointed who was proposed."""

    PROPOSED = "proposed"
    APPOINTED = "appointed"
    DECLINED = "declined"


class CollegePost(TenantRow, Base):
    """One term of one holder in one post of a college, first and last day included; without a last day it goes on.

    The holder is a teacher of the register, or a person of the institution who is none.
    """

    __tablename__ = "college_posts"
    __table_args__ = (
        within("college_id", to="colleges"),
        within("teacher_id", to="teachers"),
        within("succeeds_id", to="college_posts"),
        one_of("kind", PostKind),
        one_of("state", PostState),
        CheckConstraint("num_nonnulls(teacher_id, person_id) = 1", name="one_holder"),
        CheckConstraint("held_to >= held_from", name="term_in_order"),
        CheckConstraint("(state = 'appointed') = (document IS NOT NULL)", name="appointment_has_a_document"),
        CheckConstraint("(state = 'declined') = (decline_reason IS NOT NULL)", name="declined_for_a_reason"),
        CheckConstraint("end_document IS NULL OR held_to IS NOT NULL", name="end_has_a_day"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("college_id", "="),
            (text("daterange(held_from, held_to, '[]')"), "&&"),
            using="gist",
            name=IN_CHARGE_ONCE,
            where=text("kind = 'person_in_charge' AND state = 'appointed'"),
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("college_id", "="),
            ("kind", "="),
            (text("coalesce(teacher_id, person_id)"), "="),
            (text("daterange(held_from, held_to, '[]')"), "&&"),
            using="gist",
            name=HOLDER_ONCE,
            where=text("state = 'appointed'"),
        ),
        Index(None, "institution_id", "college_id"),
        Index(None, "institution_id", "teacher_id"),
        about(Reach.TENANT, server_set=("recorded_at",)),
    )

    college_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=PostState.PROPOSED)
    teacher_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    held_from: Mapped[date]
    held_to: Mapped[date | None]
    document: Mapped[str | None]
    end_document: Mapped[str | None]
    handover_note: Mapped[str | None]
    """What the holder before handed over, and where it is kept."""
    decline_reason: Mapped[str | None]
    succeeds_id: Mapped[UUID | None]
    proposed_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
