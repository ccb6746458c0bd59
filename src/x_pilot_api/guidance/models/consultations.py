"""Tables of consultations, their minutes, and what is to be done after them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within


class ConsultationState(StrEnum):
    """Whether a consultation's minutes still change."""

    DRAFT = "draft"
    SIGNED_OFF = "signed_off"


class Consultation(TenantRow, Base):
    """One meeting with outside parties (N(13)); it is written anew until its minutes are signed off."""

    __tablename__ = "consultations"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("state", ConsultationState),
        Index(None, "institution_id", "held_on"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID | None]
    subject: Mapped[str]
    held_on: Mapped[date]
    participants: Mapped[str]
    minutes: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class ConsultationParty(Base):
    """One outside party at a consultation; the list is written anew with the draft."""

    __tablename__ = "consultation_parties"
    __table_args__ = (
        within("consultation_id", to="consultations"),
        within("party_id", to="outside_parties"),
        Index(None, "institution_id", "party_id"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(primary_key=True)


class MinuteEntry(TenantRow, Base):
    """What was signed off, with all that was known of the meeting then, or an addition to it; neither ever changes."""

    __tablename__ = "minute_entries"
    __table_args__ = (
        within("consultation_id", to="consultations"),
        UniqueConstraint("institution_id", "consultation_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(number = 1) = (record IS NOT NULL)", name="first_is_the_minutes"),
        about(Reach.TENANT, append_only=True, server_set=("id", "written_at")),
    )

    consultation_id: Mapped[UUID]
    number: Mapped[int]
    body: Mapped[str]
    record: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    written_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class FollowUpState(StrEnum):
    """Where something to be done is on its way."""

    OPEN = "open"
    DONE = "done"
    CHECKED = "checked"
    REOPENED = "reopened"


class FollowUp(TenantRow, Base):
    """One thing to be done after a consultation; its state, owner, day, result and comment are written by its deeds."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        within("consultation_id", to="consultations"),
        one_of("state", FollowUpState),
        CheckConstraint("state IN ('open', 'reopened') OR result IS NOT NULL", name="done_by_something"),
        CheckConstraint("(state = 'checked') = (checked_by IS NOT NULL)", name="checked_by_somebody"),
        # Two persons: nobody checks what they did themselves.
        CheckConstraint("checked_by <> owner_id", name="checked_by_another"),
        Index(None, "institution_id", "consultation_id"),
        Index(None, "institution_id", "owner_id"),
        about(Reach.TENANT),
    )

    consultation_id: Mapped[UUID]
    task: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    result: Mapped[str | None]
    comment: Mapped[str | None]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
